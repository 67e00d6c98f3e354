package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import grusim.engine.Why;
import grusim.workload.KernelSpec.ReclaimNotifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's whole state is in its snapshots. */
final class VmStateTest {
    private static final long BASE = 0x1ff000;
    private static final int RW = Prot.READ | Prot.WRITE;

    /** Touches, drops, reprotects, moves and unmaps, driven by slots only: 0 CPU number, 1 round, 2 page. */
    private static final class Churn extends Routine {
        private static final int ROUNDS = 12;
        private static final int PAGES = 8;
        private final Kernel kernel;

        Churn(Kernel kernel) {
            super(kernel.engine(), "churn", 3);
            this.kernel = kernel;
        }

        @Override
        public String stepName(int pc) {
            return "step " + pc;
        }

        @Override
        public void step(Agent agent, int pc) {
            long base = BASE + agent.local(0) * 64 * PAGE;
            long moved = base + 32 * PAGE;
            switch (pc) {
                case 0 -> {
                    if (agent.local(2) < 2 * PAGES) {
                        long page = agent.local(2) % PAGES;
                        agent.local(2, agent.local(2) + 1);
                        agent.call(kernel.handleFault(), 0, 0, base + page * PAGE, page & 1);
                    } else {
                        agent.call(kernel.calls().madviseDontneed(), 1, 0, base + PAGE, 2 * PAGE);
                    }
                }
                case 1 -> agent.call(kernel.calls().mprotect(), 2, 0, base + 2 * PAGE, 2 * PAGE, Prot.READ);
                case 2 -> {
                    agent.call(kernel.calls().mremap(), 3, 0, base + 4 * PAGE, 2 * PAGE, 2 * PAGE);
                    agent.local(4, Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED);
                    agent.local(5, moved);
                }
                case 3 -> agent.call(kernel.calls().munmap(), 4, 0, moved, PAGE);
                case 4 -> agent.call(kernel.calls().mmap(), 5, 0, base, PAGES * PAGE, RW | Prot.FIXED);
                default -> {
                    agent.local(2, 0);
                    agent.local(1, agent.local(1) + 1);
                    if (agent.local(1) == ROUNDS) {
                        agent.done(0);
                    } else {
                        agent.next(0, 500 * NS, Why.THINK);
                    }
                }
            }
        }
    }

    private static VmRig build(boolean runAhead) {
        return build(runAhead, "ipi");
    }

    private static VmRig build(boolean runAhead, String shootdown) {
        Engine engine = Engine.timed(new SequentialMemory(), 9, runAhead);
        String[] settings = VmRig.settings(
                ReclaimNotifier.PAGE,
                true,
                4,
                8,
                "kernel.munmapDowngrade=true",
                "kernel.shootdown=" + shootdown,
                "kernel.pageTableLock=" + (shootdown.equals("ipi") ? "mm" : "split"),
                "kernel.cpuTlb.generations=true",
                "kernel.ipiHandlerCost=3 us");
        VmRig rig = new VmRig(engine, VmRig.spec(settings), 2, 10, 9);
        rig.notifier();
        Cpu kswapd = new Cpu(engine, "kswapd");
        rig.kernel.mayFlush(kswapd);
        kswapd.start(rig.kernel.kswapd(), 0);
        rig.kernel.cpusSwitch();
        Churn churn = new Churn(rig.kernel);
        for (int i = 0; i < 3; i++) {
            rig.mm.map(BASE + i * 64L * PAGE, 8 * PAGE, RW, Mm.FIRST_TOUCH, 0);
            Cpu cpu = new Cpu(engine, "churn" + i);
            rig.mm.runsOn(cpu);
            cpu.start(churn, i * 100L, i);
        }
        return rig;
    }

    @ParameterizedTest
    @CsvSource({"ipi, flush_tlb_others", "uv-bau, uv_flush_tlb_others", "sn2, sn2_global_tlb_purge"})
    void resumedRun_equalsTheRunThatDidNotStop(String shootdown, String flush) {
        VmRig whole = build(true, shootdown);
        assertThat(whole.engine.timed().run(Long.MAX_VALUE)).isFalse();
        assertThat(whole.kernel.counters().value(VmCounter.SWAPPED_IN)).isPositive();
        assertThat(whole.kernel.counters().value(VmCounter.MREMAPS)).isEqualTo(36);
        assertThat(whole.kernel.counters().value(VmCounter.SHOOTDOWNS)).isPositive();
        Snapshot end = Snapshot.of(whole.engine, true);

        VmRig first = build(true, shootdown);
        VmRig second = build(true, shootdown);
        int gathering = 0;
        int flushing = 0;
        for (long stopNs = 1_000; first.engine.timed().run(stopNs * NS); stopNs += 7_919) {
            Snapshot saved = Snapshot.of(first.engine, true);
            gathering += gathers(first) ? 1 : 0;
            flushing += flushes(first, flush) ? 1 : 0;
            saved.into(second.engine);
            assertThat(Snapshot.of(second.engine, true)).isEqualTo(saved);
            second.engine.timed().run(Long.MAX_VALUE);
            assertThat(second.engine.eventHash()).as("stopped at %s ns", stopNs).isEqualTo(whole.engine.eventHash());
            assertThat(Snapshot.of(second.engine, true)).isEqualTo(end);
        }
        assertThat(gathering).as("stops in the middle of an unmap").isPositive();
        assertThat(flushing).as("stops in the middle of a flush").isPositive();
    }

    private static boolean flushes(VmRig rig, String routine) {
        return rig.engine.agents().stream().anyMatch(agent -> agent.doing().startsWith(routine));
    }

    private static boolean gathers(VmRig rig) {
        return rig.engine.agents().stream()
                .anyMatch(agent -> rig.kernel.gathers().count(agent) > 0);
    }

    @Test
    void loadingAnEarlierState_undoesWhatCameAfter() {
        VmRig rig = build(true);
        Snapshot start = Snapshot.of(rig.engine, true);
        rig.engine.timed().run(Long.MAX_VALUE);
        long hash = rig.engine.eventHash();
        start.into(rig.engine);
        assertThat(Snapshot.of(rig.engine, true)).isEqualTo(start);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.engine.eventHash()).isEqualTo(hash);
    }

    @Test
    void runAhead_changesNothing() {
        VmRig ahead = build(true);
        VmRig queued = build(false);
        ahead.engine.timed().run(Long.MAX_VALUE);
        queued.engine.timed().run(Long.MAX_VALUE);
        assertThat(ahead.engine.eventHash()).isEqualTo(queued.engine.eventHash());
        assertThat(ahead.log).isEqualTo(queued.log);
    }
}
