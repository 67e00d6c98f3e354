package grusim.explore;

/**
 * How far an exploration goes; {@link #NONE} for all there is. Bounds on depth and preemptions switch off sleep sets,
 * which would leave out states within the bound.
 *
 * @param states most distinct states to visit
 * @param depth most steps on a path, not counting those that no other agent can notice
 * @param preemptions most changes, on a path, away from an agent that could have gone on
 * @param millis longest time, in milliseconds
 */
public record Bounds(long states, int depth, int preemptions, long millis) {
    /** No bounds. */
    public static final Bounds NONE = new Bounds(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    /** Refuses bounds that let nothing happen. */
    public Bounds {
        if (states < 1 || depth < 1 || preemptions < 0 || millis < 1) {
            throw new IllegalArgumentException("bounds: states " + states + ", depth " + depth + " and time " + millis
                    + " ms must be at least 1, preemptions " + preemptions + " at least 0");
        }
    }

    /** The same with at most this many distinct states. */
    public Bounds withStates(long most) {
        return new Bounds(most, depth, preemptions, millis);
    }

    /** The same with paths of at most this many steps. */
    public Bounds withDepth(int most) {
        return new Bounds(states, most, preemptions, millis);
    }

    /** The same with at most this many preemptions on a path. */
    public Bounds withPreemptions(int most) {
        return new Bounds(states, depth, most, millis);
    }

    /** The same with at most this many milliseconds. */
    public Bounds withMillis(long most) {
        return new Bounds(states, depth, preemptions, most);
    }

    /** Whether whole paths are walked, so that a step may be left out where another order covers it. */
    boolean wholePaths() {
        return depth == Integer.MAX_VALUE && preemptions == Integer.MAX_VALUE;
    }
}
