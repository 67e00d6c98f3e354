package grusim.result;

/** Names of the time series that charts look for; a model may record others as well. */
public final class SeriesNames {
    /** Translations found in the TLB; a sum. */
    public static final String TLB_HITS = "tlb.hits";

    /** Translations not found in the TLB; a sum. */
    public static final String TLB_MISSES = "tlb.misses";

    /** Valid TLB entries of all chiplets; a mean. */
    public static final String TLB_OCCUPANCY = "tlb.occupancy";

    /** TLB misses that wait for their answer, of all chiplets; a mean. */
    public static final String MISSES_OUTSTANDING = "misses.outstanding";

    /** Contexts that are loaded on all chiplets; a mean. */
    public static final String CONTEXTS_LOADED = "contexts.loaded";

    /** TLB entries that all chiplets have; a mean that never changes, drawn as the limit of the occupancy. */
    public static final String TLB_CAPACITY = "tlb.capacity";

    /** Every series whose name starts so is one outcome of an attempt to drop an entry in; sums. */
    public static final String DROPIN_PREFIX = "dropin.";

    /** Users' instructions that ended; a sum. */
    public static final String INSTRUCTIONS = "instructions.ended";

    /** Picoseconds that the users' instructions took that ended; a sum. */
    public static final String INSTRUCTION_TIME = "instructions.time";

    private SeriesNames() {}
}
