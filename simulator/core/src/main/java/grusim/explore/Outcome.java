package grusim.explore;

/** How a walk ended. */
public enum Outcome {
    /** Every reachable state was visited and none violates the invariant or is a deadlock. */
    SAFE,
    /** A reachable state violates the invariant. */
    VIOLATED,
    /** In a reachable state agents wait for each other and none can step. */
    DEADLOCK,
    /** The bound on states was reached; nothing was found among those visited. */
    BOUNDED
}
