package grusim.explore;

import java.util.Arrays;

/**
 * What is known of one step of one agent's routine, run by a handler of interrupts or not: whether it was ever seen to do
 * something that another agent, or an invariant, can notice. Changed by {@link StepKinds} only; other threads may read it
 * a little late.
 */
final class StepKind {
    /** What the step may be taken for. */
    enum Status {
        /** It was never taken. */
        UNKNOWN,
        /** Nobody can notice when it is taken. */
        SILENT,
        /** Others can notice. */
        VISIBLE
    }

    private static final long[] NONE = {};

    /** Who takes it. */
    final Actor actor;

    volatile Status status = Status.UNKNOWN;

    /** Whether the present pass took the step as one that nobody notices. */
    boolean relied;

    /** Whether it was seen to choose, to disturb an agent or to conflict with everything. */
    boolean noticed;

    /** Whether it was seen to mask or unmask interrupts, or to begin to wait. */
    boolean masks;

    /** The accesses it was seen to make. */
    private volatile long[] accesses = NONE;

    StepKind(Actor actor) {
        this.actor = actor;
    }

    boolean makes(long access) {
        for (long known : accesses) {
            if (known == access) {
                return true;
            }
        }
        return false;
    }

    long[] accesses() {
        return accesses;
    }

    void make(long access) {
        if (!makes(access)) {
            long[] more = Arrays.copyOf(accesses, accesses.length + 1);
            more[accesses.length] = access;
            accesses = more;
        }
    }
}
