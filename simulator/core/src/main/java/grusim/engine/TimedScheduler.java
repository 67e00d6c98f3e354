package grusim.engine;

import org.jspecify.annotations.Nullable;

/**
 * Runs agents in the total order of their events. While an agent's next step lies before every queued event it goes on
 * without queueing (run-ahead), which changes neither the order nor the hash.
 */
public final class TimedScheduler implements Scheduler {
    /** Buckets of 0.512 ns: the wheel spans 16.8 us, the range of most of the model's delays. */
    private static final int BUCKET_SHIFT = 9;

    private final EventQueue queue = new EventQueue(BUCKET_SHIFT);
    private final boolean runAhead;
    private long nowPs;
    private boolean stopping;
    private @Nullable Agent stepping;

    TimedScheduler(boolean runAhead) {
        this.runAhead = runAhead;
    }

    @Override
    public long nowPs() {
        return nowPs;
    }

    @Override
    public void ready(Agent agent, long delayPs) {
        if (agent == stepping) {
            agent.timePs = nowPs + delayPs;
            agent.sequence = queue.takeSequence();
            return;
        }
        if (agent.queued()) {
            queue.remove(agent);
        }
        queue.schedule(agent, nowPs + delayPs);
    }

    @Override
    public void interruptAt(Cpu cpu, long atPs) {
        if (cpu == stepping) {
            if (cpu.ready()) {
                cpu.timePs = Math.min(cpu.timePs, atPs);
            } else {
                cpu.timePs = cpu.armed ? Math.min(cpu.timePs, atPs) : atPs;
                cpu.armed = true;
            }
            cpu.sequence = queue.takeSequence();
            return;
        }
        if (!cpu.queued()) {
            queue.schedule(cpu, atPs);
        } else if (atPs < cpu.timePs) {
            queue.remove(cpu);
            queue.schedule(cpu, atPs);
        }
    }

    @Override
    public int dueLine(Cpu cpu, int pending, long[] dueAtPs) {
        for (int left = pending; left != 0; left &= left - 1) {
            int line = Integer.numberOfTrailingZeros(left);
            if (dueAtPs[line] <= nowPs) {
                return line;
            }
        }
        return -1;
    }

    /**
     * Has steps that fall due at one time come in an order drawn by a seed, instead of the order in which they were
     * scheduled; zero undoes it. An agent's own steps keep their order. Before the first step only.
     */
    public void shuffleTies(long seed) {
        queue.shuffleTies(seed);
    }

    /** Number of agents that have something to do, now or later, the one that steps included. */
    public int busy() {
        Agent agent = stepping;
        return queue.size() + (agent != null && agent.ready() ? 1 : 0);
    }

    /** Makes {@link #run} return after the present step. */
    public void stop() {
        stopping = true;
    }

    /**
     * Runs until it is told to stop, no event is left, or the next one lies after {@code untilPs}; says whether events are
     * left.
     */
    public boolean run(long untilPs) {
        stopping = false;
        while (!stopping && queue.firstTimePs() <= untilPs) {
            Agent agent = (Agent) queue.poll();
            if (agent == null) {
                return false;
            }
            nowPs = agent.timePs;
            runOne(agent, untilPs);
        }
        return queue.size() > 0;
    }

    private void runOne(Agent agent, long untilPs) {
        while (true) {
            stepping = agent;
            agent.armed = false;
            agent.step();
            stepping = null;
            if (!agent.ready() && !agent.armed) {
                return;
            }
            long timePs = agent.timePs;
            if (!runAhead || stopping || timePs >= queue.firstTimePs() || timePs > untilPs) {
                queue.insert(agent);
                return;
            }
            nowPs = timePs;
        }
    }

    @Override
    public void requeue(Agent agent) {
        queue.insert(agent);
    }

    @Override
    public void state(StateIo io) {
        nowPs = io.i64(nowPs);
        long sequence = io.i64(queue.nextSequence());
        if (io.loading()) {
            queue.reset(nowPs, sequence);
        }
    }
}
