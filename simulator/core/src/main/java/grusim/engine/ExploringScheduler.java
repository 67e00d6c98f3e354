package grusim.engine;

/**
 * Lets an exploration take any enabled agent's next step; simulated time stands still, unless whoever replays a schedule
 * sets it.
 */
public final class ExploringScheduler implements Scheduler {
    private long nowPs;
    private boolean clocked;

    ExploringScheduler() {}

    /** Whether the agent can take a step now. */
    public boolean enabled(Agent agent) {
        return agent.enabled();
    }

    /** Takes the agent's next step. */
    public void step(Agent agent) {
        agent.step();
    }

    /** Sets the time that observers are told; it has no say in what agents do. */
    public void clock(long timePs) {
        nowPs = timePs;
        clocked = true;
    }

    /** Whether somebody sets the time. */
    boolean clocked() {
        return clocked;
    }

    /** When the agent's next step would be due, had each of its steps been taken at the time set. */
    public long duePs(Agent agent) {
        return agent.timePs;
    }

    @Override
    public void ready(Agent agent, long delayPs) {
        agent.timePs = nowPs + delayPs;
    }

    @Override
    public void interruptAt(Cpu cpu, long atPs) {
        cpu.timePs = cpu.ready() ? Math.min(cpu.timePs, atPs) : atPs;
    }

    @Override
    public int dueLine(Cpu cpu, int pending, long[] dueAtPs) {
        int lines = Integer.bitCount(pending);
        int goOn = cpu.ready() ? 1 : 0;
        int choice = cpu.engine().choose(cpu, lines + goOn) - goOn;
        if (choice < 0) {
            return -1;
        }
        int left = pending;
        for (int i = 0; i < choice; i++) {
            left &= left - 1;
        }
        return Integer.numberOfTrailingZeros(left);
    }

    @Override
    public void requeue(Agent agent) {}

    @Override
    public void state(StateIo io) {}

    @Override
    public long nowPs() {
        return nowPs;
    }
}
