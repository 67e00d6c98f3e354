package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a CPU does to flush its own TLB, and what becomes of one that runs no thread of the address space it has loaded. */
final class LazyTlbTest {
    private static final long BASE = 0x10000;
    private static final int PAGES = 12;
    private static final long FLUSH_NS = 2700;
    private static final String LEAVE = "kernel.era=2.6.28";
    private static final String SKIP = "kernel.era=4.20";

    private VmRig rig = new VmRig();
    private final Cpu[] cpus = new Cpu[4];

    private void build(int count, boolean switching, String... settings) {
        rig = new VmRig(VmRig.ownFlushesFree(settings), 64);
        rig.mm.map(BASE, PAGES * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        cpus[0] = rig.cpu;
        for (int i = 0; i < count; i++) {
            cpus[i] = i == 0 ? rig.cpu : new Cpu(rig.engine, "cpu" + i);
            rig.mm.runsOn(cpus[i]);
        }
        if (switching) {
            assertThat(rig.kernel.cpusSwitch()).isTrue();
        }
        for (int page = 0; page < PAGES; page++) {
            rig.fault(BASE + page * PAGE, true);
        }
    }

    private long count(VmCounter counter) {
        return rig.kernel.counters().value(counter);
    }

    /** Runs a routine to its end on a CPU; returns the nanoseconds it took. */
    private long run(Cpu cpu, Routine routine, long... arguments) {
        long start = rig.engine.nowPs();
        cpu.start(routine, 0, arguments);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.engine.waitGraph()).isEmpty();
        return (rig.engine.nowPs() - start) / NS;
    }

    private long drop(int first, int pages) {
        return run(rig.cpu, rig.kernel.calls().madviseDontneed(), 0, BASE + first * PAGE, pages * PAGE);
    }

    /** A madvise of present pages: entry, lock, three levels, lock; per page clear and free; two unlocks. */
    private static long madviseNs(int pages) {
        return 150 + 20 + 3 * 25 + 20 + pages * 20L + 20 + FLUSH_NS + pages * 50L + 20;
    }

    @ParameterizedTest
    @CsvSource({"1, 100, 1, 0", "4, 400, 4, 0", "5, 250, 0, 1"})
    void ownFlush_isPageByPageUpToTheCeiling(int pages, long ownNs, long single, long full) {
        build(
                1,
                false,
                "kernel.cpuTlb.singlePageCeiling=4",
                "kernel.cpuTlb.pageFlushCost=100 ns",
                "kernel.cpuTlb.fullFlushCost=250 ns");
        assertThat(drop(0, pages)).isEqualTo(madviseNs(pages) - FLUSH_NS + ownNs);
        assertThat(count(VmCounter.TLB_PAGES_FLUSHED)).isEqualTo(single);
        assertThat(count(VmCounter.TLB_FULL_FLUSHES)).isEqualTo(full);
    }

    @Test
    void rangeBetweenTheFirstAndLastPageUnmapped_counts() {
        build(1, false, "kernel.cpuTlb.singlePageCeiling=4");
        drop(1, 4);
        // of pages 0 to 5 only the first and the last are still there
        drop(0, 6);
        assertThat(count(VmCounter.TLB_PAGES_FLUSHED)).isEqualTo(4);
        assertThat(count(VmCounter.TLB_FULL_FLUSHES)).isEqualTo(1);
    }

    @Test
    void handlerFlushes_holdItsAcknowledgement() {
        build(2, false, "kernel.cpuTlb.pageFlushCost=100 ns", "kernel.ipiHandlerCost=5 us");
        assertThat(drop(0, 3)).isEqualTo(madviseNs(3) - FLUSH_NS + 5000 + 300);
        assertThat(count(VmCounter.TLB_PAGES_FLUSHED)).isEqualTo(6);
    }

    /** Masks interrupts at once, and unmasks them after the time in slot 0. */
    private Routine masked() {
        return new Routine(rig.engine, "masked", 1) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                if (pc == 0) {
                    ((Cpu) agent).mask();
                    agent.next(1, agent.local(0), Why.THINK);
                } else {
                    ((Cpu) agent).unmask();
                    agent.done(0);
                }
            }
        };
    }

    /** The masked CPU finds two requests at 10,000 ns: the first takes 500 + 250 ns for both flushes, the second 500 ns. */
    @ParameterizedTest
    @CsvSource({"true, 4, 1, 1, 1, 11250", "false, 6, 0, 0, 0, 11200"})
    void lateCpu_flushesEverythingOnceAndSkipsTheRest(
            boolean generations, long pages, long full, long upgraded, long skipped, long lastNs) {
        build(
                3,
                false,
                "kernel.cpuTlb.generations=" + generations,
                "kernel.cpuTlb.pageFlushCost=100 ns",
                "kernel.cpuTlb.fullFlushCost=250 ns");
        long start = rig.engine.nowPs();
        cpus[2].start(masked(), 0, 10_000 * NS);
        cpus[1].start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE + PAGE, PAGE);
        rig.cpu.start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE, PAGE);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(count(VmCounter.TLB_PAGES_FLUSHED)).isEqualTo(pages);
        assertThat(count(VmCounter.TLB_FULL_FLUSHES)).isEqualTo(full);
        assertThat(count(VmCounter.TLB_FLUSHES_UPGRADED)).isEqualTo(upgraded);
        assertThat(count(VmCounter.TLB_FLUSHES_SKIPPED)).isEqualTo(skipped);
        // after the last acknowledgement its sender frees a page and unlocks
        assertThat((rig.engine.nowPs() - start) / NS).isEqualTo(lastNs + 50 + 20);
    }

    @Test
    void lazyCpu_isInterruptedOnceAndLeaves() {
        build(3, true, LEAVE, "kernel.cpuTlb.fullFlushCost=250 ns");
        assertThat(run(cpus[1], rig.kernel.enterLazyTlb())).isZero();
        drop(0, 1);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(2);
        assertThat(count(VmCounter.LAZY_CPUS_LEFT)).isEqualTo(1);
        drop(1, 1);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(3);
        assertThat(run(cpus[1], rig.kernel.switchMm(), 0)).isEqualTo(250);
        assertThat(count(VmCounter.MM_SWITCHES)).isEqualTo(1);
        drop(2, 1);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(5);
        assertThat(count(VmCounter.LAZY_CPUS_LEFT)).isEqualTo(1);
    }

    @Test
    void lazyCpu_isPassedOverUnlessTablesAreFreed() {
        build(3, true, SKIP);
        run(cpus[1], rig.kernel.enterLazyTlb());
        drop(0, 1);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(1);
        assertThat(count(VmCounter.LAZY_CPUS_SKIPPED)).isEqualTo(1);
        run(rig.cpu, rig.kernel.calls().munmap(), 0, BASE, PAGES * PAGE);
        assertThat(count(VmCounter.TABLES_FREED)).isPositive();
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(3);
        assertThat(count(VmCounter.LAZY_CPUS_SKIPPED)).isEqualTo(1);
        assertThat(count(VmCounter.LAZY_CPUS_LEFT)).isEqualTo(1);
    }

    @Test
    void cpuThatWasPassedOver_flushesWhenItRunsAgain() {
        build(2, true, SKIP, "kernel.cpuTlb.fullFlushCost=250 ns");
        run(cpus[1], rig.kernel.enterLazyTlb());
        assertThat(run(cpus[1], rig.kernel.switchMm(), 0)).isZero();
        run(cpus[1], rig.kernel.enterLazyTlb());
        drop(0, 1);
        drop(1, 1);
        assertThat(run(cpus[1], rig.kernel.switchMm(), 0)).isEqualTo(250);
        assertThat(count(VmCounter.TLB_FLUSHES_LATE)).isEqualTo(1);
        drop(2, 1);
        assertThat(count(VmCounter.LAZY_CPUS_SKIPPED)).isEqualTo(2);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(1);
    }

    @Test
    void cpuThatSwitches_isInterruptedForItsNewAddressSpaceAlone() {
        build(2, true, LEAVE);
        Mm other = rig.kernel.createMm();
        other.mayRunOn(cpus[1]);
        run(cpus[1], rig.kernel.switchMm(), other.id());
        drop(0, 1);
        assertThat(count(VmCounter.IPIS_SENT)).isZero();
        run(rig.cpu, rig.kernel.flushCpus(), other.id());
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(1);
    }

    @Test
    void cpuThatLeavesWhileItIsAsked_isNotWaitedFor() {
        build(3, true, LEAVE);
        run(cpus[1], rig.kernel.enterLazyTlb());
        run(cpus[2], rig.kernel.enterLazyTlb());
        drop(0, 1);
        drop(1, 1);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(2);
        assertThat(count(VmCounter.SHOOTDOWNS)).isEqualTo(2);
        assertThat(rig.kernel.shootdownDurations().count()).isEqualTo(2);
        assertThat(rig.kernel.shootdownDurations().sumPs())
                .as("the second asks nobody")
                .isEqualTo(FLUSH_NS * NS);
    }
}
