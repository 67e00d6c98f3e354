package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * The reclaim thread (Linux mm/vmscan.c, kswapd). It sleeps until free memory falls below the low watermark, then reclaims
 * in batches up to the high one; a batch that frees nothing makes it pause for the interval before it looks again.
 *
 * <p>No arguments; runs for ever, on a {@link Cpu} of its own.
 */
final class Kswapd extends KernelRoutine {
    private static final int SLEEP = 0;
    private static final int BATCH = 1;
    private static final int LOOK = 2;
    private static final int LOOK_AGAIN = 3;

    private final ReclaimPages reclaimPages;
    private final long lowFrames;
    private final long highFrames;

    Kswapd(Kernel kernel, ReclaimPages reclaimPages) {
        super(kernel, "kswapd", 1);
        this.reclaimPages = reclaimPages;
        this.lowFrames = kernel.frames().lowFrames();
        this.highFrames = Math.max(lowFrames, spec.reclaim().highWatermarkBytes() >>> PhysicalMemory.FRAME_SHIFT);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case SLEEP -> "sleep until memory is low";
            case BATCH -> "reclaim a batch";
            case LOOK -> "see what the batch freed";
            default -> "look at the free memory";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        FrameAllocator frames = kernel.frames();
        switch (pc) {
            case SLEEP -> {
                if (frames.readFreeFrames(agent) >= lowFrames) {
                    agent.await(frames, SLEEP, Why.IDLE);
                } else {
                    kernel.counters().add(VmCounter.KSWAPD_WAKEUPS);
                    agent.next(BATCH, 0, Why.VM);
                }
            }
            case BATCH -> agent.call(reclaimPages, LOOK, spec.reclaim().batch());
            case LOOK -> {
                long pausePs = agent.result() == 0 ? spec.reclaim().intervalPs() : 0;
                ((Cpu) agent).pause(LOOK_AGAIN, pausePs, Why.IDLE);
            }
            default -> agent.next(frames.readFreeFrames(agent) < highFrames ? BATCH : SLEEP, 0, Why.VM);
        }
    }
}
