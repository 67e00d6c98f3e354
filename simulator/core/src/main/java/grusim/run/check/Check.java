package grusim.run.check;

import grusim.explore.Bounds;
import grusim.explore.Explorer;
import grusim.explore.Outcome;
import grusim.explore.Progress;
import grusim.explore.Schedule;
import grusim.explore.Verdict;
import grusim.result.proof.CheckResult;
import grusim.run.Scenario;
import grusim.run.ScenarioBuilder;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explores the scenario of one spec. What the spec expects is taken away before anything else: no part of a check can
 * know it.
 */
public final class Check {
    /** States in which barriers that might close a violation must prove themselves. */
    private static final long TRIAL_STATES = 400_000;

    private final Spec spec;
    private final ScenarioSpec scenario;
    private final List<String> settings;
    private final CheckOptions options;
    private final CounterexampleBuilder counterexamples;

    /**
     * Prepares a check.
     *
     * @param settings what was set on top of the spec's file, besides the memory model
     * @param command the command line of the same check, for the counterexample to name
     * @throws SpecException if the spec has no scenario
     */
    public Check(Spec claimed, List<String> settings, String command, CheckOptions options) {
        scenario = withoutClaims(claimed);
        spec = with(claimed, scenario);
        this.settings = List.copyOf(settings);
        this.options = options;
        counterexamples = new CounterexampleBuilder(spec, scenario, settings, command, this::trial);
    }

    private static ScenarioSpec withoutClaims(Spec claimed) {
        ScenarioSpec scenario = claimed.scenario();
        if (scenario == null) {
            throw new SpecException(claimed.name()
                    + ": scenario: missing; accepted: a spec with a scenario, such as those in workloads/checks;"
                    + " a spec with processes is for grusim run");
        }
        return new ScenarioSpec(
                scenario.tableBits(),
                scenario.pages(),
                scenario.forked(),
                scenario.controlBlocks(),
                scenario.contexts(),
                scenario.agents(),
                List.of());
    }

    private static Spec with(Spec claimed, ScenarioSpec scenario) {
        return new Spec(
                claimed.name(),
                claimed.description(),
                claimed.seed(),
                claimed.machine(),
                claimed.gru(),
                claimed.kernel(),
                claimed.driver(),
                claimed.invalidation(),
                claimed.queues(),
                claimed.processes(),
                claimed.disturbances(),
                scenario,
                claimed.run());
    }

    /** Explores, and tells the counterexample if there is one. */
    public CheckResult run(Progress progress) {
        Verdict verdict =
                new Explorer(this::subject, options.bounds(), options.workers(), options.reduction(), progress).run();
        Schedule schedule = verdict.counterexample();
        return new CheckResult(
                spec.name(),
                CheckToken.modelName(spec.kernel().memoryModel()),
                settings,
                word(verdict),
                verdict.states(),
                verdict.transitions(),
                verdict.schedules(),
                limits(options.bounds()),
                verdict.bound(),
                verdict.explanation(),
                schedule == null ? null : counterexamples.build(schedule),
                schedule == null ? "" : CheckToken.of(spec, schedule));
    }

    /** Plays the schedule of a token again, refusing one of another scenario; timed, it is laid out in simulated time. */
    public Replayed replay(String token, boolean timed) {
        return counterexamples.replay(CheckToken.parse(spec, token), timed);
    }

    private Scenario subject() {
        return ScenarioBuilder.build(spec);
    }

    private Outcome trial(List<Barrier> barriers, Scenario.Concern concern) {
        return new Explorer(
                        () -> {
                            Scenario fenced = subject();
                            Barrier.put(fenced.engine(), barriers);
                            fenced.concern(concern);
                            return fenced;
                        },
                        Bounds.NONE.withStates(TRIAL_STATES),
                        1,
                        options.reduction(),
                        Progress.SILENT)
                .outcome();
    }

    private static CheckResult.Verdict word(Verdict verdict) {
        return switch (verdict.outcome()) {
            case SAFE -> CheckResult.Verdict.SAFE;
            case VIOLATED -> CheckResult.Verdict.VIOLATED;
            case BOUNDED ->
                verdict.bound().equals("interrupted")
                        ? CheckResult.Verdict.INTERRUPTED
                        : CheckResult.Verdict.WITHIN_BOUNDS;
        };
    }

    private static CheckResult.Limits limits(Bounds bounds) {
        return new CheckResult.Limits(
                set(bounds.states()), small(bounds.depth()), small(bounds.preemptions()), set(bounds.millis()));
    }

    private static @Nullable Long set(long bound) {
        return bound == Long.MAX_VALUE ? null : bound;
    }

    private static @Nullable Integer small(int bound) {
        return bound == Integer.MAX_VALUE ? null : bound;
    }
}
