package grusim.engine;

/** Decides which agent steps next: by time, or by exploring every order. */
interface Scheduler {
    /** The agent can step, {@code delayPs} from now. */
    void ready(Agent agent, long delayPs);

    /** An interrupt reaches the CPU at the given time unless it steps before. */
    void interruptAt(Cpu cpu, long atPs);

    /** The interrupt line to serve before this step, or -1. */
    int dueLine(Cpu cpu, int pending, long[] dueAtPs);

    /** Queues an agent as its loaded state says. */
    void requeue(Agent agent);

    /** Lists the scheduler's own state. */
    void state(StateIo io);

    /** Current time in picoseconds. */
    long nowPs();
}
