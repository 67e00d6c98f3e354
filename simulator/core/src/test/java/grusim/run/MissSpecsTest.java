package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped specs about misses show. */
@Timeout(120)
final class MissSpecsTest {
    private static final Path SPECS = Path.of("../../workloads/specs/misses");

    private static RunResult run(String name, String... settings) {
        RunResult result = RunRig.run(SPECS.resolve(name + ".json"), settings);
        assertThat(result.contract().texts()).isEmpty();
        assertThat(result.dataChecks().texts()).isEmpty();
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8})
    void preload_savesAllButOneMissOfEachRow(int pages) {
        String prefix = "processes.copy.";
        RunResult result = run(
                "preload",
                prefix + "threads.copier.context.preload=" + pages,
                prefix + "regions.source.size=\"288 KiB\"",
                prefix + "regions.target.size=\"288 KiB\"");
        // 72 pages on each side; those of an answered miss come with as many as are asked for
        int misses = 2 * 72 / (pages + 1);
        assertThat(result.counter("device.tlbMisses")).isEqualTo(misses);
        assertThat(result.counter("driver.tlb_dropin")).isEqualTo(misses);
        assertThat(result.counter("driver.tlb_preload_page")).isEqualTo(2 * 72 - misses);
        assertThat(result.counter("device.dropinsWritten")).isEqualTo(2 * 72);
        // only those that answered a miss took time from a miss to their entry
        assertThat(result.latency().entrySet().stream()
                        .filter(metric -> metric.getKey().startsWith("dropin."))
                        .mapToLong(metric -> metric.getValue().count())
                        .sum())
                .isEqualTo(misses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"interrupt", "os-polling", "user-polling"})
    void missModes_answerTheSameMisses(String mode) {
        RunResult result = run(
                "miss-modes",
                "processes.p.threads.loader.context.miss=" + mode,
                "processes.p.threads.loader.program[2].count=200");
        long faults = 0;
        for (int bits = 0; bits < 8; bits++) {
            faults += bits * result.counter("device.faultsPerInterrupt." + bits);
            faults += bits * result.counter("device.faultsPerScan." + bits);
        }
        boolean interrupts = mode.equals("interrupt");
        boolean scans = mode.equals("os-polling");
        assertThat(result.counter("driver.intr") > 0).isEqualTo(interrupts);
        assertThat(result.counter("device.faultInterrupts") > 0).isEqualTo(interrupts);
        assertThat(result.counter("device.faultsPerScan.8") > 0).isEqualTo(scans);
        if (interrupts) {
            assertThat(faults).isEqualTo(result.counter("driver.intr_tfh"));
            assertThat(faults).isEqualTo(result.counter("device.faultInterrupts"));
        }
        assertThat(result.counter("driver.intr_tfh") > 0).isEqualTo(interrupts || scans);
        assertThat(result.counter("driver.tlb_dropin")).isEqualTo(result.counter("device.tlbMisses"));
    }

    @Test
    void hugeGrowth_tellsEachContextOnce() {
        RunResult result = run("huge-growth");
        assertThat(commands(result, "cch_interrupt")).isEqualTo(2);
        assertThat(commands(result, "cch_start")).isEqualTo(4);
        assertThat(result.counter("driver.tlb_dropin")).isBetween(16L + 64, 2 * 64L + 40);
    }

    private static long commands(RunResult result, String operation) {
        return result.mcs().stream()
                .filter(timing -> timing.op().equals(operation))
                .findFirst()
                .orElseThrow()
                .count();
    }

    @Test
    void handles_areSharedByPairsOfHyperthreads() {
        String[] local = {
            "disturbances.drop4.blade=0",
            "disturbances.drop5.blade=0",
            "disturbances.drop6.blade=0",
            "disturbances.drop7.blade=0",
            "machine.threadsPerCore=1"
        };
        RunResult apart = run("handle-contention", local);
        assertThat(apart.counter("lock.tgh.acquisitions")).isPositive();
        assertThat(apart.counter("lock.tgh.contended")).as("a handle each").isZero();
        local[4] = "machine.threadsPerCore=2";
        assertThat(run("handle-contention", local).counter("lock.tgh.contended"))
                .as("pairs")
                .isPositive();
    }

    @Test
    void handlesOfRemoteCpus_collideAtRandom() {
        assertThat(run("handle-contention", "machine.threadsPerCore=1").counter("lock.tgh.contended"))
                .isPositive();
    }
}
