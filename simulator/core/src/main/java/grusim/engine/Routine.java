package grusim.engine;

/**
 * A piece of software or a device unit's microprogram as a state machine whose states are numbered steps.
 *
 * <p>One shared instance serves all agents: what a running routine knows lies in the slots of the agent's frame. A step
 * does at most one access to {@link Shared} state and ends in exactly one of {@link Agent#next}, {@link Agent#call},
 * {@link Agent#await}, {@link Agent#done}.
 */
public abstract class Routine {
    private final int id;
    private final String name;
    private final int slots;

    /**
     * Makes a routine known to the engine.
     *
     * @param name the name of the function or unit it models
     * @param slots number of frame slots it uses; arguments of a call arrive in the first ones
     */
    @SuppressWarnings("this-escape") // the engine only files the reference
    protected Routine(Engine engine, String name, int slots) {
        this.name = name;
        this.slots = slots;
        this.id = engine.register(this);
    }

    /** The name of the function or unit it models. */
    public final String name() {
        return name;
    }

    final int id() {
        return id;
    }

    final int slots() {
        return slots;
    }

    /** What a step does, in the words of its source, for wait graphs, traces and counterexamples. */
    public abstract String stepName(int pc);

    /** Performs one step. */
    public abstract void step(Agent agent, int pc);
}
