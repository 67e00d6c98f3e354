package grusim.run;

import static grusim.run.RunRig.BUSY;
import static grusim.run.RunRig.STANDARD;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.load.SpecLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LockstepTest {
    private static final String LOADS = RunRig.oneThread(
            "{\"name\": \"r\", \"size\": \"64 KiB\"}",
            "{\"op\": \"vload\", \"region\": \"r\", \"count\": 40}, {\"op\": \"think\", \"time\": \"1 us\"}",
            "");

    private static Lockstep.Outcome play(String a, String b, String... settingsOfB) {
        return new Lockstep(
                        SpecLoader.resolveJson(a),
                        SpecLoader.resolveJson(b, settingsOfB),
                        STANDARD,
                        3,
                        RunProgress.NONE)
                .play();
    }

    @Test
    void sameSpec_isEqualToTheLastStep() {
        Lockstep.Outcome outcome = play(BUSY, BUSY);
        assertThat(outcome.equal()).isTrue();
        assertThat(outcome.steps()).isEqualTo(RunRig.run(BUSY).events());
        assertThat(outcome.first()).isEmpty();
        assertThat(String.format("%016x", outcome.eventHashA()))
                .isEqualTo(RunRig.run(BUSY).eventHash());
        assertThat(outcome.eventHashB()).isEqualTo(outcome.eventHashA());
    }

    @Test
    void anotherLatency_differsFirstAtTheStepItDelays() {
        // The status is written after its latency: the first step that comes at another time is that of the first load.
        Lockstep.Outcome outcome = play(LOADS, LOADS, "gru.statusWriteLatency=101 ns");
        assertThat(outcome.equal()).isFalse();
        assertThat(outcome.first()).hasSize(7);
        assertThat(outcome.second()).hasSize(7);
        Lockstep.Step a = outcome.first().get(3);
        Lockstep.Step b = outcome.second().get(3);
        assertThat(a.number()).isEqualTo(outcome.steps() + 1).isEqualTo(b.number());
        assertThat(a.agent()).isEqualTo("gru0.cbr0").isEqualTo(b.agent());
        assertThat(a.step()).isEqualTo("IDLE: write the status").isEqualTo(b.step());
        assertThat(b.atPs() - a.atPs()).isEqualTo(1000);
        assertThat(outcome.first().subList(0, 3)).isEqualTo(outcome.second().subList(0, 3));
    }

    @Test
    void runThatEndsEarlier_differsWhereItHasEnded() {
        Lockstep.Outcome outcome = play(LOADS, LOADS, "run.until=20 us");
        assertThat(outcome.equal()).isFalse();
        assertThat(outcome.second()).hasSize(3).allMatch(step -> step.number() <= outcome.steps());
        assertThat(outcome.first()).hasSize(7);
        assertThat(outcome.second()).isEqualTo(outcome.first().subList(0, 3));
        assertThat(outcome.first().get(3).atPs()).isGreaterThan(20_000_000);
    }

    @Test
    void lateDifference_isFoundBeyondTheFirstStretch() {
        // Some ten steps a load: the end of 30,000 loads lies behind the second stretch, and the runs differ there
        // only.
        String loads = RunRig.oneThread(
                "{\"name\": \"r\", \"size\": \"64 KiB\"}",
                "{\"op\": \"vload\", \"region\": \"r\", \"count\": 30000}, {\"op\": \"think\", \"time\": \"TIME\"}",
                "");
        Lockstep.Outcome outcome = play(loads.replace("TIME", "1 us"), loads.replace("TIME", "2 us"));
        assertThat(outcome.equal()).isFalse();
        assertThat(outcome.steps()).isGreaterThan(2 << 16);
        Lockstep.Step a = outcome.first().get(3);
        Lockstep.Step b = outcome.second().get(3);
        assertThat(b.atPs() - a.atPs()).isEqualTo(1_000_000);
        assertThat(a.number()).isEqualTo(b.number());
        assertThat(outcome.first().subList(0, 3)).isEqualTo(outcome.second().subList(0, 3));
    }
}
