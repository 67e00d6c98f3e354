package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.StateContract;
import grusim.result.RunResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timed runs in which frames back several pages, and are copied, under the device's loads and stores. */
final class SharedPagesRunTest {
    /** A thread stores to a region that another loads, while an operation works on it. */
    private static String spec(String op, String more) {
        return """
                {
                  "name": "shared",
                  "machine": {"memoryPerBlade": "8 MiB"},
                  "gru": {"tlb": {"sets": 4, "ways": 2}},
                  "kernel": {"forkCost": "2 us", "execCost": "2 us"},
                  "processes": [
                    {
                      "name": "p",
                      "regions": [{"name": "r", "size": "64 KiB", "content": {"seed": 3}}, {"name": "z", "size": "64 KiB"}],
                      "threads": [
                        {"name": "stores", "context": {"cbrs": 8, "dsr": "8 KiB"}, "program": [
                          {"op": "vstore", "region": "z", "count": 2000, "value": 7, "inFlight": 4, "pattern": {"kind": "uniform"}}]},
                        {"name": "loads", "context": {"cbrs": 8, "dsr": "8 KiB"}, "program": [
                          {"op": "vload", "region": "z", "count": 2000, "inFlight": 8, "pattern": {"kind": "uniform"}},
                          {"op": "vload", "region": "r", "count": 1000, "inFlight": 8, "pattern": {"kind": "uniform"},
                           "expect": "content"}]}
                      ]
                    }
                  ],
                  "disturbances": [{"name": "d", "op": "%s", "process": "p", "region": "z", %s}]
                }
                """.formatted(op, more);
    }

    private static final String FORK = spec("fork", "\"length\": \"16 KiB\", \"rate\": \"20000/s\"");

    /** A dropin that takes longer than an invalidate: the two overtake each other. */
    private static final String SLOW_DROPIN = "driver.dropinCost=8 us";

    private static void assertClean(RunResult result) {
        assertThat(result.contract().texts()).isEmpty();
        assertThat(result.contract().checks()).isPositive();
        assertThat(result.dataChecks().failures()).isZero();
    }

    private static void assertStale(RunResult result) {
        assertThat(result.contract().texts()).anyMatch(text -> text.contains("no live TLB entry"));
    }

    private static long framesLeft(RunResult result) {
        return result.counter("vm.framesAllocated") - result.counter("vm.framesFreed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6.28", "4.20", "6.1.192"})
    void forks_copyPagesUnderStoresAndKeepTheContract(String era) {
        RunResult result = RunRig.run(FORK, "kernel.era=" + era);
        assertClean(result);
        assertThat(result.counter("vm.forks")).isGreaterThan(10);
        assertThat(result.counter("vm.faultsCow")).isGreaterThan(100);
        assertThat(result.counter("vm.faultsCowReused")).isPositive();
        // 32 pages of the process; a child that may live at the end has 4 copies and the originals of 16 copied pages
        assertThat(framesLeft(result)).isBetween(32L, 52L);
    }

    @ParameterizedTest
    @CsvSource({"page, purge", "range, ipi", "range, purge"})
    void forksWithoutKillBits_breakTheContract(String notifier, String shootdown) {
        String[] settings = {SLOW_DROPIN, "kernel.cowNotifier=" + notifier, "kernel.shootdown=" + shootdown};
        assertClean(RunRig.run(FORK, settings));
        assertStale(RunRig.run(
                FORK,
                Stream.concat(Stream.of("gru.killBits=false"), Stream.of(settings))
                        .toArray(String[]::new)));
    }

    /** The page callout comes after the CPUs' acknowledgements, which a handler in the middle of a fill delays. */
    @Test
    void pageCalloutAfterInterrupts_hidesThatKillBitsAreMissing() {
        assertClean(RunRig.run(FORK, SLOW_DROPIN, "gru.killBits=false", "kernel.cowNotifier=page"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clear-flush",
                "unmap-at-flush",
                "invalidate-before-finish",
                "kvm-seq",
                "sleepable-begin",
                "end-only",
                "srcu-blockable",
                "interval",
                "ats"
            })
    void forks_keepEveryProtocolsPromise(String protocol) {
        RunResult result = RunRig.run(FORK, "kernel.era=4.20", "invalidation.protocol=" + protocol);
        assertClean(result);
        assertThat(result.counter("vm.faultsCow")).isGreaterThan(100);
    }

    @Test
    void exec_throwsTheChildsPagesAwayFirst() {
        RunResult result = RunRig.run(FORK.replace("\"fork\"", "\"fork-exec\""));
        assertClean(result);
        assertThat(result.counter("vm.execs")).isPositive();
        assertThat(framesLeft(result)).isBetween(32L, 52L);
    }

    @Test
    void forksUnderMemoryPressure_keepTheContract() {
        RunResult result = RunRig.run(
                FORK,
                "machine.memoryPerBlade=1 MiB",
                "kernel.reclaim.enabled=true",
                "kernel.reclaim.lowWatermark=940 KiB",
                "kernel.reclaim.highWatermark=960 KiB");
        assertClean(result);
        assertThat(result.counter("vm.forks")).isPositive();
        assertThat(result.counter("vm.swappedIn")).isPositive();
    }

    @Test
    void mergedPages_areCopiedWhenStoredTo() {
        String ksm =
                spec("ksm", "\"length\": \"64 KiB\", \"rate\": \"10000/s\"").replace("\"value\": 7", "\"value\": 0");
        RunResult result = RunRig.run(ksm);
        assertClean(result);
        assertThat(result.counter("vm.pagesMerged")).isGreaterThan(20);
        assertThat(result.counter("vm.faultsCow")).isGreaterThan(20);
        assertStale(RunRig.run(ksm, SLOW_DROPIN, "gru.killBits=false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "range"})
    void lazyFreeing_losesNoStore(String notifier) {
        RunResult result = RunRig.run(
                spec("madvise-free", "\"length\": \"16 KiB\", \"rate\": \"50000/s\""),
                "kernel.reclaimNotifier=" + notifier,
                "machine.memoryPerBlade=1 MiB",
                "kernel.reclaim.enabled=true",
                "kernel.reclaim.lowWatermark=940 KiB",
                "kernel.reclaim.highWatermark=960 KiB");
        assertClean(result);
        assertThat(result.counter("vm.madvises")).isPositive();
        assertThat(result.counter("vm.pagesLazilyFreed")).isPositive();
    }

    @Test
    void pageout_swapsPagesUnderLoads() {
        RunResult result = RunRig.run(spec("madvise-pageout", "\"length\": \"16 KiB\", \"rate\": \"20000/s\""));
        assertClean(result);
        assertThat(result.counter("vm.swappedOut")).isGreaterThan(50);
        assertThat(result.counter("vm.swappedIn")).isGreaterThan(50);
    }

    @Test
    void steps_forkMergeAndAdvise() {
        RunResult result = RunRig.run(RunRig.oneThread("{\"name\": \"r\", \"size\": \"32 KiB\"}", """
                {"op": "vset", "region": "r", "nelem": 4096, "xtype": "dw", "value": 5},
                {"op": "ksm", "region": "r"},
                {"op": "fork", "region": "r", "offset": "8 KiB", "writes": 6, "exec": true},
                {"op": "fork", "region": "r", "writes": 0},
                {"op": "vstore", "region": "r", "value": 9},
                {"op": "madvise", "region": "r", "advice": "pageout"},
                {"op": "madvise", "region": "r", "advice": "free", "offset": "4 KiB", "length": "4 KiB"},
                {"op": "munmap", "region": "r", "offset": "28 KiB"},
                {"op": "madvise", "region": "r", "advice": "free"},
                {"op": "fork", "region": "r", "writes": 8}
                """, """
                {"region": "r", "equals": 9}, {"region": "r", "offset": "4 KiB", "equals": 0},
                {"region": "r", "offset": "8 KiB", "equals": 5}"""));
        assertThat(result.contract().texts()).isEmpty();
        assertThat(result.counter("vm.pagesMerged")).isEqualTo(7);
        assertThat(result.counter("vm.forks")).isEqualTo(3);
        assertThat(result.counter("vm.execs")).isEqualTo(1);
        // madvise(FREE) across the hole, and the last child's store to its last page
        assertThat(result.counter("vm.callsRefused")).isEqualTo(1);
        assertThat(result.counter("vm.faultsSegv")).isEqualTo(1);
    }

    @Test
    void state_resumes() {
        StateContract.assertResumes(() -> RunRig.build(FORK).engine(), 300_000_000, 20_000_000, 111_111_111);
    }
}
