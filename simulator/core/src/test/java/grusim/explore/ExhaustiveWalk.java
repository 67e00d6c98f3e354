package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Snapshot;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reference the explorer is judged by: every step of every agent with every choice from every state, breadth first
 * over snapshots. Nothing is reduced, nothing is shared with the explorer but the enumeration of choices.
 *
 * <p>On request it also audits independence: wherever what two steps of different agents reach is apart, both orders must
 * lead to the same state.
 */
public final class ExhaustiveWalk {
    private record Step(int agent, List<Integer> choices, Snapshot after, Reach reach, String next, String name) {}

    private final Subject subject;
    private final Engine engine;
    private final long mostStates;
    private final Branches branches = new Branches();

    /** States in which nobody can step, as fingerprints. */
    final TreeSet<Long> ends = new TreeSet<>();

    /** What is wrong in any state, in words. */
    final TreeSet<String> violations = new TreeSet<>();

    /** Steps that were taken for independent and do not commute, with how often. */
    public final Map<String, Integer> dependent = new TreeMap<>();

    long states;
    long transitions;

    /** Number of pairs of steps that were audited. */
    public long audited;

    boolean complete = true;

    /** Prepares a walk from the engine's present state; the invariant is asked in every state: what is wrong, or null. */
    public ExhaustiveWalk(Engine engine, Supplier<@Nullable String> invariant, long mostStates) {
        this(Subjects.of(engine, invariant), mostStates);
    }

    /** Prepares a walk from the subject's present state. */
    public ExhaustiveWalk(Subject subject, long mostStates) {
        this.subject = subject;
        this.engine = subject.engine();
        this.mostStates = mostStates;
        engine.choices(branches);
        subject.observed();
    }

    /** Walks until everything is visited, or as many states as may be. */
    public Verdict run() {
        run(0);
        Outcome outcome = !violations.isEmpty() ? Outcome.VIOLATED : complete ? Outcome.SAFE : Outcome.BOUNDED;
        return new Verdict(
                outcome, states, transitions, 0, "", violations.isEmpty() ? "" : violations.first(), null, false);
    }

    /** Walks; every n-th state is audited, none if that is zero. */
    public ExhaustiveWalk run(int auditEvery) {
        Map<Long, Boolean> visited = new HashMap<>();
        Deque<Snapshot> open = new ArrayDeque<>();
        arrive(Snapshot.of(engine, false), visited, open);
        while (!open.isEmpty()) {
            if (states >= mostStates) {
                complete = false;
                return this;
            }
            Snapshot state = open.removeFirst();
            states++;
            Deque<Step> steps = steps(state);
            transitions += steps.size();
            if (auditEvery > 0 && states % auditEvery == 0) {
                audit(steps.toArray(Step[]::new));
            }
            for (Step step : steps) {
                step.after().into(engine);
                arrive(step.after(), visited, open);
            }
        }
        return this;
    }

    /** Looks at the state that the engine is in; from one that violates, nothing is followed. */
    private void arrive(Snapshot state, Map<Long, Boolean> visited, Deque<Snapshot> open) {
        String violation = subject.violation();
        if (violation != null) {
            violations.add(violation);
        } else if (visited.put(state.fingerprint(), true) == null) {
            if (engine.agents().stream().noneMatch(engine.exploring()::enabled)) {
                ends.add(state.fingerprint());
                if (!engine.waitGraph().isEmpty()) {
                    violations.add(engine.waitGraph());
                }
            }
            open.addLast(state);
        }
    }

    private Deque<Step> steps(Snapshot state) {
        Deque<Step> steps = new ArrayDeque<>();
        for (Agent agent : engine.agents()) {
            state.into(engine);
            if (!engine.exploring().enabled(agent)) {
                continue;
            }
            int[] next = {};
            int length = 0;
            while (length >= 0) {
                state.into(engine);
                String name = agent.describe();
                Reach reach = take(agent, next, length);
                List<Integer> choices =
                        Arrays.stream(branches.combination()).boxed().toList();
                Snapshot after = Snapshot.of(engine, false);
                length = branches.advance();
                next = next(length);
                steps.add(new Step(agent.id(), choices, after, reach, Arrays.toString(next), name));
            }
        }
        return steps;
    }

    /** What to choose next time, after {@link Branches#advance}. */
    private int[] next(int length) {
        return length > 0 ? Arrays.copyOf(branches.copyTo(new int[0], length), length) : new int[0];
    }

    private Reach take(Agent agent, int[] choices, int length) {
        branches.follow(choices, length);
        engine.exploring().step(agent);
        Reach reach = new Reach();
        reach.add(engine.footprint(), subject.observed());
        return reach;
    }

    private void audit(Step[] steps) {
        for (int i = 0; i < steps.length; i++) {
            for (int j = i + 1; j < steps.length; j++) {
                Step one = steps[i];
                Step other = steps[j];
                if (one.agent() != other.agent() && one.reach().apart(one.agent(), other.reach(), other.agent())) {
                    audited++;
                    String difference = difference(one, other);
                    if (difference != null) {
                        dependent.merge(one.name() + " | " + other.name() + ": " + difference, 1, Integer::sum);
                    }
                }
            }
        }
    }

    private @Nullable String difference(Step one, Step other) {
        String wrong = take(one, other);
        Snapshot oneOther = Snapshot.of(engine, false);
        if (wrong == null) {
            wrong = take(other, one);
        }
        return wrong == null && !oneOther.equals(Snapshot.of(engine, false)) ? "they end in different states" : wrong;
    }

    /** Takes one step and then the other, which must do as it does without the first; in words, what it does not. */
    private @Nullable String take(Step first, Step second) {
        first.after().into(engine);
        Agent agent = engine.agents().get(second.agent());
        if (!engine.exploring().enabled(agent)) {
            return "the first disables the other";
        }
        int[] choices = second.choices().stream().mapToInt(Integer::intValue).toArray();
        try {
            Reach reach = take(agent, choices, choices.length);
            if (!reach.same(second.reach())) {
                return "the first changes what the other reaches";
            }
        } catch (Branches.NoSuchAlternative e) {
            return "the first takes choices from the other";
        }
        Snapshot end = Snapshot.of(engine, false);
        String next = Arrays.toString(next(branches.advance()));
        end.into(engine);
        return next.equals(second.next()) ? null : "the first gives choices to the other";
    }
}
