package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Hash;
import grusim.engine.Routine;
import grusim.workload.RunSpec;
import grusim.workload.load.ResolvedSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays two runs in lockstep and finds the first step in which they differ: in its time, or in the names of its agent,
 * routine or step. Names, not numbers, are compared, so that runs of machines that are built of different parts can be
 * compared as far as their steps are the same.
 *
 * <p>Runs go in stretches; both hashes are compared after each, and the stretch that differs is played again and kept, so
 * that memory does not grow with the runs. The contract does not watch. One thread.
 */
public final class Lockstep {
    /** Steps of a stretch. */
    private static final int STRETCH = 1 << 16;

    private static final int NO_STEP = -1;

    /** One step, as it is compared. */
    public record Step(long number, long atPs, String agent, String routine, int pc, String step) {
        /** Whether another run's step is the same. */
        boolean same(Step other) {
            return atPs == other.atPs && agent.equals(other.agent) && routine.equals(other.routine) && pc == other.pc;
        }
    }

    /**
     * What came out.
     *
     * @param equal whether the runs are the same from the first step to the last
     * @param steps steps that are the same, from the first on
     * @param first the steps of the first run around the first that differs, or its last ones
     * @param second the same of the second run
     */
    public record Outcome(
            boolean equal, long steps, List<Step> first, List<Step> second, long eventHashA, long eventHashB) {
        /** Keeps copies. */
        public Outcome {
            first = List.copyOf(first);
            second = List.copyOf(second);
        }
    }

    private final ResolvedSpec specA;
    private final ResolvedSpec specB;
    private final RunOptions options;
    private final int around;
    private final RunProgress progress;

    /**
     * Prepares a comparison.
     *
     * @param around steps to keep before and after the first that differs
     */
    public Lockstep(ResolvedSpec specA, ResolvedSpec specB, RunOptions options, int around, RunProgress progress) {
        this.specA = specA;
        this.specB = specB;
        this.options = options;
        this.around = around;
        this.progress = progress;
    }

    /** Plays both runs as far as they are the same. */
    public Outcome play() {
        Player a = new Player(specA, options);
        Player b = new Player(specB, options);
        long same = 0;
        while (a.hash == b.hash && !(a.over && b.over)) {
            same = a.engine.steps();
            a.playTo(same + STRETCH);
            b.playTo(same + STRETCH);
            progress.at(a.engine.nowPs(), a.engine.steps(), 0, 0);
        }
        boolean equal = a.hash == b.hash && a.engine.steps() == b.engine.steps();
        if (equal) {
            long steps = a.engine.steps();
            return new Outcome(true, steps, List.of(), List.of(), a.engine.eventHash(), b.engine.eventHash());
        }
        return differing(same);
    }

    /** Plays both again up to the stretch that differs, and keeps its steps. */
    private Outcome differing(long same) {
        List<Step> a = kept(specA, same);
        List<Step> b = kept(specB, same);
        int at = 0;
        while (at < Math.min(a.size(), b.size()) && a.get(at).same(b.get(at))) {
            at++;
        }
        long steps = at < a.size() ? a.get(at).number - 1 : at < b.size() ? b.get(at).number - 1 : same;
        return new Outcome(false, steps, part(a, at), part(b, at), 0, 0);
    }

    private List<Step> part(List<Step> steps, int at) {
        return steps.subList(Math.max(0, Math.min(steps.size(), at) - around), Math.min(steps.size(), at + around + 1));
    }

    private List<Step> kept(ResolvedSpec spec, long same) {
        Player player = new Player(spec, options);
        player.playTo(Math.max(0, same - around));
        List<Step> steps = new ArrayList<>();
        player.keep(steps);
        player.playTo(same + STRETCH + around);
        return steps;
    }

    /** One of the two runs. */
    private static final class Player {
        private final Simulation simulation;
        private final Engine engine;
        private final long untilPs;
        /** Hashes of names; only ever looked up. */
        private final Map<Routine, Long> names = new HashMap<>();

        private long[] agentNames = {};
        private long hash;
        private long stopAt = Long.MAX_VALUE;
        private boolean over;
        private @Nullable List<Step> kept;

        Player(ResolvedSpec spec, RunOptions options) {
            simulation = SimulationBuilder.build(spec, options);
            engine = simulation.engine();
            long until = simulation.spec().run().untilPs();
            untilPs = until == RunSpec.NO_LIMIT ? Long.MAX_VALUE : until;
            engine.observer(this::stepping);
        }

        void keep(List<Step> steps) {
            kept = steps;
        }

        private void stepping(Agent agent, Routine routine, int pc) {
            Long known = names.get(routine);
            if (known == null) {
                known = Hash.of(2, routine.name());
                names.put(routine, known);
            }
            long where = Hash.mix(name(agent), known + pc);
            hash = Hash.mix(hash, Hash.mix(engine.nowPs(), where));
            if (kept != null) {
                kept.add(new Step(
                        engine.steps(), engine.nowPs(), agent.name(), routine.name(), pc, routine.stepName(pc)));
            }
            if (engine.steps() == stopAt) {
                engine.timed().stop();
            }
        }

        private long name(Agent agent) {
            int id = agent.id();
            if (id >= agentNames.length) {
                agentNames = Arrays.copyOf(agentNames, 2 * id + 8);
            }
            if (agentNames[id] == 0) {
                agentNames[id] = Hash.of(1, agent.name());
            }
            return agentNames[id];
        }

        /** Plays until so many steps have been taken in all, or the run is over. */
        void playTo(long steps) {
            stopAt = steps;
            long before = NO_STEP;
            while (!over && engine.steps() < steps) {
                before = engine.steps();
                simulation.runUntil(untilPs);
                over = simulation.ended() || engine.steps() == before;
            }
        }
    }
}
