package grusim.workload;

/** The GRU resources of one thread. */
public record ContextSpec(
        @Knob(
                doc = "Control blocks; a chiplet has 128 and gives them out in pairs.",
                value = "2",
                min = "1",
                max = "128")
        int cbrs,

        @Knob(
                doc = "Data segment; a chiplet has 32 KiB and gives it out in units of 1 KiB.",
                value = "1 KiB",
                max = "32 KiB")
        long dsrBytes,

        @Knob(
                doc = "How a TLB miss reaches the kernel: by interrupt, by an OS thread that polls the fault maps"
                        + " (driver.polling), or by the thread that polls and calls the OS.",
                value = "interrupt",
                source = "Linux driver sgi-gru: the default is the fault-map interrupt (V)")
        MissMode miss,

        @Knob(
                doc = "Pages that follow the one a BCOPY missed whose entries are loaded with it, at most.",
                value = "0",
                max = "255",
                source = "Linux driver sgi-gru: tlb_preload_count (V)")
        int preload,

        @Knob(
                doc =
                        "Whether the thread's process registers as the context's owner. Without an owner the driver never looks"
                                + " whether the context lies where the thread runs.",
                value = "true",
                source = "Linux driver sgi-gru, grumain.c, gru_check_context_placement (V)")
        boolean owner) {
    /** How a TLB miss is reported. */
    public enum MissMode {
        /** A bit in the fault map, and an interrupt. */
        INTERRUPT,
        /** A bit in the fault map, which a thread of the OS reads now and then. */
        OS_POLLING,
        /** The control block's status, which its user polls. */
        USER_POLLING
    }
}
