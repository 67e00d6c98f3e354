package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.StateContract;
import grusim.result.RunResult;
import grusim.workload.Protocol;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timed runs in which pages change their frames under the device's loads and stores. */
final class PageMovesRunTest {
    /** Two threads on two blades load and store one region while an operation works on it. */
    private static String spec(String op, String more) {
        return """
                {
                  "name": "moves",
                  "machine": {"blades": 2, "memoryPerBlade": "4 MiB"},
                  "gru": {"tlb": {"sets": 4, "ways": 2}},
                  "kernel": {"reclaimNotifier": "range"},
                  "processes": [
                    {
                      "name": "p",
                      "regions": [
                        {"name": "table", "size": "64 KiB", "content": {"seed": 3}},
                        {"name": "sums", "size": "64 KiB"}
                      ],
                      "threads": [
                        {"name": "near", "context": {"cbrs": 8, "dsr": "8 KiB"}, "program": [
                          {"op": "vload", "region": "table", "count": 3000, "inFlight": 8, "pattern": {"kind": "uniform"},
                           "expect": "content"}]},
                        {"name": "far", "blade": 1, "context": {"cbrs": 8, "dsr": "8 KiB"}, "program": [
                          {"op": "vstore", "region": "sums", "count": 1000, "value": 7, "inFlight": 8,
                           "pattern": {"kind": "uniform"}},
                          {"op": "vload", "region": "table", "count": 1000, "inFlight": 8, "pattern": {"kind": "uniform"},
                           "expect": "content"}]}
                      ]
                    }
                  ],
                  "disturbances": [
                    {"name": "loads", "op": "%s", "process": "p", "region": "table", %s},
                    {"name": "stores", "op": "%s", "process": "p", "region": "sums", "blade": 1, %s}
                  ]
                }
                """.formatted(op, more, op, more);
    }

    private static final String MIGRATE = spec("migrate", "\"rate\": \"100000/s\"");
    private static final String SCAN = spec("numa-scan", "\"length\": \"16 KiB\", \"rate\": \"20000/s\"");

    /** A dropin that takes longer than an invalidate: the two overtake each other. */
    private static final String SLOW_DROPIN = "driver.dropinCost=8 us";

    private static void assertClean(RunResult result) {
        assertThat(result.contract().texts()).isEmpty();
        assertThat(result.contract().checks()).isPositive();
        assertThat(result.dataChecks().texts()).isEmpty();
    }

    @Test
    void migration_movesPagesUnderLoadsAndKeepsTheContract() {
        RunResult result = RunRig.run(MIGRATE);
        assertClean(result);
        assertThat(result.counter("vm.pagesMigrated")).isGreaterThan(50);
        // 32 pages, and two that may be on their way at the end
        assertThat(result.counter("vm.framesAllocated") - result.counter("vm.framesFreed"))
                .isBetween(32L, 34L);
        assertClean(RunRig.run(MIGRATE, "kernel.reclaimNotifier=page"));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void migration_keepsWhatEachProtocolPromises(Protocol protocol) {
        String name = protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
        // At ten times the rate the slowest of them gets no fill through between two invalidates.
        String spec = spec("migrate", "\"rate\": \"10000/s\"");
        RunResult result = RunRig.run(spec, "invalidation.protocol=" + name);
        assertThat(result.contract().texts()).as(name).isEmpty();
        assertThat(result.dataChecks().texts()).as(name).isEmpty();
    }

    @Test
    void migrationWithoutKillBits_breaksTheContract() {
        assertClean(RunRig.run(MIGRATE, SLOW_DROPIN));
        RunResult result = RunRig.run(MIGRATE, SLOW_DROPIN, "gru.killBits=false");
        assertThat(result.contract().texts()).isNotEmpty();
    }

    @Test
    void hints_areSeenByFaultsOnlyIfTheWalkRefusesThem() {
        RunResult asTheDriver = RunRig.run(SCAN);
        assertClean(asTheDriver);
        assertThat(asTheDriver.counter("vm.ptesHinted")).isPositive();
        RunResult strict = RunRig.run(SCAN, "kernel.walkTakesProtNone=false");
        assertClean(strict);
        assertThat(strict.counter("vm.faultsHinting")).isGreaterThan(asTheDriver.counter("vm.faultsHinting"));
        assertThat(strict.counter("vm.pagesMigrated")).isPositive();
    }

    @Test
    void hintsWithoutKillBits_breakTheContractWhenPagesMove() {
        String strict = "kernel.walkTakesProtNone=false";
        assertClean(RunRig.run(SCAN, SLOW_DROPIN, strict));
        RunResult result = RunRig.run(SCAN, SLOW_DROPIN, strict, "gru.killBits=false");
        assertThat(result.contract().texts()).isNotEmpty();
    }

    @Test
    void steps_moveARegionAndLookAtIt() {
        RunResult result = RunRig.run(
                RunRig.oneThread("{\"name\": \"r\", \"size\": \"32 KiB\", \"content\": {\"seed\": 1}}", """
                {"op": "vload", "region": "r", "count": 512, "expect": "content"},
                {"op": "migrate", "region": "r", "offset": "4 KiB", "blade": 1},
                {"op": "migrate", "region": "r", "blade": 7},
                {"op": "numascan", "region": "r", "length": "8 KiB"},
                {"op": "vload", "region": "r", "count": 512, "expect": "content"}
                """, ""),
                "machine.blades=2");
        assertClean(result);
        assertThat(result.counter("vm.pagesMigrated")).isEqualTo(7);
        assertThat(result.counter("vm.ptesHinted")).isEqualTo(2);
        assertThat(result.counter("vm.callsRefused")).isEqualTo(1);
    }

    // ---- huge pages ----

    /** Loads and stores of 4 MiB while another CPU splits huge pages and khugepaged makes them again. */
    private static final String HUGE = """
            {
              "name": "huge",
              "machine": {"blades": 1, "memoryPerBlade": "32 MiB"},
              "gru": {"tlb": {"sets": 64, "ways": 2}},
              "kernel": {"reclaimNotifier": "range", "transparentHugepages": "always", "zeroPageCost": "20 ns",
                         "copyPageCost": "20 ns"},
              "processes": [
                {
                  "name": "p",
                  "regions": [{"name": "r", "size": "4 MiB", "content": {"seed": 5}, "at": "0x10000000"}],
                  "threads": [
                    {"name": "t", "context": {"cbrs": 8, "dsr": "8 KiB", "miss": "user-polling"}, "program": [
                      {"op": "vload", "region": "r", "count": 6000, "inFlight": 8, "pattern": {"kind": "uniform"},
                       "expect": "content"}]}
                  ]
                }
              ],
              "disturbances": [
                {"name": "split", "op": "mprotect", "process": "p", "region": "r", "rate": "3000/s"},
                {"name": "collapse", "op": "khugepaged", "process": "p", "region": "r", "length": "2 MiB",
                 "rate": "3000/s"}
              ]
            }
            """;

    /** The user's call asks get_user_pages and not the driver's walk, which takes a huge entry for a pte. */
    private static final String NO_WALK = "driver.userWalk=false";

    @Test
    void splitAndCollapse_keepTheContractIfTheDriverDoesNotWalk() {
        RunResult result = RunRig.run(HUGE, NO_WALK);
        assertClean(result);
        assertThat(result.counter("vm.hugePagesSplit")).isGreaterThan(3);
        assertThat(result.counter("vm.hugePagesCollapsed")).isGreaterThan(3);
        assertThat(result.counter("vm.framesAllocated") - result.counter("vm.framesFreed"))
                .isBetween(1024L, 2 * 1024L);
    }

    @Test
    void splitAndCollapseWithoutKillBits_breakTheContract() {
        // The fill holds mmap_sem, which collapse wants for writing: only the device can be late, on its own, and by
        // more
        // than the scan of the ptes takes.
        String slowDevice = "gru.tfhStartLatency=40 us";
        assertClean(RunRig.run(HUGE, NO_WALK, slowDevice));
        RunResult result = RunRig.run(HUGE, NO_WALK, slowDevice, "gru.killBits=false");
        assertThat(result.contract().texts()).isNotEmpty();
    }

    @Test
    void driversWalk_takesTheWrongFrameOfATransparentHugePage() {
        String still = HUGE.replaceAll("(?s),\\s*\"disturbances\".*\\]\\s*\\}\\s*$", "}");
        RunResult wrong = RunRig.run(still);
        assertThat(wrong.contract().texts()).isNotEmpty();
        assertThat(wrong.dataChecks().texts()).isNotEmpty();
        assertClean(RunRig.run(still, NO_WALK));
        assertClean(RunRig.run(still, "kernel.transparentHugepages=never"));
    }

    /** Loads of a hugetlb region, which is unmapped in between if asked. */
    private static String hugetlb(String between) {
        return RunRig.oneThread(
                        "{\"name\": \"r\", \"size\": \"6 MiB\", \"content\": {\"seed\": 5}, \"pageSize\": \"2 MiB\"}",
                        """
                        {"op": "vload", "region": "r", "count": 2000, "inFlight": 8, "pattern": {"kind": "uniform"},
                         "expect": "content"}%s""".formatted(between),
                        "")
                .replaceFirst(
                        "\\{",
                        "{\"machine\": {\"memoryPerBlade\": \"32 MiB\"}, \"kernel\": {\"hugePages\": 3, \"zeroPageCost\": \"20 ns\"},");
    }

    @Test
    void hugetlbRegion_isReachedThroughThreeEntries() {
        RunResult result = RunRig.run(hugetlb(""));
        assertClean(result);
        assertThat(result.counter("vm.faultsHuge")).isEqualTo(3);
        assertThat(result.counter("driver.tlb_dropin")).isBetween(3L, 30L);
        assertThat(RunRig.run(
                                hugetlb("").replace("\"pageSize\": \"2 MiB\"", "\"pageSize\": \"4 KiB\""),
                                "kernel.hugePages=0")
                        .counter("driver.tlb_dropin"))
                .isGreaterThan(500);
    }

    @Test
    void hugetlbUnmapping_needsAFlushThatNamesHugePages() {
        String unmapped = hugetlb("""
                , {"op": "munmap", "region": "r", "offset": "2 MiB", "length": "2 MiB"}""");
        assertThat(RunRig.run(unmapped).contract().texts()).isNotEmpty();
        RunResult flushed = RunRig.run(unmapped, "driver.flushHugePages=true");
        assertClean(flushed);
        assertThat(flushed.counter("vm.callsRefused")).isZero();
        String cut = unmapped.replace("\"length\": \"2 MiB\"", "\"length\": \"1 MiB\"");
        RunResult refused = RunRig.run(cut);
        assertClean(refused);
        assertThat(refused.counter("vm.callsRefused")).isEqualTo(1);
    }

    @Test
    void state_resumes() {
        StateContract.assertResumes(() -> RunRig.build(MIGRATE).engine(), 300_000_000, 20_000_000, 111_111_111);
    }
}
