package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Choices;
import grusim.engine.Engine;
import grusim.engine.ExploringScheduler;
import grusim.engine.Footprint;
import grusim.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * One thread's simulation and how to move it. A move is one step of one agent with one combination of choices, and then
 * every step that is silent ({@link StepKinds}), until none is left: which agent takes its silent steps first makes no
 * difference, so that states before visible steps do not depend on the way they were reached.
 */
final class Stepper {
    /** Silent steps in a row after which an agent is taken to run on for ever. */
    private static final int LONGEST_CHAIN = 100_000;

    /** Is told of every step taken. */
    interface Listener {
        /** The agent took a step; moves prescribe choices, silent steps take the first alternative of each. */
        void stepped(int agent, boolean silent);
    }

    private final Subject subject;
    private final Engine engine;
    private final ExploringScheduler scheduler;
    private final Agent[] agents;
    private final Branches branches = new Branches();
    private final Snapshot state = new Snapshot(false);
    private final Reach reach = new Reach();
    private final @Nullable Silence silence;
    private @Nullable String violation;
    private @Nullable Listener listener;

    /** Takes over the subject's engine; merges silent steps into moves if it is told how to know them. */
    Stepper(Subject subject, @Nullable StepKinds kinds) {
        this.subject = subject;
        this.engine = subject.engine();
        this.scheduler = engine.exploring();
        this.agents = engine.agents().toArray(Agent[]::new);
        this.silence = kinds == null ? null : new Silence(subject, agents, kinds);
        subject.observed();
    }

    /** Takes the silent steps of the initial state, and looks at it. */
    void begin() {
        violation = subject.violation();
        settle((1L << agents.length) - 1);
    }

    /** Sets who is told of every step. */
    void listener(Listener told) {
        listener = told;
    }

    /** Takes one move. */
    void move(int agent, int[] combination, int length) {
        engine.choices(branches);
        branches.follow(combination, length);
        long busy = silence == null ? 0 : silence.busy();
        scheduler.step(agents[agent]);
        tell(agent, false);
        Footprint touched = engine.footprint();
        long observed = subject.observed();
        reach.clear();
        reach.add(touched, observed);
        violation = subject.violation();
        if (silence != null) {
            silence.note(agent, touched, observed, busy);
            settle(1L << agent | touched.disturbed());
        }
    }

    /** Takes silent steps of the agents, each as far as it goes. */
    private void settle(long mask) {
        if (silence == null) {
            return;
        }
        silence.begin();
        for (long left = mask; left != 0 && violation == null; left &= left - 1) {
            int agent = Long.numberOfTrailingZeros(left);
            int chain = 0;
            while (violation == null && silence.step(agent)) {
                tell(agent, true);
                violation = subject.violation();
                if (++chain == LONGEST_CHAIN && violation == null) {
                    violation = "livelock: " + agents[agent].describe() + " goes on for ever and nobody notices";
                }
            }
        }
    }

    /** Takes one step, whatever it is, to learn what it does. */
    void sample(int agent, Choices choices) {
        if (silence != null) {
            silence.sample(agent, choices);
            violation = subject.violation();
        }
    }

    private void tell(int agent, boolean silent) {
        if (listener != null) {
            listener.stepped(agent, silent);
        }
    }

    /** Agents that can move, as a bit mask. */
    long enabled() {
        long enabled = 0;
        for (int i = 0; i < agents.length; i++) {
            if (scheduler.enabled(agents[i])) {
                enabled |= 1L << i;
            }
        }
        return enabled;
    }

    /** Saves the present state, and returns it until the next call. */
    Snapshot save() {
        state.save(engine);
        return state;
    }

    /** Goes back to a state that was saved from this or another thread's simulation of the same subject. */
    void load(long[] words, int length) {
        state.load(engine, words, 0, length);
    }

    /** What is wrong in the present state; a deadlock is found by {@link #stuck}. */
    @Nullable
    String violation() {
        return violation;
    }

    /** Who waits for whom in a state in which nobody can move; null if nobody waits for anything but work. */
    @Nullable
    String stuck() {
        String waits = subject.mindsStandstill() ? engine.waitGraph() : "";
        return waits.isEmpty() ? null : waits;
    }

    /** What the last move reached, without the silent steps after it. */
    Reach reach() {
        return reach;
    }

    /** The choices of the last move. */
    Branches branches() {
        return branches;
    }

    /** Number of agents. */
    int agents() {
        return agents.length;
    }
}
