package grusim.contract;

/**
 * An invariant that did not hold, with the two accesses that had to be ordered otherwise.
 *
 * @param invariant what did not hold
 * @param first the earlier of the two accesses
 * @param second the later one, at which it showed
 */
public record Violation(Invariant invariant, Deed first, Deed second) {
    /** Simulated time at which it showed, in picoseconds. */
    public long atPs() {
        return second.atPs();
    }

    /** The violation in one line. */
    public String text() {
        return "point " + invariant.point() + ", " + invariant.sentence() + ": " + first.text() + "; then "
                + second.text();
    }
}
