package grusim.run.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.explore.Bounds;
import grusim.explore.Progress;
import grusim.result.proof.CheckResult;
import grusim.result.proof.Counterexample;
import grusim.result.proof.Missing;
import grusim.result.proof.Step;
import grusim.result.proof.Touch;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import grusim.workload.load.SpecLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckTest {
    private static final Path CHECKS = Path.of("../../workloads/checks");

    private static Spec spec(String scenario, String... settings) {
        return SpecLoader.load(CHECKS.resolve(scenario + ".json"), List.of(settings))
                .spec();
    }

    private static Check check(Spec spec, String... settings) {
        return new Check(spec, List.of(settings), "grusim check it", CheckOptions.COMPLETE);
    }

    private static CheckResult checked(String scenario, String... settings) {
        return check(spec(scenario, settings), settings).run(Progress.SILENT);
    }

    private static Counterexample broken(String scenario, String... settings) {
        CheckResult result = checked(scenario, settings);
        assertThat(result.verdict()).isEqualTo(CheckResult.Verdict.VIOLATED);
        return Objects.requireNonNull(result.counterexample());
    }

    private static Touch touch(Counterexample told, int step) {
        return Objects.requireNonNull(told.steps().get(step - 1).touch());
    }

    /** Every violated verdict shows again when its token is played, ends in its last step, and can be laid out in time. */
    @ParameterizedTest
    @CsvSource({
        "exit-vs-fault, driver.release=flag",
        "exit-vs-fault, kernel.era=2.6.28",
        "fill-vs-invalidate, gru.killBits=false",
        "fill-vs-invalidate, driver.rangeStart=flush-then-count",
        "hit-vs-invalidate, gru.killBits=false",
        "irq-off-walk, kernel.memoryModel=sc",
        "irq-off-walk, kernel.memoryModel=tso",
        "irq-off-walk, kernel.shootdown=purge",
        "unload-vs-fault, gru.faultLocksContext=false",
        "count-vs-pte, kernel.memoryModel=relaxed",
    })
    void violation_isReplayedFromItsToken(String scenario, String setting) {
        CheckResult result = checked(scenario, setting);
        Counterexample told = Objects.requireNonNull(result.counterexample());
        assertThat(told.finding().point()).isBetween(1, 5);
        assertThat(told.missing()).as("an order that was missing").isNotEmpty();

        Check again = check(spec(scenario, setting), setting);
        Replayed replayed = again.replay(result.replay(), false);
        assertThat(replayed.violates()).isTrue();
        assertThat(replayed.told().steps()).isEqualTo(told.steps());
        assertThat(replayed.told().finding()).isEqualTo(told.finding());
        assertThat(replayed.beginPs()).isEmpty();

        Replayed timed = again.replay(result.replay(), true);
        assertThat(timed.violates()).isTrue();
        assertThat(timed.beginPs()).hasSameSizeAs(told.steps()).isSorted();
        assertThat(timed.beginPs().get(timed.beginPs().size() - 1)).isPositive();
    }

    /** The bug of the driver's review: a cleared entry is read after the count was seen to be zero. */
    @Test
    void countVersusPte_tellsBothBarriersThatWereMissing() {
        Counterexample told = broken("count-vs-pte", "kernel.memoryModel=relaxed");
        assertThat(told.missing()).extracting(Missing::kind).containsExactly("write barrier", "read barrier");
        Missing stores = told.missing().get(0);
        Missing loads = told.missing().get(1);
        assertThat(stores.sentence())
                .isEqualTo("these two stores had to be ordered: it takes a write barrier between them");
        assertThat(loads.sentence())
                .startsWith("these two loads had to be ordered: it takes a read barrier between them, too (verified: ");
        assertThat(touch(told, stores.earlier()).what()).isEqualTo("pte A");
        assertThat(touch(told, stores.earlier()).written()).isEqualTo("none");
        assertThat(touch(told, stores.later())).isEqualTo(Touch.update("range count", "1", "0", countedAt(told)));
        assertThat(touch(told, loads.earlier())).isEqualTo(Touch.read("range count", "0", stores.later()));
        Touch old = touch(told, loads.later());
        assertThat(old.what()).isEqualTo("pte A");
        assertThat(old.read()).isEqualTo("frame 0, writable, dirty");
        assertThat(old.newest()).isEqualTo("swap slot 0");
        assertThat(old.writtenAt()).isZero();
    }

    private static int countedAt(Counterexample told) {
        return told.steps().stream()
                .filter(step -> step.text().equals("1 count active range"))
                .mapToInt(Step::number)
                .sum();
    }

    /** With the writer in order, the reader's barrier alone closes it. */
    @Test
    void oneBarrier_isEnoughWhereOneIsMissing() {
        Counterexample reader = broken("count-vs-pte", "kernel.memoryModel=relaxed", "driver.rangeEnd=full-barrier");
        assertThat(reader.missing()).hasSize(1);
        assertThat(reader.missing().get(0).sentence())
                .isEqualTo("these two loads had to be ordered: a read barrier between them closes it"
                        + " (verified: with it the scenario is safe)");
    }

    /** The walk of munmap-downgrade, in the order of its story. */
    @Test
    void munmapDowngrade_tellsHowTheWalkMeetsTheFreedTable() {
        Counterexample told = broken("munmap-downgrade");
        assertThat(told.finding().point()).isEqualTo(2);
        assertThat(told.finding().second()).startsWith("other read an entry of the table of pte A (step ");
        List<String> notes = new ArrayList<>();
        told.steps().stream().map(Step::note).filter(note -> !note.isEmpty()).forEach(notes::add);
        int free = told.steps().size() - 1;
        assertThat(notes)
                .containsSubsequence(
                        "now for reading: other readers may come",
                        "shares it with unmapper",
                        "the fill goes on",
                        "A is not mapped any more",
                        "the table that step " + free + " frees",
                        "too late for other",
                        "other is not asked: nobody waits for its walk",
                        "the table of pte A is free");
        assertThat(touch(told, told.steps().size())).isEqualTo(Touch.read("pte A", "junk: its table is free", free));
        assertThat(told.missing())
                .containsExactly(new Missing(
                        free + 1, free, "", "the walk's read of the table had to come before its free, or not happen"));
        assertThat(told.lanes())
                .extracting(lane -> lane.name() + ": " + lane.role())
                .contains(
                        "user (cpu 0): loads A",
                        "unmapper (cpu 1): unmaps A",
                        "other (cpu 2): takes interrupts, runs another process",
                        "CBR 0: ");
    }

    @Test
    void lostWakeUp_isFoundAndClosedByAFullBarrier() {
        Counterexample told = broken("lost-wakeup", "kernel.memoryModel=tso", "driver.waitBarrier=false");
        assertThat(told.finding().point()).isEqualTo(5);
        assertThat(told.missing()).extracting(Missing::kind).containsOnly("full barrier");
        assertThat(told.missing().get(told.missing().size() - 1).sentence())
                .contains("verified: with it the scenario is safe");
    }

    /** What a file expects is no part of a check: without it, or with the contrary, everything comes out the same. */
    @Test
    void claims_haveNoSay() {
        Spec claimed = spec("exit-vs-fault");
        ScenarioSpec scenario = Objects.requireNonNull(claimed.scenario());
        assertThat(scenario.expect()).isNotEmpty();
        ScenarioSpec silent = new ScenarioSpec(
                scenario.tableBits(),
                scenario.pages(),
                scenario.forked(),
                scenario.controlBlocks(),
                scenario.contexts(),
                scenario.agents(),
                List.of());
        Spec unclaimed = new Spec(
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
                silent,
                claimed.run());
        assertThat(check(claimed).run(Progress.SILENT))
                .isEqualTo(check(unclaimed).run(Progress.SILENT));
        assertThat(CheckToken.fingerprint(claimed)).isEqualTo(CheckToken.fingerprint(unclaimed));
    }

    @Test
    void fingerprint_dependsOnEveryRuleButNotOnWords() {
        String[][] others = {
            {"gru.killBits=false"},
            {"kernel.reclaimNotifier=range"},
            {"driver.waitBarrier=false"},
            {"scenario.pages.A.resident=false"},
            {"name=other"},
            {"kernel.memoryModel=tso"},
        };
        String own = CheckToken.fingerprint(spec("exit-vs-fault"));
        assertThat(Arrays.stream(others).map(set -> CheckToken.fingerprint(spec("exit-vs-fault", set))))
                .doesNotContain(own)
                .doesNotHaveDuplicates();
        assertThat(CheckToken.fingerprint(spec("exit-vs-fault", "description=else", "seed=7")))
                .isEqualTo(own);
    }

    @Test
    void bounds_areReported() {
        CheckResult result = new Check(
                        spec("exit-vs-fault"), List.of(), "", new CheckOptions(Bounds.NONE.withStates(50), 1, true))
                .run(Progress.SILENT);
        assertThat(result.verdict()).isEqualTo(CheckResult.Verdict.WITHIN_BOUNDS);
        assertThat(result.reached()).isEqualTo("states 50");
        assertThat(result.bounds().states()).isEqualTo(50);
        assertThat(result.bounds().depth()).isNull();
    }

    @Test
    void specWithoutScenario_isRefused() {
        assertThatThrownBy(() -> check(SpecLoader.defaults("x")))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("x: scenario: missing; accepted: a spec with a scenario");
    }
}
