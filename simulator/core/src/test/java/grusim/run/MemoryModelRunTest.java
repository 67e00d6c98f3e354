package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.StateContract;
import grusim.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timed runs under each memory model: old values are read, and nothing comes of it. */
final class MemoryModelRunTest {
    private static final String STALE = "memory.stale_loads";

    private static RunResult run(String model, String window) {
        RunResult result =
                RunRig.run(RunRig.BUSY, "kernel.memoryModel=" + model, "kernel.memoryWindow=\"" + window + "\"");
        assertThat(result.contract().texts()).as(model).isEmpty();
        return result;
    }

    @Test
    void sequentialConsistency_readsNothingOld() {
        assertThat(run("sc", "1 us").counter(STALE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"tso, 0 ns, 1 us", "relaxed, 1 ns, 1 us"})
    void aLongerWindow_letsMoreLoadsReadOldValues(String model, String brief, String ample) {
        long few = run(model, brief).counter(STALE);
        long many = run(model, ample).counter(STALE);
        assertThat(many).isPositive().isGreaterThan(few);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tso", "relaxed"})
    void state_resumes(String model) {
        StateContract.assertResumes(
                () -> RunRig.build(RunRig.BUSY, "kernel.memoryModel=" + model, "kernel.memoryWindow=\"1 us\"")
                        .engine(),
                300_000_000,
                20_000_000,
                111_111_111);
    }
}
