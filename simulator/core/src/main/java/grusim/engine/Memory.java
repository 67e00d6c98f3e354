package grusim.engine;

/**
 * A memory model: makes the cells that racing state lives in, and defines what fences between accesses to them do.
 *
 * <p>Under {@code sc} every load returns the latest value and fences order nothing that is not ordered already.
 */
public interface Memory extends Stateful {
    /** Makes one cell. */
    Cell cell(Engine engine, String name, long initial);

    /** Makes a growable array of cells, all zero. */
    Cells cells(Engine engine, String name, int length);

    /** Orders the agent's accesses before the fence against those after it. */
    void fence(Agent agent, Fence fence);

    /**
     * Sets a unit to work, as the store of its command does once it is visible: after the stores before it, and with what
     * the sender has fenced visible to the unit.
     */
    void command(Agent sender, Unit unit, long delayPs);

    /** The agent has just taken a lock, or entered a hardware port: it sees what those before it had seen on leaving. */
    void acquired(Agent agent, Shared lock);

    /** The agent is about to give a lock back by an atomic read-modify-write, or to leave a hardware port. */
    void releasing(Agent agent, Shared lock);

    /** The agent gives a lock back by a plain store: {@link Shared#released} is called once that is visible. */
    void release(Agent agent, Shared lock);

    /** A CPU was made. Only CPUs reorder: every other agent's stores are visible at once, and its loads see the newest. */
    void attach(Cpu cpu);

    /** Building is over: what was written so far is visible to everybody. */
    void settled();

    /**
     * Number of times that an exploration turned out to have forgotten an old value that some agent could still have read.
     * If it grew, the exploration is incomplete and has to be repeated; with what was learnt, it is complete in the end.
     */
    int discoveries();

    /** How much it knows about who reads what; more knowledge is a larger number. */
    int known();

    /** Takes over what another memory of the same build has learnt about who reads what. */
    void learn(Memory other);

    /** Number of loads so far that returned another value than the newest. */
    long staleLoads();
}
