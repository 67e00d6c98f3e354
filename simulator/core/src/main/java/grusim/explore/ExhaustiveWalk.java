package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.ExploringScheduler;
import grusim.engine.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks every state of an exploring simulation, depth first over snapshots: in each state every enabled agent may take
 * its next step, and every choice the model leaves open is a branch. Nothing is reduced.
 *
 * <p>States are told apart by 64-bit fingerprints: among n states, one is overlooked with a probability of about n^2 /
 * 2^65 (three in a million for ten million states). Takes the engine's step observer and choices for itself.
 */
public final class ExhaustiveWalk {
    private final Engine engine;
    private final ExploringScheduler scheduler;
    private final Supplier<@Nullable String> invariant;
    private final long mostStates;

    private final List<Agent> agents;
    private final Branches branches = new Branches();
    private final FingerprintSet visited = new FingerprintSet();
    private final ArrayDeque<Visit> path = new ArrayDeque<>();
    private long transitions;

    /**
     * Prepares a walk from the engine's present state.
     *
     * @param engine an exploring engine whose agents are started
     * @param invariant asked in the initial state and after every step: the violation in words, or null
     * @param mostStates bound on the number of states visited
     */
    public ExhaustiveWalk(Engine engine, Supplier<@Nullable String> invariant, long mostStates) {
        this.engine = engine;
        this.scheduler = engine.exploring();
        this.invariant = invariant;
        this.mostStates = mostStates;
        this.agents = engine.agents();
    }

    /**
     * Walks until everything is visited, something is found, or the bound is reached. If something was found, the engine is
     * in that state afterwards. A walk runs once.
     */
    public Verdict run() {
        engine.observer(null);
        engine.choices(branches);
        Verdict found = arrive();
        while (found == null && !path.isEmpty()) {
            Visit visit = path.getLast();
            if (visit.advance()) {
                if (!visit.untouched()) {
                    visit.state().into(engine);
                }
                transitions++;
                step(visit);
                found = arrive();
            } else {
                path.removeLast();
            }
        }
        return found != null ? found : verdict(Outcome.SAFE, "", List.of());
    }

    /** Looks at the state just reached; a verdict if the walk ends here. */
    private @Nullable Verdict arrive() {
        String violation = invariant.get();
        if (violation != null) {
            return verdict(Outcome.VIOLATED, violation, replayed());
        }
        Snapshot state = Snapshot.of(engine, false);
        if (!visited.add(state.fingerprint())) {
            return null;
        }
        List<Agent> enabled = enabled();
        if (enabled.isEmpty()) {
            String waits = engine.waitGraph();
            return waits.isEmpty() ? null : verdict(Outcome.DEADLOCK, waits, replayed());
        }
        if (visited.size() >= mostStates) {
            return verdict(Outcome.BOUNDED, "", List.of());
        }
        path.addLast(new Visit(state, enabled));
        return null;
    }

    private List<Agent> enabled() {
        List<Agent> enabled = new ArrayList<>(agents.size());
        for (Agent agent : agents) {
            if (scheduler.enabled(agent)) {
                enabled.add(agent);
            }
        }
        return enabled;
    }

    private void step(Visit visit) {
        branches.follow(visit.prescribed());
        try {
            scheduler.step(visit.agent());
        } catch (AssertionError | RuntimeException e) {
            String failed = visit.agent().describe();
            path.removeLast();
            throw new IllegalStateException("the step " + failed + " failed after " + replayed(), e);
        }
        visit.followed(branches);
    }

    /** Goes the path again from its beginning, for the names of its steps. */
    private List<Move> replayed() {
        List<Move> moves = new ArrayList<>(path.size());
        Visit first = path.peekFirst();
        if (first == null) {
            return moves;
        }
        first.state().into(engine);
        String[] name = new String[1];
        engine.observer((agent, routine, pc) -> name[0] = routine.name() + " " + routine.stepName(pc));
        for (Visit visit : path) {
            int[] choices = visit.followed();
            branches.follow(choices);
            scheduler.step(visit.agent());
            moves.add(new Move(
                    visit.agent().name(),
                    name[0],
                    Arrays.stream(choices).boxed().toList()));
        }
        engine.observer(null);
        return moves;
    }

    private Verdict verdict(Outcome outcome, String explanation, List<Move> moves) {
        return new Verdict(outcome, visited.size(), transitions, explanation, moves);
    }
}
