package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import java.util.ArrayList;
import java.util.List;

/** A routine written down as a list of named steps, which mostly go on to the next. */
final class Script extends Routine {
    /** A step: does at most one access and ends in exactly one of next, call, await, done. */
    @FunctionalInterface
    interface Step {
        /** Performs the step, which is number {@code here} of its script. */
        void take(Agent agent, int here);
    }

    private final List<String> names = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    /** Makes a routine without steps. */
    Script(Engine engine, String name, int slots) {
        super(engine, name, slots);
    }

    /** Adds a step. */
    Script then(String name, Step step) {
        names.add(name);
        steps.add(step);
        return this;
    }

    /** Adds the return of 0. */
    Script end() {
        return then("return", (agent, here) -> agent.done(0));
    }

    @Override
    public String stepName(int pc) {
        return names.get(pc);
    }

    @Override
    public void step(Agent agent, int pc) {
        steps.get(pc).take(agent, pc);
    }
}
