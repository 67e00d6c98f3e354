package grusim.workload;

/** What a mapping allows. */
public enum Protection {
    NONE,
    R,
    RW
}
