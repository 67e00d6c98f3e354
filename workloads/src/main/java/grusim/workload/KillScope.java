package grusim.workload;

/** Which outstanding misses an invalidate marks with a kill bit. */
public enum KillScope {
    /** Every outstanding miss of the chiplet. */
    ALL,
    /** Those of the contexts in the invalidate's context bitmap. */
    CONTEXT,
    /** Those of the invalidate's asid. */
    ASID,
    /** Those whose address lies in the invalidated range of the asid. */
    RANGE
}
