package grusim.explore;

/** How an exploration ended. */
public enum Outcome {
    /** Every reachable state was visited and nothing is wrong in any. */
    SAFE,
    /** Nothing is wrong in the states visited, but a bound left others out. */
    BOUNDED,
    /** In a reachable state something is wrong, or agents wait for each other and none can step. */
    VIOLATED
}
