package grusim.workload;

/** How CPUs flush their own TLBs, and what those that run nothing of an address space do when they are asked to. */
public record CpuTlbSpec(
        @Knob(
                doc =
                        "The largest range, in pages, that a CPU flushes page by page; a larger one flushes its whole TLB.",
                value = "33",
                max = "65535",
                source = "Linux arch/x86/mm/tlb.c, tlb_single_page_flush_ceiling (V)")
        int singlePageCeiling,

        @Knob(
                doc = "Flushing one page from a CPU's own TLB.",
                value = "100 ns",
                max = "1 ms",
                source = "about 100 ns: Linux arch/x86/mm/tlb.c, comment (V)")
        long pageFlushCostPs,

        @Knob(
                doc = "Flushing a CPU's own whole TLB, or loading another page table into it.",
                value = "200 ns",
                max = "1 ms",
                source = Knob.ASSUMED)
        long fullFlushCostPs,

        @Knob(
                doc =
                        "Whether flushes of an address space are numbered, so that a CPU skips one that it has done with a"
                                + " later one, and flushes everything if it has missed one.",
                era = true)
        boolean generations,

        @Knob(
                doc =
                        "What becomes of a CPU that runs no thread of the address space it has loaded: it is interrupted like"
                                + " any other, it is interrupted once and leaves the address space then, or it is passed over unless"
                                + " page tables are freed.",
                era = true)
        Lazy lazy) {
    /** What a flush does about CPUs that run no thread of the address space they have loaded. */
    public enum Lazy {
        INTERRUPT,
        LEAVE,
        SKIP
    }
}
