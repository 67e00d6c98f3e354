package grusim.run.check;

import grusim.explore.Schedule;
import grusim.result.proof.Counterexample;
import grusim.result.proof.Missing;
import grusim.run.Scenario;
import grusim.run.ScenarioBuilder;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import java.util.List;

/** Plays a schedule that violates the contract, and tells it in words: who did what, what it saw, and what was missing. */
final class CounterexampleBuilder {
    private final Spec spec;
    private final ScenarioSpec scenario;
    private final List<String> settings;
    private final String command;
    private final MissingOrders.Trial trial;

    /**
     * Prepares to tell counterexamples of one scenario.
     *
     * @param settings what was set on top of the scenario's file
     * @param command the command line up to the token that plays a schedule again
     * @param trial how to find out whether barriers make the scenario safe
     */
    CounterexampleBuilder(
            Spec spec, ScenarioSpec scenario, List<String> settings, String command, MissingOrders.Trial trial) {
        this.spec = spec;
        this.scenario = scenario;
        this.settings = settings;
        this.command = command;
        this.trial = trial;
    }

    /** The recording of a schedule, played on a fresh scenario. */
    Recording play(Schedule schedule, boolean timed) {
        Scenario fresh = ScenarioBuilder.build(spec);
        return Recording.of(fresh, new Names(scenario, fresh), schedule, timed);
    }

    /** The counterexample that a schedule is. */
    Counterexample build(Schedule schedule) {
        Recording recording = play(schedule, false);
        if (recording.violation() == null) {
            throw new IllegalStateException(
                    spec.name() + ": nothing is wrong when the counterexample is played from the start: "
                            + CheckToken.of(spec, schedule));
        }
        return tell(recording, schedule, missing(recording));
    }

    private List<Missing> missing(Recording recording) {
        Scenario.Concern concern =
                recording.scenario().violation() == null ? Scenario.Concern.STANDSTILLS : Scenario.Concern.INVARIANTS;
        return new MissingOrders(recording, concern, trial).find();
    }

    /** What a schedule does, whether or not anything is wrong at its end. */
    Replayed replay(Schedule schedule, boolean timed) {
        Counterexample told = tell(play(schedule, false), schedule, List.of());
        List<Long> beginPs = timed
                ? play(schedule, true).steps().stream()
                        .map(step -> step.beginPs)
                        .toList()
                : List.of();
        return new Replayed(told, beginPs);
    }

    private Counterexample tell(Recording recording, Schedule schedule, List<Missing> missing) {
        Picture picture = new Picture(recording);
        FindingWords found = new FindingWords(recording);
        return new Counterexample(
                spec.name(),
                CheckToken.modelName(spec.kernel().memoryModel()),
                settings,
                found.finding(),
                picture.lanes(),
                picture.steps(),
                missing.isEmpty() ? found.order() : missing,
                command + " --replay " + CheckToken.of(spec, schedule),
                schedule.switches());
    }
}
