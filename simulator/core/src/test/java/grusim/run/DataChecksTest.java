package grusim.run;

import static grusim.run.RunRig.oneThread;
import static grusim.run.RunRig.run;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that must fail, do; those that must hold are in the tests of what they check. */
@Timeout(60)
final class DataChecksTest {
    private static final String PAGE = "{\"name\": \"r\", \"size\": \"4 KiB\"}";

    @Test
    void wrongFinalValue_fails() {
        RunResult result = run(oneThread(
                PAGE,
                "{\"op\": \"gamir\", \"exopc\": \"inc\", \"region\": \"r\"}",
                "{\"region\": \"r\", \"equals\": 2}"));
        assertThat(result.dataChecks().failures()).isOne();
        assertThat(result.dataChecks().texts()).containsExactly("p.r at 0 is 1, expected 2");
    }

    @Test
    void wrongOldValue_fails() {
        RunResult result = run(oneThread(
                PAGE, "{\"op\": \"gamir\", \"exopc\": \"inc\", \"region\": \"r\", \"count\": 2, \"expect\": 0}", ""));
        assertThat(result.dataChecks().checks()).isEqualTo(2);
        assertThat(result.dataChecks().texts()).containsExactly("gamir of thread 0 returned old value 1, expected 0");
    }

    @Test
    void changedContent_fails() {
        RunResult result = run(oneThread(
                "{\"name\": \"r\", \"size\": \"4 KiB\", \"content\": {\"seed\": 1}}",
                "{\"op\": \"vset\", \"region\": \"r\", \"value\": 1}, {\"op\": \"vload\", \"region\": \"r\", \"count\": 2, \"expect\": \"content\"}",
                ""));
        assertThat(result.dataChecks().checks()).isEqualTo(2);
        assertThat(result.dataChecks().failures())
                .as("the second line is untouched")
                .isOne();
    }

    @Test
    void differentRegions_fail() {
        RunResult result = run(oneThread(
                "{\"name\": \"r\", \"size\": \"8 KiB\"}, {\"name\": \"s\", \"size\": \"8 KiB\"}",
                "{\"op\": \"vset\", \"region\": \"s\", \"offset\": \"5000 B\", \"xtype\": \"dw\", \"value\": 1}",
                "{\"region\": \"r\", \"equalsRegion\": \"s\"}"));
        assertThat(result.dataChecks().texts()).containsExactly("p.r differs from s first at 5000");
    }

    @Test
    void exception_failsACheck() {
        RunResult result = run(oneThread(
                "{\"name\": \"r\", \"size\": \"4 KiB\"}",
                "{\"op\": \"munmap\", \"region\": \"r\"}, {\"op\": \"vload\", \"region\": \"r\"}",
                ""));
        assertThat(result.dataChecks().failures()).isOne();
        assertThat(result.counter("device.exceptions")).isOne();
        assertThat(result.counter("driver.tlb_dropin_fail_invalid")).isOne();
    }

    @Test
    void unmappedRegion_failsItsChecks() {
        RunResult result = run(oneThread(
                "{\"name\": \"r\", \"size\": \"4 KiB\"}, {\"name\": \"s\", \"size\": \"4 KiB\"}",
                "{\"op\": \"munmap\", \"region\": \"r\"}",
                "{\"region\": \"r\", \"equals\": 0}, {\"region\": \"s\", \"equalsRegion\": \"r\"}"));
        assertThat(result.dataChecks().texts())
                .containsExactly("p.r at 0 is not mapped, expected 0", "p.s differs from r first at 0");
    }
}
