package grusim.engine;

/** How an access to a cell is ordered against the agent's other accesses. */
public enum Order {
    RELAXED,
    ACQUIRE,
    RELEASE,
    FULL
}
