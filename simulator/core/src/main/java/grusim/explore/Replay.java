package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import org.jspecify.annotations.Nullable;

/**
 * Plays a schedule on a fresh simulation of the same subject, step by step. Takes the engine's step observer and choices
 * for itself; whoever wants to see values sets the engine's access observer.
 */
public final class Replay {
    /** Is told of every step before it is taken. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A step is about to be taken.
         *
         * @param number number of the step, from zero
         * @param agent who takes it
         * @param routine the routine it belongs to, after an interrupt that the agent takes first
         * @param pc its number in the routine; {@link Routine#stepName} says it in words
         * @param move the choices prescribed for it
         */
        void stepping(int number, Agent agent, Routine routine, int pc, Schedule.Move move);
    }

    private final Subject subject;
    private final Engine engine;
    private final Agent[] agents;
    private final Schedule schedule;
    private final Branches branches = new Branches();
    private int taken;

    /** Prepares to play a schedule from the subject's present state. */
    public Replay(Subject subject, Schedule schedule, Listener listener) {
        this.subject = subject;
        this.schedule = schedule;
        engine = subject.engine();
        agents = engine.agents().toArray(Agent[]::new);
        engine.choices(branches);
        engine.observer((agent, routine, pc) ->
                listener.stepping(taken, agent, routine, pc, schedule.moves().get(taken)));
    }

    /** Takes the next step; false if there is none left. Refuses a step that the simulation does not offer. */
    public boolean step() {
        if (taken == schedule.moves().size()) {
            return false;
        }
        Schedule.Move move = schedule.moves().get(taken);
        if (move.agent() >= agents.length) {
            throw misfit("there are " + agents.length + " agents, none is number " + move.agent());
        }
        Agent agent = agents[move.agent()];
        if (!engine.exploring().enabled(agent)) {
            throw misfit(agent.describe() + " cannot step");
        }
        int[] choices = move.choices().stream().mapToInt(Integer::intValue).toArray();
        branches.follow(choices, choices.length);
        try {
            engine.exploring().step(agent);
        } catch (Branches.NoSuchAlternative e) {
            throw misfit(String.valueOf(e.getMessage()));
        }
        if (branches.unused() != 0) {
            throw misfit(agent.name() + " makes " + branches.asked() + " choices, not " + choices.length);
        }
        taken++;
        return true;
    }

    /** Takes all steps that are left, and says what is wrong at the end, if anything is. */
    public @Nullable String run() {
        while (step()) {
            // Each step tells the listener.
        }
        return violation();
    }

    /** What is wrong in the present state, a deadlock included; null if nothing is. */
    public @Nullable String violation() {
        String violation = subject.violation();
        if (violation != null) {
            return violation;
        }
        for (Agent agent : agents) {
            if (engine.exploring().enabled(agent)) {
                return null;
            }
        }
        String waits = subject.mindsStandstill() ? engine.waitGraph() : "";
        return waits.isEmpty() ? null : waits;
    }

    private IllegalArgumentException misfit(String why) {
        return new IllegalArgumentException("the schedule does not fit this simulation: at step " + taken + ", " + why);
    }
}
