package grusim.engine;

/** Lets an exploration take any enabled agent's next step; simulated time stands still. */
public final class ExploringScheduler implements Scheduler {
    ExploringScheduler() {}

    /** Whether the agent can take a step now. */
    public boolean enabled(Agent agent) {
        return agent.enabled();
    }

    /** Takes the agent's next step. */
    public void step(Agent agent) {
        agent.step();
    }

    @Override
    public void ready(Agent agent, long delayPs) {}

    @Override
    public void interruptAt(Cpu cpu, long atPs) {}

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
        return 0;
    }
}
