package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is interrupted for a flush of the CPUs' TLBs, and who waits how long. */
final class ShootdownTest {
    private static final long BASE = 0x10000;
    private static final int PAGES = 12;

    /** Time of a madvise(DONTNEED) of one present page without interrupts, and of what comes before its flush. */
    private static final long BEFORE_NS = 150 + 20 + 3 * 25 + 20 + 20 + 20;

    private static final long FLUSH_NS = 2700;
    private static final long AFTER_NS = 50 + 20;

    private VmRig rig = new VmRig();
    private final Cpu[] others = new Cpu[12];

    private void build(int cpus, String... settings) {
        build(cpus, cpu -> 0, settings);
    }

    private void build(int cpus, CpuPlaces places, String... settings) {
        rig = new VmRig(VmRig.ownFlushesFree(settings), 64, places);
        rig.mm.map(BASE, PAGES * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        rig.mm.runsOn(rig.cpu);
        for (int i = 1; i < cpus; i++) {
            others[i] = new Cpu(rig.engine, "cpu" + i);
            rig.mm.runsOn(others[i]);
        }
        for (int page = 0; page < PAGES; page++) {
            rig.fault(BASE + page * PAGE, true);
        }
    }

    private long drop() {
        long start = rig.engine.nowPs();
        assertThat(rig.call(rig.kernel.calls().madviseDontneed(), 0, BASE, PAGE))
                .isZero();
        return (rig.engine.nowPs() - start) / NS;
    }

    private long count(VmCounter counter) {
        return rig.kernel.counters().value(counter);
    }

    /** Masks interrupts at once, and unmasks them after the time in slot 0. */
    private Routine masked() {
        return new Routine(rig.engine, "masked", 1) {
            @Override
            public String stepName(int pc) {
                return pc == 0 ? "mask" : "unmask";
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

    @Test
    void aloneInTheMask_flushesItsOwnTlbAndInterruptsNobody() {
        build(1, "kernel.cpuTlb.pageFlushCost=100 ns");
        assertThat(drop()).isEqualTo(BEFORE_NS + 100 + AFTER_NS);
        assertThat(count(VmCounter.SHOOTDOWNS)).isEqualTo(1);
        assertThat(count(VmCounter.IPIS_SENT)).isZero();
    }

    @Test
    void acknowledgementsDuringTheOwnFlush_costNothingMore() {
        build(3);
        assertThat(drop()).isEqualTo(BEFORE_NS + FLUSH_NS + AFTER_NS);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(2);
        assertThat(count(VmCounter.IPI_WAITS)).isZero();
    }

    /** 100 ns from CPU to CPU on a blade, 250 ns between blades: the sender and cpu2 on blade 0, cpu1 and cpu3 on blade 1. */
    private void distant(String requests, String... settings) {
        build(
                4,
                new CpuPlaces() {
                    @Override
                    public int blade(Agent cpu) {
                        return cpu.id() % 2;
                    }

                    @Override
                    public long linePs(int blade, int otherBlade) {
                        return (blade == otherBlade ? 100 : 250) * NS;
                    }
                },
                Stream.concat(Stream.of("kernel.ipiRequests=" + requests), Stream.of(settings))
                        .toArray(String[]::new));
    }

    @Test
    void oneWordForAll_goesOnToEachFurtherCpuForItsAnswer() {
        distant("shared-word");
        assertThat(drop()).isEqualTo(BEFORE_NS + FLUSH_NS + (100 + 250) + AFTER_NS);
        assertThat(rig.kernel.shootdownDurations().sumPs()).isEqualTo((FLUSH_NS + 350) * NS);
    }

    @Test
    void requestOfEachCpu_costsTheSenderTwoLinesToAskEachFurtherCpu() {
        distant("per-cpu");
        // the answers' lines, 250 + 100 + 250, come during the last one's round trip
        assertThat(drop()).isEqualTo(BEFORE_NS + 2 * (100 + 250) + FLUSH_NS + AFTER_NS);
    }

    @Test
    void answersThatTakeLongerThanARoundTrip_areWaitedFor() {
        distant("per-cpu", "kernel.cpuShootdownCost=599 ns");
        assertThat(drop()).isEqualTo(BEFORE_NS + 2 * (100 + 250) + (250 + 100 + 250) + AFTER_NS);
    }

    @Test
    void slowHandlers_areWaitedFor() {
        build(3, "kernel.ipiHandlerCost=5 us");
        assertThat(drop()).isEqualTo(BEFORE_NS + 5000 + AFTER_NS);
        assertThat(count(VmCounter.IPI_WAITS)).isEqualTo(1);
        assertThat(count(VmCounter.IPI_WAIT)).isEqualTo((5000 - FLUSH_NS) * NS);
    }

    @Test
    void cpuThatMasksInterrupts_acknowledgesAfterItUnmasks() {
        build(3);
        others[2].start(masked(), 0, 10_000 * NS);
        // the handler takes 500 ns from 10,000 ns on
        assertThat(drop()).isEqualTo(10_000 + 500 + AFTER_NS);
        assertThat(count(VmCounter.IPI_WAIT)).isEqualTo((10_000 + 500 - BEFORE_NS - FLUSH_NS) * NS);
    }

    @Test
    void cpuOutsideTheMask_isNotWaitedFor() {
        build(2);
        Cpu outside = new Cpu(rig.engine, "outside");
        rig.kernel.createMm().runsOn(outside);
        outside.start(masked(), 0, 10_000 * NS);
        rig.call(rig.kernel.calls().madviseDontneed(), 0, BASE, PAGE);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(1);
        assertThat(count(VmCounter.IPI_WAITS)).isZero();
    }

    @Test
    void purge_interruptsNobody() {
        build(3, "kernel.shootdown=purge");
        others[2].start(masked(), 0, 10_000 * NS);
        long start = rig.engine.nowPs();
        rig.cpu.start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE, PAGE);
        rig.engine.timed().run(start + (BEFORE_NS + FLUSH_NS + AFTER_NS) * NS);
        assertThat(rig.cpu.idle()).isTrue();
        assertThat(count(VmCounter.SHOOTDOWNS)).isEqualTo(1);
        assertThat(count(VmCounter.IPIS_SENT)).isZero();
    }

    @Test
    void twoCpusThatFlushEachOther_bothGetThrough() {
        build(2);
        long start = rig.engine.nowPs();
        others[1].start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE + PAGE, PAGE);
        rig.cpu.start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE, PAGE);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.engine.waitGraph()).isEmpty();
        assertThat(rig.cpu.idle() && others[1].idle()).isTrue();
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(2);
        // The second gets the page-table lock 20 + 20 ns after the first, and either is held up for 500 ns by the
        // other's interrupt.
        assertThat((rig.engine.nowPs() - start) / NS).isEqualTo(BEFORE_NS + 40 + FLUSH_NS + 500 + AFTER_NS);
    }

    @Test
    void requestsThatFindOthersWaiting_areServedByTheirInterrupt() {
        build(4);
        others[3].start(masked(), 0, 20_000 * NS);
        int[] interrupts = new int[1];
        long[] servedAtNs = new long[1];
        rig.engine.observer((agent, routine, pc) -> {
            if (agent == others[3] && routine.name().equals("smp_invalidate_interrupt") && pc == 0) {
                interrupts[0]++;
            }
            if (agent == others[3] && routine.stepName(pc).equals("flushed, acknowledge")) {
                servedAtNs[0] = rig.engine.nowPs() / NS;
            }
        });
        long start = rig.engine.nowPs();
        rig.cpu.start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE, PAGE);
        others[1].start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE + PAGE, PAGE);
        // asks while the first request is being served and the second waits; before, it serves both itself
        long startNs = 20_000 + 100 - BEFORE_NS - 2 * 500;
        others[2].start(rig.kernel.calls().madviseDontneed(), startNs * NS, 0, BASE + 2 * PAGE, PAGE);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(interrupts[0]).isEqualTo(1);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(9);
        assertThat(count(VmCounter.IPI_WAITS)).isEqualTo(2);
        // three requests of 500 ns from 20,000 ns on; the third sender is still busy with its own flush then
        assertThat(servedAtNs[0] - start / NS).isEqualTo(20_000 + 3 * 500);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 12})
    void manySenders_getTheirOwnAcknowledgements(int cpus) {
        build(cpus);
        long start = rig.engine.nowPs();
        for (int i = 0; i < cpus; i++) {
            Cpu sender = i == 0 ? rig.cpu : others[i];
            sender.start(rig.kernel.calls().madviseDontneed(), 0, 0, BASE + i * PAGE, PAGE);
        }
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.engine.waitGraph()).isEmpty();
        assertThat(count(VmCounter.SHOOTDOWNS)).isEqualTo(cpus);
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(cpus * (cpus - 1L));
        assertThat(rig.engine.nowPs()).isGreaterThan(start);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(64 - PAGES + cpus);
    }

    @Test
    void reclaim_interruptsFromOutsideTheMask_betweenTheClearAndTheFree() {
        build(3);
        Cpu kswapd = new Cpu(rig.engine, "reclaimer");
        rig.engine.observer((agent, routine, pc) -> {
            if (agent == others[1] && routine.name().equals("smp_invalidate_interrupt") && pc == 1) {
                rig.log.add("cpu1 flushed");
            }
        });
        rig.log.clear();
        kswapd.start(rig.kernel.reclaimPages(), 0, 1, 1, BASE, BASE + PAGE);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.log).containsExactly("clear 10 frame 0 kept", "cpu1 flushed", "free frame 0");
        assertThat(count(VmCounter.IPIS_SENT)).isEqualTo(3);
    }
}
