package grusim.workload;

/**
 * How the driver numbers address spaces on a chiplet: base asids from 8 in steps of 8, one for each region of an address.
 * When the numbers run out it flushes the chiplet's whole TLB, begins a new generation and starts over.
 */
public record AsidSpec(
        @Knob(
                doc =
                        "End of the numbers: base asids lie below it. A small one makes them run out often; there must be one for"
                                + " each address space that a chiplet can hold at once.",
                value = "16777200",
                min = "16",
                max = "16777200",
                source = "Linux driver sgi-gru, grutables.h: 0xfffff0 (V)")
        int end,

        @Knob(
                doc = "Whether the driver flushes a chiplet's whole TLB before it looks for the next free block of"
                        + " numbers.",
                value = "true",
                source = "Linux driver sgi-gru, grumain.c, gru_reset_asid_limit (V)")
        boolean flush,

        @Knob(
                doc =
                        "What comes first when the numbers run out: the flush, or the search. The chiplet's asid lock is held"
                                + " during both, and by who takes a context off, so that either order is safe.",
                value = "flush-then-search",
                source = "Linux driver sgi-gru, grumain.c, gru_reset_asid_limit (V)")
        Order order,

        @Knob(
                doc = "Whether a new generation begins when the numbers start over; an address space without loaded"
                        + " contexts does not go on with an asid of an older one.",
                value = "true",
                source = "Linux driver sgi-gru, grumain.c, gru_wrap_asid (V)")
        boolean generation) {
    /** Lowest base asid, and the step between two. */
    public static final int STEP = 8;

    /** The two orders of what is done when the numbers run out. */
    public enum Order {
        FLUSH_THEN_SEARCH,
        SEARCH_THEN_FLUSH
    }

    /** How many base asids there are. */
    public int blocks() {
        return (end - 1) / STEP;
    }
}
