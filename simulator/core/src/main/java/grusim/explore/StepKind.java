package grusim.explore;

import java.util.Arrays;

/**
 * What is known of one step of one agent's routine: whether it was ever seen to do something that another agent, or an
 * invariant, can notice. Changed by {@link StepKinds} only; other threads may read it a little late.
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

    private static final int[] NONE = {};

    final int agent;
    volatile Status status = Status.UNKNOWN;

    /** Whether the present pass took the step as one that nobody notices. */
    boolean relied;

    /** Whether it was seen to choose, to disturb an agent, to inform an invariant or to conflict with everything. */
    boolean noticed;

    /** Whether it was seen to mask or unmask interrupts. */
    boolean masks;

    /** The shared state it was seen to touch. */
    private volatile int[] touched = NONE;

    StepKind(int agent) {
        this.agent = agent;
    }

    boolean touches(int shared) {
        for (int known : touched) {
            if (known == shared) {
                return true;
            }
        }
        return false;
    }

    boolean touchesAnything() {
        return touched.length != 0;
    }

    int[] touched() {
        return touched;
    }

    void touch(int shared) {
        if (!touches(shared)) {
            int[] more = Arrays.copyOf(touched, touched.length + 1);
            more[touched.length] = shared;
            touched = more;
        }
    }
}
