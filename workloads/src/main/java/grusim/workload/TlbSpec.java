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
        IndexHash indexHash) {
    /** Replacement policies. */
    public enum Replacement {
        LRU,
        PLRU,
        RANDOM,
        FIFO
    }

    /** Set index functions. */
    public enum IndexHash {
        MODULO,
        XOR
    }
}
