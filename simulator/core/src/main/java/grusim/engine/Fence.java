package grusim.engine;

/** A barrier between an agent's accesses to different cells. */
public enum Fence {
    READ,
    WRITE,
    FULL
}
