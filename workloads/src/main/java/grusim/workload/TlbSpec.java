package grusim.workload;

/** The TLB of a chiplet; its geometry is published nowhere. */
public record TlbSpec(
        @Knob(
                doc = "Number of sets; a power of two.",
                value = "1024",
                min = "1",
                max = "65536",
                source = "assumed; 1,024 purges guarantee a full purge, Linux driver sgi-gru, gruhandles.h (I)")
        int sets,

        @Knob(
                doc = "Entries per set.",
                value = "4",
                min = "1",
                max = "64",
                source = "assumed; the 12-bit indexway of the TFH fits 1,024 sets of 4 ways (I)")
        int ways,

        @Knob(
                doc = "Which entry of a full set a dropin replaces; plru needs a power of two of ways.",
                value = "lru",
                source = Knob.ASSUMED)
        Replacement replacement,

        @Knob(
                doc = "How a page number chooses its set: its low bits, or its bits folded by exclusive or.",
                value = "modulo",
                source = Knob.ASSUMED)
        IndexHash indexHash,

        @Knob(
                doc =
                        "What a write that finds no entry reports: a miss and a modify, so that its entry is dropped in dirty,"
                                + " or a miss only, so that it finds its entry clean and misses again.",
                value = "miss-and-modify",
                source = "assumed; the driver learns from the modify bit that it is a write (V)")
        WriteMiss writeMiss,

        @Knob(
                doc =
                        "How long the chiplet looks up nothing, whatever the context, from the moment at which an invalidate"
                                + " removes the entry of a page, or in a purge those of a set.",
                value = "0 ns",
                max = "1 ms",
                source = "assumed; an invalidate \"interferes somewhat\" with other instructions, Linux driver sgi-gru,"
                        + " grutlbpurge.c (V): by default with those of the contexts it names only")
        long invalidateStallPs) {
    /** Replacement policies. */
    public enum Replacement {
        LRU,
        PLRU,
        RANDOM,
        FIFO
    }

    /** What is reported of a write that finds no entry. */
    public enum WriteMiss {
        MISS_AND_MODIFY,
        MISS
    }

    /** Set index functions. */
    public enum IndexHash {
        MODULO,
        XOR
    }
}
