package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class SelftestCommandTest {
    @Test
    void selftest_passesOnTheChipletsNamed() {
        Invocation run = Invocation.of("", "selftest", "--chiplets", "0,3");
        assertThat(run.out().lines())
                .filteredOn(line -> line.startsWith("chiplet"))
                .containsExactly("chiplet 0", "chiplet 3");
        assertThat(run.out().lines())
                .filteredOn(line -> line.startsWith("  PASS"))
                .hasSize(2 * 4 + 4);
        assertThat(run.out()).contains("12 tests, 12 passed, 0 failed").doesNotContain("FAIL");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void failingTest_isToldAndEndsWithExitCode3() {
        Invocation run = Invocation.of(
                "",
                "selftest",
                "--chiplets",
                "0",
                "--set",
                "gru.errors.inject=[{\"error\": \"ra-response-fatal\", \"rate\": 1}]");
        assertThat(run.out()).contains("  FAIL  quicktest0").contains("the VLOAD ended with an exception");
        assertThat(run.exitCode()).isEqualTo(ExitCode.VIOLATED);
    }

    @Test
    void badInput_isRefused() {
        Invocation chiplet = Invocation.of("", "selftest", "--chiplets", "4");
        assertThat(chiplet.err())
                .isEqualTo("grusim: --chiplets 4; accepted: 0 .. 3 (machine.blades, machine.chipletsPerBlade)\n");
        assertThat(chiplet.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        Invocation setting = Invocation.of("", "selftest", "--set", "gru.killBit=false");
        assertThat(setting.err()).contains("gru.killBit: unknown key");
        assertThat(setting.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
