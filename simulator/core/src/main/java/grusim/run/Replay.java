package grusim.run;

import grusim.contract.Violation;
import grusim.engine.Engine;
import grusim.result.file.TextTrace;
import grusim.workload.RunSpec;
import grusim.workload.SpecException;
import grusim.workload.load.ResolvedSpec;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes a run again to the step that a token names, twice: to learn when that is, and to print every step and fact of the
 * last two microseconds before it, or since the earlier of the two accesses if that is not long ago, what was violated, and
 * a little of what came after.
 */
public final class Replay {
    private static final long BEFORE_PS = 2_000_000;
    private static final long AFTER_PS = 100_000;
    private static final long LONG_AGO_PS = 20_000_000;

    private final ResolvedSpec spec;
    private final RunOptions options;
    private final ReplayToken token;

    /**
     * Prepares a replay.
     *
     * @throws SpecException if the token is not of this spec
     */
    public Replay(ResolvedSpec spec, RunOptions options, ReplayToken token) {
        token.requireOf(spec, options.version());
        this.spec = spec;
        this.options = options;
        this.token = token;
    }

    /** Prints the trace around the step; says whether something was violated there. */
    public boolean print(Writer out) {
        Pass first = Pass.of(spec, options, null);
        long atPs = first.to(token);
        long fromPs = atPs - BEFORE_PS;
        for (Violation violation : first.violations()) {
            long sincePs = violation.first().atPs();
            fromPs = sincePs > atPs - LONG_AGO_PS ? Math.min(fromPs, sincePs - AFTER_PS) : fromPs;
        }
        fromPs = Math.max(0, fromPs);
        try (TextTrace trace = new TextTrace(out, fromPs, atPs + AFTER_PS)) {
            Pass pass = Pass.of(spec, options, trace);
            pass.to(token);
            List<Violation> violations = pass.violations();
            violations.forEach(each -> trace.event(atPs, "VIOLATED", "", each.text()));
            pass.on(atPs + AFTER_PS);
            return !violations.isEmpty();
        }
    }

    /** One way through the run. */
    private record Pass(
            Simulation simulation,
            ContractWatch watch,
            @Nullable TextTrace trace) {
        static Pass of(ResolvedSpec spec, RunOptions options, @Nullable TextTrace trace) {
            Simulation simulation = SimulationBuilder.build(spec, options);
            FactLines facts = trace == null ? null : new FactLines(simulation.engine(), trace);
            return new Pass(simulation, ContractWatch.over(simulation, options, facts), trace);
        }

        /** Runs up to the end of the step and returns the time of it. */
        long to(ReplayToken token) {
            Engine engine = simulation.engine();
            engine.observer((agent, routine, pc) -> {
                if (trace != null) {
                    trace.event(engine.nowPs(), agent.name(), routine.stepName(pc), routine.name());
                }
                if (engine.steps() == token.step()) {
                    engine.timed().stop();
                }
            });
            long limitPs = simulation.spec().run().untilPs();
            limitPs = limitPs == RunSpec.NO_LIMIT ? Long.MAX_VALUE : limitPs;
            long before = -1;
            while (engine.steps() < token.step() && engine.steps() != before && !simulation.ended()) {
                before = engine.steps();
                engine.timed().run(limitPs);
            }
            if (engine.steps() != token.step()) {
                throw new SpecException("replay token %s names step %d; accepted: up to %d, the last one of %s"
                        .formatted(
                                token.text(),
                                token.step(),
                                engine.steps(),
                                simulation.spec().name()));
            }
            return engine.nowPs();
        }

        /** What was violated in the step just taken. */
        List<Violation> violations() {
            List<Violation> found = now();
            if (found.isEmpty() && (simulation.standsStill() || watch.deadlocked())) {
                watch.stuck("");
                found = now();
            } else if (found.isEmpty() && simulation.ended()) {
                watch.ended();
                found = now();
            }
            return found;
        }

        private List<Violation> now() {
            long step = simulation.engine().steps();
            return watch.violations().stream()
                    .filter(each -> each.step() == step)
                    .toList();
        }

        /** Runs on for a while. */
        void on(long untilPs) {
            long before = -1;
            while (simulation.engine().steps() != before) {
                before = simulation.engine().steps();
                simulation.engine().timed().run(untilPs - 1);
            }
        }
    }
}
