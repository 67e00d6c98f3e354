package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.LockName;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import grusim.linux.Kernel;
import grusim.linux.Partition;
import grusim.linux.lock.RwSemaphore;
import grusim.linux.lock.SpinLock;
import grusim.machine.PhysicalMemory;
import grusim.result.RunResult;
import grusim.workload.load.SpecLoader;
import org.junit.jupiter.api.Test;

final class LockStatisticsTest {
    private static final long NS = 1000;

    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final PhysicalMemory memory = new PhysicalMemory(1, 1 << 16, false);
    private final Kernel kernel = new Kernel(
            engine, memory, SpecLoader.fromJson("{\"name\": \"locks\"}").kernel(), Partition.whole(memory), agent -> 0);
    private final LockStatistics statistics = new LockStatistics(engine);

    /** Takes the lock, holds it for the time in slot 0 and, if it downgrades, for the time in slot 1 as a reader. */
    private Routine holder(RwSemaphore lock, boolean write, boolean downgrades) {
        return new Routine(engine, "holder", 2) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                switch (pc) {
                    case 0 -> {
                        if (write ? lock.downWrite(agent) : lock.downRead(agent)) {
                            agent.next(downgrades ? 1 : 2, agent.local(0), Why.THINK);
                        } else {
                            agent.await(lock, 0, Why.LOCK);
                        }
                    }
                    case 1 -> {
                        lock.downgradeWrite(agent);
                        agent.next(3, agent.local(1), Why.THINK);
                    }
                    case 2 -> {
                        if (write) {
                            lock.upWrite(agent);
                        } else {
                            lock.upRead(agent);
                        }
                        agent.done(0);
                    }
                    default -> {
                        lock.upRead(agent);
                        agent.done(0);
                    }
                }
            }
        };
    }

    private RunResult result() {
        var builder = RunResult.builder("locks", "test", 0);
        statistics.report(builder);
        return builder.build();
    }

    private static long[] row(RunResult result, String kind) {
        String[] keys = {"acquisitions", "contended", "wait", "waitMean", "waitMax", "hold", "holdMean", "holdMax"};
        long[] values = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = result.counter("lock." + kind + "." + keys[i]);
        }
        return values;
    }

    /**
     * The first writes from 0 to 100 ns and reads on until 150; a reader that comes at 30 reads from 100 to 120; a writer that
     * comes at 40 waits for both and writes from 150 to 160.
     */
    @Test
    void waitsAndHolds_ofAWriterThatDowngrades() {
        engine.lockObserver(statistics);
        RwSemaphore lock = kernel.createMm().mmapSem();
        new Cpu(engine, "first").start(holder(lock, true, true), 0, 100 * NS, 50 * NS);
        new Cpu(engine, "reader").start(holder(lock, false, false), 30 * NS, 20 * NS);
        new Cpu(engine, "writer").start(holder(lock, true, false), 40 * NS, 10 * NS);
        engine.timed().run(200 * NS);
        RunResult result = result();
        assertThat(row(result, "mmap_sem.read"))
                .containsExactly(2, 1, 70 * NS, 70 * NS, 70 * NS, 70 * NS, 35 * NS, 50 * NS);
        assertThat(row(result, "mmap_sem.write"))
                .containsExactly(2, 1, 110 * NS, 110 * NS, 110 * NS, 110 * NS, 55 * NS, 100 * NS);
    }

    @Test
    void lockThatNobodyCanShare_hasOneRow() {
        SpinLock lock = new SpinLock(engine, "mm7 ms_asid_lock3", kernel.counters());
        Agent agent = new Cpu(engine, "holder");
        statistics.wanted(agent, lock, true);
        statistics.wanted(agent, lock, true);
        statistics.locked(agent, lock, true);
        statistics.released(agent, lock);
        statistics.released(agent, lock);
        assertThat(result().counters()).hasSize(8);
        assertThat(row(result(), "ms_asid_lock")).containsExactly(1, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void nothingTaken_reportsNothing() {
        assertThat(result().counters()).isEmpty();
        assertThat(LockName.kind("gru0.cch15")).isEqualTo("cch");
    }

    @Test
    void waitsOfARun_agreeWithTheKernelsCounts() {
        RunResult result = RunRig.run(RunRig.BUSY);
        assertThat(result.counter("lock.mmap_sem.read.contended")).isEqualTo(result.counter("vm.mmapSemReadWaits"));
        assertThat(result.counter("lock.mmap_sem.write.contended"))
                .isEqualTo(result.counter("vm.mmapSemWriteWaits"))
                .isPositive();
        assertThat(result.counter("lock.rmap_lock.contended")
                        + result.counter("lock.page_table_lock.contended")
                        + result.counter("lock.ms_asid_lock.contended")
                        + result.counter("lock.gs_asid_lock.contended"))
                .isEqualTo(result.counter("vm.spinlockWaits"))
                .isPositive();
        assertThat(result.counter("lock.ts_ctxlock.contended")).isEqualTo(result.counter("vm.mutexWaits"));
        assertThat(result.counter("lock.cch.acquisitions")).isPositive();
        assertThat(result.counter("lock.tgh.holdMax")).isPositive();
    }
}
