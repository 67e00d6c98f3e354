package grusim.contract;

/**
 * An invariant that did not hold, with the two accesses that had to be ordered otherwise.
 *
 * @param invariant what did not hold
 * @param first the earlier of the two accesses
 * @param second the later one, at which it showed
 * @param step number of the step in which it showed, counted from the engine's first
 */
public record Violation(Invariant invariant, Deed first, Deed second, long step) {
    /** Simulated time at which it showed, in picoseconds, {@link Deed#NO_TIME} in an exploration. */
    public long atPs() {
        return second.atPs();
    }

    /** The violation in one line. */
    public String text() {
        return "point " + invariant.point() + ", " + invariant.sentence() + ": " + first.text() + "; then "
                + second.text();
    }
}
