package grusim.explore;

import grusim.engine.Footprint;

/**
 * What steps of one agent reached: what they touched, whom they disturbed, and what they told the invariants. Two agents'
 * moves commute in a state if what they reach there is apart.
 */
final class Reach {
    private final Footprint footprint = new Footprint();
    private long observed;

    /** Makes this the reach of nothing. */
    void clear() {
        footprint.clear();
        observed = 0;
    }

    /** Adds what one step reached. */
    void add(Footprint touched, long informed) {
        footprint.join(touched);
        observed |= informed;
    }

    /** Adds what another reaches. */
    void add(Reach other) {
        add(other.footprint, other.observed);
    }

    /** What was touched. */
    Footprint footprint() {
        return footprint;
    }

    /** Whether the moves of this agent commute with those of another. */
    boolean apart(int agent, Reach other, int otherAgent) {
        return (observed & other.observed) == 0
                && (footprint.disturbed() & (1L << otherAgent | other.footprint.disturbed())) == 0
                && (other.footprint.disturbed() & 1L << agent) == 0
                && !footprint.conflicts(other.footprint);
    }

    /** Whether two steps reach the same. */
    boolean same(Reach other) {
        return observed == other.observed && footprint.same(other.footprint);
    }
}
