package grusim.driver;

import grusim.workload.ContextSpec.MissMode;

/**
 * What a thread asks for when it creates its context (struct gru_create_context_req): control blocks, bytes of data
 * segment, how its misses are reported, how many pages a dropin for a block copy loads ahead, and
 * whether its process registers as the context's owner.
 */
public record ContextOptions(int cbrs, int dsrBytes, MissMode miss, int preload, boolean owner) {
    /** Options without preload, of an owner. */
    public ContextOptions(int cbrs, int dsrBytes, MissMode miss) {
        this(cbrs, dsrBytes, miss, 0, true);
    }
}
