package grusim.workload;

/** The purge of remote TLBs by the hubs of an Altix, which shootdown {@code sn2} uses. */
public record Sn2Spec(
        @Knob(
                doc = "Who purges at the same time: one CPU of the machine (SHUB1), or one of each node (SHUB2).",
                value = "global",
                source = "Linux arch/ia64/sn/kernel/sn2/sn2_smp.c (V)")
        Lock lock,

        @Knob(
                doc = "Writes of purge registers that a CPU may have outstanding: 32 (SHUB1) or 7 (SHUB2).",
                value = "32",
                min = "1",
                max = "64",
                source = "Linux arch/ia64/sn/kernel/sn2/sn2_smp.c (V)")
        int writesOutstanding,

        @Knob(doc = "Issuing one write.", value = "50 ns", max = "1 ms", source = Knob.ASSUMED)
        long writeCostPs,

        @Knob(
                doc = "From the issue of a write to the end of the purge on its node.",
                value = "600 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long writeLatencyPs,

        @Knob(
                doc = "How long one purge occupies the hub of its node.",
                value = "100 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long purgeServicePs,

        @Knob(
                doc = "A purge by a CPU that is the only one to use the address space.",
                value = "100 ns",
                max = "1 s",
                source = Knob.ASSUMED)
        long localPurgeCostPs) {
    /** Who purges at the same time. */
    public enum Lock {
        GLOBAL,
        NODE
    }
}
