package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Choices;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.ExploringScheduler;
import grusim.engine.Footprint;
import grusim.engine.Snapshot;
import java.util.Arrays;
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
    private final @Nullable StepKinds kinds;
    private final @Nullable StepKind[][][] known;
    private final Branches branches = new Branches();
    private final FirstAlternative first = new FirstAlternative();
    private final Snapshot state = new Snapshot(false);
    private final Snapshot undo = new Snapshot(false);
    private final Reach reach = new Reach();
    private @Nullable String violation;
    private long silentSteps;
    private @Nullable Listener listener;

    /** Takes over the subject's engine; merges silent steps into moves if it is told how to know them. */
    Stepper(Subject subject, @Nullable StepKinds kinds) {
        this.subject = subject;
        this.engine = subject.engine();
        this.scheduler = engine.exploring();
        this.agents = engine.agents().toArray(Agent[]::new);
        this.kinds = kinds;
        this.known = new StepKind[agents.length][0][0];
        engine.observer(null);
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
        scheduler.step(agents[agent]);
        tell(agent, false);
        Footprint touched = engine.footprint();
        reach.clear();
        reach.add(touched, subject.observed());
        violation = subject.violation();
        if (kinds != null) {
            if (!kinds.ownedAlready(agent, touched)) {
                kinds.touched(agent, touched);
            }
            long disturbed = touched.disturbed();
            noteInterrupts(disturbed);
            settle(1L << agent | disturbed);
        }
    }

    /** Takes silent steps of the agents, each as far as it goes. */
    private void settle(long mask) {
        if (kinds == null) {
            return;
        }
        engine.choices(first);
        for (long left = mask; left != 0 && violation == null; left &= left - 1) {
            int agent = Long.numberOfTrailingZeros(left);
            int chain = 0;
            while (violation == null && silent(agent)) {
                if (++chain == LONGEST_CHAIN) {
                    violation = "livelock: " + agents[agent].describe() + " goes on for ever and nobody notices";
                }
            }
        }
    }

    /** Takes the agent's next step if it is silent; says whether it was. */
    private boolean silent(int id) {
        Agent agent = agents[id];
        if (agent.idle() || agent.waiting()) {
            return false;
        }
        StepKind kind = kind(id, agent.position());
        StepKind.Status status = kind.status;
        if (status == StepKind.Status.VISIBLE) {
            return false;
        }
        if (status == StepKind.Status.UNKNOWN) {
            undo.save(engine);
            if (!tried(agent, kind)) {
                undo.into(engine);
                return false;
            }
        } else if (kind.relied || kinds().rely(kind)) {
            take(agent, kind);
        } else {
            return false;
        }
        silentSteps++;
        tell(id, true);
        violation = subject.violation();
        return true;
    }

    /** Takes a step that was never taken; whether it turns out to be silent. */
    private boolean tried(Agent agent, StepKind kind) {
        try {
            return take(agent, kind);
        } catch (RuntimeException | AssertionError e) {
            // It fails again when it is taken as a move.
            return kinds().silent(kind, engine.footprint(), true, false, false);
        }
    }

    private boolean take(Agent agent, StepKind kind) {
        boolean masked = agent instanceof Cpu cpu && cpu.masked();
        int expected = agent instanceof Cpu cpu && cpu.interrupted() && !masked ? 1 : 0;
        first.asked = 0;
        scheduler.step(agent);
        Footprint touched = engine.footprint();
        boolean noticed =
                subject.observed() != 0 || first.asked != expected || touched.disturbed() != 0 || touched.everything();
        boolean masks = agent instanceof Cpu cpu && cpu.masked() != masked;
        if (!noticed && kind.relied && (!masks || kind.masks) && touchesOnlyKnown(kind, touched)) {
            return true;
        }
        return kinds().silent(kind, touched, noticed, masks, true);
    }

    private static boolean touchesOnlyKnown(StepKind kind, Footprint touched) {
        for (int i = 0; i < touched.count(); i++) {
            if (!kind.touches(touched.shared(i))) {
                return false;
            }
        }
        return true;
    }

    /** Takes one step, whatever it is, to learn what its kind does: the present pass does not rely on it. */
    void sample(int id, Choices choices) {
        Agent agent = agents[id];
        boolean starts = !agent.idle() && !agent.waiting();
        StepKind kind = starts ? kind(id, agent.position()) : null;
        boolean masked = agent instanceof Cpu cpu && cpu.masked();
        boolean interruptible = agent instanceof Cpu cpu && cpu.interrupted() && !masked;
        int[] asked = new int[1];
        boolean[] diverted = {!starts};
        engine.choices((chooser, alternatives) -> {
            int choice = choices.pick(chooser, alternatives);
            // Whether to take an interrupt first is not the step's own choice.
            diverted[0] |= asked[0]++ == 0 && interruptible && choice != 0;
            return choice;
        });
        scheduler.step(agent);
        Footprint touched = engine.footprint();
        boolean noticed = subject.observed() != 0
                || asked[0] != (interruptible ? 1 : 0)
                || touched.disturbed() != 0
                || touched.everything();
        violation = subject.violation();
        noteInterrupts(touched.disturbed());
        if (kind != null && !diverted[0]) {
            boolean masks = agent instanceof Cpu cpu && cpu.masked() != masked;
            kinds().silent(kind, touched, noticed, masks, false);
        } else {
            kinds().touched(id, touched);
        }
    }

    private void noteInterrupts(long disturbed) {
        for (long left = disturbed; left != 0; left &= left - 1) {
            int agent = Long.numberOfTrailingZeros(left);
            if (agents[agent] instanceof Cpu cpu && cpu.interrupted()) {
                kinds().interrupted(agent);
            }
        }
    }

    private StepKind kind(int agent, long position) {
        int routine = (int) (position >>> 32);
        int pc = (int) position;
        @Nullable StepKind[][] ofAgent = known[agent];
        if (routine < ofAgent.length && pc < ofAgent[routine].length) {
            StepKind kind = ofAgent[routine][pc];
            if (kind != null) {
                return kind;
            }
        }
        StepKind kind = kinds().at(agent, position);
        if (routine >= ofAgent.length) {
            int length = ofAgent.length;
            ofAgent = Arrays.copyOf(ofAgent, routine + 1);
            Arrays.fill(ofAgent, length, routine + 1, new StepKind[0]);
            known[agent] = ofAgent;
        }
        if (pc >= ofAgent[routine].length) {
            ofAgent[routine] = Arrays.copyOf(ofAgent[routine], pc + 1);
        }
        ofAgent[routine][pc] = kind;
        return kind;
    }

    private StepKinds kinds() {
        StepKinds found = kinds;
        if (found == null) {
            throw new IllegalStateException("silent steps are not merged here");
        }
        return found;
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

    Agent[] agents() {
        return agents;
    }

    Engine engine() {
        return engine;
    }

    /** Number of silent steps taken. */
    long silentSteps() {
        return silentSteps;
    }

    /** Takes the first alternative, and counts the choices. */
    private static final class FirstAlternative implements Choices {
        int asked;

        @Override
        public int pick(Agent agent, int alternatives) {
            asked++;
            return 0;
        }
    }
}
