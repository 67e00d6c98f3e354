package grusim.result;

/**
 * How long one kind of memory-mapped control command took, as in the driver's {@code mcs_statistics}: count, average,
 * maximum.
 *
 * @param op the driver's name of the command, for example {@code tgh_invalidate}
 */
public record McsTiming(String op, long count, long totalPs, long maximumPs) {
    public McsTiming {
        if (count < 0 || totalPs < 0 || maximumPs < 0) {
            throw new IllegalArgumentException("timing of " + op + ": negative count, total or maximum");
        }
        if (maximumPs > totalPs) {
            throw new IllegalArgumentException(
                    "timing of " + op + ": maximum " + maximumPs + " ps exceeds the total " + totalPs + " ps");
        }
    }

    /** The average rounded to the nearest picosecond; zero if the command was never given, as the driver prints it. */
    public long averagePs() {
        return count == 0 ? 0 : Decimals.divide(totalPs, count);
    }
}
