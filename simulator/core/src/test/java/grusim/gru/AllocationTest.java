package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.isa.InstructionStatus;
import grusim.isa.TransferType;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The device allocates nothing while it runs. */
final class AllocationTest {
    private static final long PAGE = 4096;

    /** Executes one instruction over and over. */
    private static final class Loop extends Routine {
        private final ControlBlock cb;
        private final long[] words;

        Loop(Rig rig, ControlBlock cb, long[] words) {
            super(rig.engine, "loop", 0);
            this.cb = cb;
            this.words = words;
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "start" : "wait";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                cb.start(agent, words);
                agent.next(1, 0, Why.COMPUTE);
            } else if (cb.status(agent) == InstructionStatus.IDLE) {
                agent.next(0, 0, Why.COMPUTE);
            } else {
                agent.await(cb.awaitable(), 1, Why.POLL);
            }
        }
    }

    private static long allocatedBytes(Rig rig, long[] words) {
        for (int i = 0; i < 4; i++) {
            new Agent(rig.engine, "loop" + i).start(new Loop(rig, rig.chiplet.cb(CB + i), words), 0);
        }
        long startPs = rig.engine.nowPs();
        rig.engine.timed().run(startPs + 20 * 1_000_000_000L);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        rig.engine.timed().run(startPs + 40 * 1_000_000_000L);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void hits_allocateNothing() {
        Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY).mapped(1, 1, true);
        long allocated =
                allocatedBytes(rig, vload(PAGE, 1, TransferType.CACHE_LINE).words());
        // some 250,000 loads; the JIT compiler may leave a few thousand bytes
        assertThat(allocated).isLessThan(100_000);
    }

    @Test
    void copies_allocateNothing() {
        Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY).mapped(1, 1, true).mapped(2, 2, true);
        long[] copy = Rig.bcopy(PAGE, 2 * PAGE, 1000, TransferType.BYTE, 4).words();
        assertThat(allocatedBytes(rig, copy)).isLessThan(100_000);
    }
}
