package grusim.result.proof;

import java.util.List;

/** Two counterexamples of real size, written down by hand after the driver's and the kernel's routines. */
final class Proofs {
    private static final String INTERRUPT = "gru_intr";
    private static final String DROPIN = "gru_try_dropin";
    private static final String WALK = "atomic_pte_lookup";
    private static final String START = "mmu_notifier_invalidate_range_start";
    private static final String END = "mmu_notifier_invalidate_range_end";
    private static final String FLUSH = "gru_flush_tlb_range";
    private static final String UNMAP = "try_to_unmap";
    private static final String BLOCK = "control block";
    private static final String TFH = "TLB fault handle";
    private static final String TGH = "TLB global handle";

    private static final String COUNT = "range count";
    private static final String PTE = "pte A";
    private static final String FAULT = "tfh 0";
    private static final String GLOBAL = "tgh 0";
    private static final String ASIDS = "asid lock";
    private static final String FREE = "free";
    private static final String PTL = "page-table lock";
    private static final String ENTRY = "TLB entry A";
    private static final String FRAME = "frame 5";
    private static final String MAP = "fault map";
    private static final String SEM = "mmap_sem";

    private Proofs() {}

    /** The count is read before a stale page-table entry: no barrier keeps the two loads in order. */
    static Counterexample countVsPte() {
        Script s = new Script()
                .lane("blade0.cpu1", "reclaims page A")
                .lane("blade0.cpu0", "user; takes the miss's interrupt")
                .lane("gru0.tfh0", "fault handle")
                .lane("gru0.cbr0", "loads from A")
                .lane("gru0.tgh0", "flushes the TLB")
                .initially(PTE, FRAME)
                .initially(FRAME, "page A")
                .initially(FAULT, "IDLE")
                .initially(MAP, "0");
        s.in(1, "user program").command("start the load", "cbr 0", "VLOAD A");
        s.in(0, "shrink_list").step("take a page off the list");
        s.in(0, UNMAP)
                .step("take the reverse map's lock")
                .step("look for the vma in the reverse map")
                .step("announce the range's start");
        s.in(0, START).update("1 count active range", COUNT, "1");
        flush(s, 0, 4);
        s.in(0, UNMAP).lock("take the page-table lock", PTL).read("read the pte", PTE);
        s.update("clear the pte", PTE, "none");
        s.step("flush the CPUs' TLBs").write("set the swap entry", PTE, "swap slot 0");
        s.unlock("release the page-table lock", PTL)
                .step("drop the mapping's reference")
                .step("announce the range's end");
        s.in(0, END).update("1 lower the count", COUNT, "0").step("2 anybody waiting?");
        s.in(0, UNMAP).step("release the reverse map's lock").step("write the page to swap");
        miss(s, 3);
        s.in(1, INTERRUPT)
                .step("enter")
                .update("take fault bits 0-63", MAP, "0")
                .read("next fault bit: read its TFH", FAULT)
                .step("find the context's thread state")
                .lock("try mmap_sem for read", SEM);
        s.in(1, DROPIN).read("1 read TFH", FAULT).read("5 range active?", COUNT);
        final int count = s.last();
        s.step("6 find vma");
        s.in(1, WALK).step("read the pgd entry").step("read the pmd entry").readInitial("read the pte", PTE, FRAME);
        final int pte = s.last();
        s.in(1, DROPIN).step("6 walked").command("9 write and restart", FAULT, "WRITE_RESTART A to frame 5");
        s.in(1, INTERRUPT).unlock("release mmap_sem", SEM);
        s.in(2, TFH)
                .read("MISS: take the command", FAULT)
                .writeNote(
                        "WRITE_TLB: look at the kill bit, write the entry",
                        ENTRY,
                        FRAME,
                        "not killed: missed after the flush")
                .step("RESTART_CBR: begin to restart the control block")
                .write("IDLE: the control block restarts", FAULT, "IDLE");
        s.in(3, BLOCK)
                .read("INTERRUPTED_MISS: look for the answer", FAULT)
                .read("REQUEST_ISSUE: look up the TLB", ENTRY);
        s.in(0, UNMAP).write("free the frame", FRAME, FREE);
        final int freed = s.last();
        s.in(3, BLOCK).read("WAIT_RESPONSE: access the memory", FRAME);
        return new Counterexample(
                "count-vs-pte",
                "relaxed",
                List.of("driver.barrierCountToPte=false"),
                new Finding(
                        1,
                        "no access through a GRU translation to a frame after its free",
                        "blade0.cpu1 freed frame 5 in step " + freed,
                        "gru0.cbr0 read frame 5 through its TLB entry for A in step " + s.last()),
                s.lanes(),
                s.steps(),
                List.of(new Missing(
                        count,
                        pte,
                        "read barrier",
                        "these two loads had to be ordered: a read barrier between them closes it")),
                "grusim check workloads/checks/count-vs-pte.json --set driver.barrierCountToPte=false"
                        + " --memory-model relaxed --replay 1.4x2.12.3x2.0.1x7",
                s.switches());
    }

    /** Tables are freed under a read lock, which the interrupt's walk takes as well. */
    static Counterexample munmapDowngrade() {
        String vmas = "vmas";
        String pmd = "pmd entry of A";
        String table = "table page 12";
        Script s = new Script()
                .lane("blade0.cpu0", "user")
                .lane("blade0.cpu1", "munmap(A)")
                .lane("blade0.cpu4", "runs another process; takes the GRU's interrupt")
                .lane("gru0.cbr0", "loads from A")
                .lane("gru0.tgh0", "flushes the TLB")
                .initially(PTE, FRAME)
                .initially(vmas, "A, B")
                .initially(pmd, table)
                .initially(table, "ptes of A")
                .initially(FAULT, "IDLE");
        s.in(0, "user program").command("start the load", "cbr 0", "VLOAD A");
        miss(s, 3);
        s.in(1, "munmap").step("enter and check the arguments").lock("take mmap_sem for writing", SEM);
        s.in(1, "do_munmap").write("detach the vmas", vmas, "B");
        s.in(1, "munmap").writeNote("downgrade mmap_sem", SEM, "held for reading", "4.20 and later");
        s.in(1, "unmap_vmas").step("enter").step("announce the range's start");
        s.in(1, START).update("1 count active range", COUNT, "1");
        flush(s, 1, 4);
        s.in(1, "unmap_vmas")
                .step("start at the first page")
                .lock("take the page-table lock", PTL)
                .update("clear a pte", PTE, "none")
                .unlock("release the page-table lock", PTL)
                .step("all ptes are cleared")
                .step("announce the range's end");
        s.in(1, END).update("1 lower the count", COUNT, "0").step("2 anybody waiting?");
        s.in(2, INTERRUPT)
                .step("enter")
                .update("take fault bits 0-63", MAP, "0")
                .read("next fault bit: read its TFH", FAULT)
                .step("find the context's thread state")
                .lock("try mmap_sem for read", SEM);
        s.in(2, DROPIN)
                .read("1 read TFH", FAULT)
                .read("5 range active?", COUNT)
                .readNote("6 find vma", vmas, "finds B, the next vma above A");
        s.in(2, WALK).step("read the pgd entry").step("read the pud entry").read("read the pmd entry", pmd);
        s.in(1, "free_pgtables").write("clear the entry, level 2", pmd, "none");
        s.in(1, "tlb_finish_mmu");
        s.writeNote("flush the CPUs' TLBs", "IPI", "to cpu0, cpu1", "mm_cpumask does not name cpu4");
        s.step("free a page").write("free a table page", table, FREE);
        final int freed = s.last();
        s.in(2, WALK).read("read the pte", table);
        return new Counterexample(
                "munmap-downgrade",
                "sc",
                List.of("kernel.era=4.20", "driver.findVmaChecksContainment=false"),
                new Finding(
                        2,
                        "no page-table page is read after its free",
                        "blade0.cpu1 freed table page 12 in step " + freed,
                        "blade0.cpu4 read a pte in table page 12 in step " + s.last()),
                s.lanes(),
                s.steps(),
                List.of(new Missing(
                        s.last(),
                        freed,
                        "exclusion",
                        "the walk had to end before its table is freed: both hold mmap_sem for reading, and the"
                                + " flush's IPI does not wait for a CPU outside mm_cpumask")),
                "grusim check workloads/checks/munmap-downgrade.json --set kernel.era=4.20 --replay 0.3x4.1x21.2x11.1x4.2",
                s.switches());
    }

    /** The smallest race: two stores, two loads, the second load old. */
    static Counterexample messagePassing() {
        Script s = new Script().lane("cpu0", "writes").lane("cpu1", "reads").initially("pte", "frame 5");
        s.in(0, "w").write("clear", "pte", "none").write("lower", "count", "0");
        s.in(1, "r")
                .step("enter")
                .read("range active?", "count")
                .step("pgd")
                .step("pmd")
                .readInitial("walk", "pte", "frame 5");
        return new Counterexample(
                "mp",
                "relaxed",
                List.of(),
                new Finding(1, "no stale translation", "cpu0 cleared the pte", "cpu1 read it"),
                s.lanes(),
                s.steps(),
                List.of(new Missing(4, 7, "read barrier", "these two loads had to be ordered")),
                "grusim check mp.json --replay 0.1",
                s.switches());
    }

    /** A deadlock without accesses to point at. */
    static Counterexample deadlock() {
        Script s = new Script().lane("cpu0", "").lane("cpu1", "");
        s.in(0, "a").lock("lock x", "x");
        s.in(1, "b").lock("lock y", "y").step("wait for x");
        s.in(0, "a").step("wait for y");
        return new Counterexample(
                "lock-order",
                "sc",
                List.of(),
                new Finding(
                        5, "nobody can go on:\ncpu0 waits for y, held by cpu1\ncpu1 waits for x, held by cpu0", "", ""),
                s.lanes(),
                s.steps(),
                List.of(),
                "grusim check lock-order.json --replay 0.1x2.0",
                s.switches());
    }

    private static void flush(Script s, int cpu, int tgh) {
        s.in(cpu, FLUSH)
                .lock("lock the address space's asids", ASIDS)
                .step("next chiplet: contexts loaded?")
                .lock("lock a TGH", "tgh 0 lock")
                .command("TGH invalidate", GLOBAL, "INVALIDATE A");
        s.in(tgh, TGH)
                .read("PE_INVAL: mark outstanding misses", GLOBAL)
                .write("PE_INVAL: remove entries", ENTRY, "none")
                .write("IDLE: answer", GLOBAL, "IDLE");
        s.in(cpu, FLUSH)
                .read("wait for the TGH", GLOBAL)
                .unlock("unlock the TGH", "tgh 0 lock")
                .unlock("unlock the address space's asids", ASIDS);
    }

    private static void miss(Script s, int block) {
        s.in(block, BLOCK)
                .read("PE_CHECK: decode", "cbr 0")
                .read("REQUEST_ISSUE: look up the TLB", ENTRY)
                .write("INTERRUPT_MISS: record the miss in the TFH", FAULT, "MISS_FMM A")
                .update("INTERRUPT_MISS: set the fault bit", MAP, "1");
    }
}
