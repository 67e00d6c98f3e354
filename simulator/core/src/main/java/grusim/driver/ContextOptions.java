package grusim.driver;

import grusim.workload.ContextSpec.MissMode;

/**
 * What a thread asks for when it creates its context (struct gru_create_context_req): control blocks, bytes of data
 * segment, how its misses are reported, and how many pages a dropin for a block copy loads ahead.
 */
public record ContextOptions(int cbrs, int dsrBytes, MissMode miss, int preload) {
    /** Options without preload. */
    public ContextOptions(int cbrs, int dsrBytes, MissMode miss) {
        this(cbrs, dsrBytes, miss, 0);
    }
}
