package grusim.engine;

/** Is told of every step an agent is about to take: for traces, counterexamples and coverage. */
@FunctionalInterface
public interface StepObserver {
    /** The agent is about to take step {@code pc} of the routine. */
    void stepping(Agent agent, Routine routine, int pc);

    /** The agent has taken its step, and has not yet taken an interrupt or begun anything else. */
    default void stepped(Agent agent) {}
}
