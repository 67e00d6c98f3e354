package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbers of address spaces that run out thousands of times. */
@Timeout(120)
final class AsidWrapsTest {
    private static final Path SPEC = Path.of("../../workloads/specs/asid-wraps.json");

    @Test
    void wraps_areThousandsAndTheContractHolds() {
        RunResult result = RunRig.run(SPEC);
        assertThat(result.counter("driver.asid_wrap")).isGreaterThan(2_000);
        assertThat(result.counter("driver.asid_next")).isGreaterThan(result.counter("driver.asid_wrap"));
        assertThat(result.counter("driver.asid_reuse")).isPositive();
        assertThat(result.counter("driver.asid_new") + result.counter("driver.asid_reuse"))
                .as("every load has an asid")
                .isEqualTo(result.counter("driver.load_user_context"));
        assertThat(result.contract().failures()).isZero();
        assertThat(result.dataChecks().failures()).isZero();
    }

    @Test
    void withoutTheFlush_entriesOutliveTheirNumbers() {
        assertThat(RunRig.run(SPEC, "driver.asids.flush=false").contract().texts())
                .anySatisfy(text -> assertThat(text).contains("no TLB entry survives the reuse of its asid"));
    }

    @Test
    void withoutTheGeneration_processesShareANumber() {
        assertThat(RunRig.run(SPEC, "driver.asids.generation=false").contract().texts())
                .anySatisfy(text -> assertThat(text).contains("no two address spaces with loaded contexts share"));
    }
}
