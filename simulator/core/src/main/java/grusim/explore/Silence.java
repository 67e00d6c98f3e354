package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Choices;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Footprint;
import grusim.engine.Snapshot;
import grusim.engine.Unit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes silent steps in one thread's simulation, and tells {@link StepKinds} what every step does. */
final class Silence {
    private static final StepKind[] NO_KINDS = {};

    private final Subject subject;
    private final Engine engine;
    private final Agent[] agents;
    private final StepKinds kinds;

    /** What was looked up, by actor, routine and pc. */
    private final @Nullable StepKind[][][] known;

    /** Accesses that were passed on already, with who made them. */
    private final LongSet passedOn = new LongSet();

    private final long[] topicsPassedOn;
    private final Snapshot undo = new Snapshot(false);
    private final FirstAlternative first = new FirstAlternative();

    /** Interrupts that the agent was handling in its last step. */
    private int level;

    Silence(Subject subject, Agent[] agents, StepKinds kinds) {
        this.subject = subject;
        this.engine = subject.engine();
        this.agents = agents;
        this.kinds = kinds;
        known = new StepKind[2 * agents.length][0][0];
        topicsPassedOn = new long[2 * agents.length];
        engine.observer((agent, routine, pc) -> level = agent.interrupts());
    }

    /** Units that work at present, as a bit mask. */
    long busy() {
        long busy = 0;
        for (int i = 0; i < agents.length; i++) {
            if (agents[i] instanceof Unit && !agents[i].idle()) {
                busy |= 1L << i;
            }
        }
        return busy;
    }

    /** Passes on what an agent's step did to others; {@code busy} are the units that worked before it. */
    void note(int agent, Footprint touched, long observed, long busy) {
        Actor actor = kinds.actor(agent, level > 0);
        for (int i = 0; i < touched.count(); i++) {
            long access = Accesses.access(touched, i);
            if (passedOn.add(access << 7 | actor.number())) {
                kinds.access(actor, access);
            }
        }
        for (long left = observed & ~topicsPassedOn[actor.number()]; left != 0; left &= left - 1) {
            kinds.access(actor, Accesses.topic(Long.numberOfTrailingZeros(left)));
        }
        topicsPassedOn[actor.number()] |= observed;
        if (level > 1) {
            kinds.nested(agent);
        }
        for (long left = touched.disturbed(); left != 0; left &= left - 1) {
            int other = Long.numberOfTrailingZeros(left);
            if (agents[other] instanceof Cpu cpu && cpu.interrupted()) {
                kinds.interrupted(other);
            } else if ((busy & 1L << other) != 0) {
                kinds.meddled(other);
            }
        }
    }

    /** Gets ready to take silent steps. */
    void begin() {
        engine.choices(first);
    }

    /** Takes the agent's next step if it is silent; says whether it was. */
    boolean step(int id) {
        Agent agent = agents[id];
        if (agent.idle() || agent.waiting()) {
            return false;
        }
        StepKind kind = kind(kinds.actor(id, agent.interrupts() > 0), agent.position());
        StepKind.Status status = kind.status;
        if (status == StepKind.Status.UNKNOWN) {
            undo.save(engine);
            if (tried(agent, kind)) {
                return true;
            }
            undo.into(engine);
            return false;
        }
        if (status == StepKind.Status.VISIBLE || (!kind.relied && !kinds.rely(kind))) {
            return false;
        }
        take(agent, kind);
        return true;
    }

    /** Takes a step that was never taken; whether it turns out to be silent. */
    private boolean tried(Agent agent, StepKind kind) {
        try {
            return take(agent, kind);
        } catch (RuntimeException | AssertionError e) {
            // It fails again when it is taken as a move.
            return kinds.silent(kind, engine.footprint(), 0, true, false, false);
        }
    }

    private boolean take(Agent agent, StepKind kind) {
        boolean masked = agent instanceof Cpu cpu && cpu.masked();
        // Whether to take an interrupt first is not the step's own choice.
        int expected = agent instanceof Cpu cpu && cpu.interrupted() && !masked ? 1 : 0;
        first.asked = 0;
        engine.exploring().step(agent);
        Footprint touched = engine.footprint();
        long observed = subject.observed();
        boolean noticed = noticed(agent) || first.asked != expected;
        boolean masks = masks(agent, masked);
        if (!noticed && kind.relied && (!masks || kind.masks) && makesOnlyKnown(kind, touched, observed)) {
            return true;
        }
        return kinds.silent(kind, touched, observed, noticed, masks, true);
    }

    /** Whether the step just taken did what others notice, beyond its accesses. */
    private boolean noticed(Agent agent) {
        Footprint touched = engine.footprint();
        // A command to a unit meets it busy or idle.
        return touched.disturbed() != 0 || touched.everything() || (agent.idle() && agent instanceof Unit);
    }

    /** Whether interrupts mean something else after the step than before: they also end a wait. */
    private static boolean masks(Agent agent, boolean masked) {
        return agent instanceof Cpu cpu && (cpu.waiting() || cpu.masked() != masked);
    }

    private static boolean makesOnlyKnown(StepKind kind, Footprint touched, long observed) {
        for (int i = 0; i < touched.count(); i++) {
            if (!kind.makes(Accesses.access(touched, i))) {
                return false;
            }
        }
        for (long left = observed; left != 0; left &= left - 1) {
            if (!kind.makes(Accesses.topic(Long.numberOfTrailingZeros(left)))) {
                return false;
            }
        }
        return true;
    }

    /** Takes one step, whatever it is, to learn what its kind does; nobody relies on it. */
    void sample(int id, Choices choices) {
        Agent agent = agents[id];
        boolean starts = !agent.idle() && !agent.waiting();
        StepKind kind = starts ? kind(kinds.actor(id, agent.interrupts() > 0), agent.position()) : null;
        boolean masked = agent instanceof Cpu cpu && cpu.masked();
        boolean interruptible = agent instanceof Cpu cpu && cpu.interrupted() && !masked;
        int[] asked = new int[1];
        boolean[] diverted = {!starts};
        engine.choices((chooser, alternatives) -> {
            int choice = choices.pick(chooser, alternatives);
            diverted[0] |= asked[0]++ == 0 && interruptible && choice != 0;
            return choice;
        });
        long busy = busy();
        engine.exploring().step(agent);
        Footprint touched = engine.footprint();
        long observed = subject.observed();
        note(id, touched, observed, busy);
        if (kind != null && !diverted[0]) {
            boolean noticed = noticed(agent) || asked[0] != (interruptible ? 1 : 0);
            kinds.silent(kind, touched, observed, noticed, masks(agent, masked), false);
        }
    }

    private StepKind kind(Actor actor, long position) {
        int routine = (int) (position >>> 32);
        int pc = (int) position;
        @Nullable StepKind[][] ofActor = known[actor.number()];
        if (routine < ofActor.length && pc < ofActor[routine].length) {
            StepKind kind = ofActor[routine][pc];
            if (kind != null) {
                return kind;
            }
        }
        StepKind kind = kinds.at(actor, position);
        if (routine >= ofActor.length) {
            int length = ofActor.length;
            ofActor = Arrays.copyOf(ofActor, routine + 1);
            Arrays.fill(ofActor, length, routine + 1, NO_KINDS);
            known[actor.number()] = ofActor;
        }
        if (pc >= ofActor[routine].length) {
            ofActor[routine] = Arrays.copyOf(ofActor[routine], pc + 1);
        }
        ofActor[routine][pc] = kind;
        return kind;
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
