package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.ArrivalsSpec;
import grusim.workload.CheckSpec;
import grusim.workload.InstructionEnd;
import grusim.workload.InstructionStep;
import grusim.workload.Knob;
import grusim.workload.MachineSpec;
import grusim.workload.PrecisionSpec;
import grusim.workload.ProcessSpec;
import grusim.workload.ProgramStep;
import grusim.workload.Spec;
import grusim.workload.VmStep;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Every default of every spec record: a new key without a decision about its default fails here. */
final class SpecDefaultsTest {
    private static final Spec DEFAULTS = SpecLoader.defaults("d");

    private static void assertJson(Object record, String expected) {
        assertThat(SpecJson.write(record).toString())
                .isEqualTo(JsonMapper.shared().readTree(expected).toString());
    }

    private static ProcessSpec process(String json) {
        return SpecLoader.fromJson("{\"name\":\"d\",\"processes\":[" + json + "]}")
                .processes()
                .get(0);
    }

    private static ProgramStep step(String json) {
        return process("{\"name\":\"p\",\"regions\":[{\"name\":\"r\",\"size\":\"8 KiB\"},"
                        + "{\"name\":\"u\",\"size\":\"4 KiB\",\"mapped\":false}],"
                        + "\"threads\":[{\"name\":\"t\",\"context\":{\"dsr\":\"8 KiB\"},\"program\":[" + json + "]}]}")
                .threads()
                .get(0)
                .program()
                .get(0);
    }

    @Test
    void spec() {
        assertThat(DEFAULTS.name()).isEqualTo("d");
        assertThat(DEFAULTS.description()).isEmpty();
        assertThat(DEFAULTS.seed()).isEqualTo(1);
        assertThat(DEFAULTS.processes()).isEmpty();
        assertThat(DEFAULTS.disturbances()).isEmpty();
        assertThat(Shape.of(Spec.class).keys())
                .containsExactly(
                        "name",
                        "description",
                        "seed",
                        "machine",
                        "gru",
                        "kernel",
                        "driver",
                        "invalidation",
                        "queues",
                        "processes",
                        "disturbances",
                        "scenario",
                        "run");
    }

    @Test
    void machine() {
        assertJson(DEFAULTS.machine(), """
                {"preset": "uv1000", "blades": 1, "partitions": 1, "socketsPerBlade": 2, "coresPerSocket": 8, "threadsPerCore": 1,
                 "chipletsPerBlade": 2, "memoryPerBlade": "4 GiB", "bladesPerRouter": 8, "localLineLatency": "130 ns",
                 "memoryBandwidth": "25.6 GB/s", "hopLatency": "60 ns", "linkBandwidth": "7.5 GB/s",
                 "hubLatency": "60 ns"}
                """);
        assertThat(DEFAULTS.machine().hopLatencyPs()).isEqualTo(60_000);
        assertThat(DEFAULTS.machine().linkBandwidthBytesPerSecond()).isEqualTo(7_500_000_000L);
        assertThat(DEFAULTS.machine().memoryPerBladeBytes()).isEqualTo(4L << 30);
    }

    @ParameterizedTest
    @CsvSource({
        "uv100, 8 2 130 ns 25.6 GB/s 60 ns 7.5 GB/s 60 ns",
        "uv1000, 8 8 130 ns 25.6 GB/s 60 ns 7.5 GB/s 60 ns",
        "uv2000, 8 8 130 ns 36 GB/s 60 ns 6.7 GB/s 60 ns",
        "altix4700, 2 8 131 ns 8.5 GB/s 25 ns 3.2 GB/s 60 ns"
    })
    void preset(String name, String expected) {
        ResolvedSpec resolved = SpecLoader.resolveJson("{\"name\":\"d\",\"machine\":{\"preset\":\"" + name + "\"}}");
        List<String> keys = Shape.of(MachineSpec.class).fields().stream()
                .filter(f -> f.knob().preset())
                .map(Shape.Field::key)
                .toList();
        assertThat(keys.stream()
                        .map(k -> resolved.json().get("machine").get(k).asString())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(resolved.spec().machine().preset().size()).isEqualTo(keys.size());
        assertThat(keys)
                .allSatisfy(k -> assertThat(resolved.origins().get("machine." + k))
                        .satisfies(o -> assertThat(o.origin()).isEqualTo("preset " + name))
                        .satisfies(o -> assertThat(o.source()).isNotEqualTo(Knob.CHOICE)));
    }

    @Test
    void gru() {
        assertJson(DEFAULTS.gru(), """
                {"killBits": true, "killScope": "all", "faultLocksContext": true,
                 "tlb": {"sets": 1024, "ways": 4, "replacement": "lru", "indexHash": "modulo",
                         "writeMiss": "miss-and-modify", "invalidateStall": "0 ns"},
                 "linesInFlightPerCbr": 32, "linesInFlightPerChiplet": 64, "dropinPortWidth": 1,
                 "tlbLookupLatency": "4 ns", "decodeLatency": "20 ns", "issueInterval": "2 ns",
                 "tfhStartLatency": "150 ns", "tfhRestartLatency": "150 ns", "missRecordLatency": "20 ns",
                 "interruptLatency": "1.5 us", "tghFixedLatency": "2 us", "tghPerPageLatency": "2 ns",
                 "cchAllocateLatency": "500 ns", "cchStartLatency": "500 ns", "cchInterruptLatency": "1 us",
                 "cchDeallocateLatency": "500 ns", "statusWriteLatency": "100 ns", "amoLatency": "50 ns",
                 "errors": {"inject": [], "requestTimeout": "100 us", "homeTimeout": "50 us"}}
                """);
        assertThat(DEFAULTS.gru().tghFixedLatencyPs()).isEqualTo(2_000_000);
    }

    @Test
    void kernel() {
        assertJson(DEFAULTS.kernel(), """
                {"era": "2.6.28", "memoryModel": "sc", "memoryWindow": "100 ns", "reclaimNotifier": "page",
                 "cowNotifier": "page", "munmapDowngrade": false, "shootdown": "ipi", "ipiRequests": "shared-word", "pageTableLock": "mm", "tableFree": "flush", "rcuGracePeriod": "10 ms", "registration": "mm-locks", "exitLock": "none",
                 "walkTakesProtNone": true, "overcommit": false,
                 "threadMoveCost": "5 us", "forkCost": "50 us", "vmaCopyCost": "300 ns", "execCost": "200 us", "ksmCompareCost": "1 us",
                 "syscallCost": "150 ns", "faultCost": "750 ns",
                 "zeroPageCost": "950 ns", "copyPageCost": "1.2 us", "lockCost": "20 ns", "walkLevelLatency": "25 ns",
                 "pteUpdateCost": "20 ns",
                 "pageFreeCost": "50 ns", "gatherPages": 512, "cpuShootdownCost": "2.7 us", "ipiHandlerCost": "500 ns",
                 "notifierCallCost": "50 ns", "swapOutCost": "20 us", "swapInCost": "20 us",
                 "cpuTlb": {"singlePageCeiling": 33, "pageFlushCost": "100 ns", "fullFlushCost": "200 ns",
                            "generations": false, "lazy": "leave"},
                 "bau": {"queueEntries": 20, "ackResources": 8, "concurrentSends": 3, "raiseAfter": 5,
                         "messageLatency": "1 us", "handlerCost": "500 ns", "pollInterval": "100 ns",
                         "pluggedDelay": "10 us", "pluggedLimit": 100, "destinationTimeout": "560 us",
                         "resetCost": "2.7 us", "congestedResponse": "1 ms", "congestedSends": 10, "giveUpLimit": 100,
                         "disabledTime": "10 s"},
                 "sn2": {"lock": "global", "writesOutstanding": 32, "writeCost": "50 ns", "writeLatency": "600 ns",
                         "purgeService": "100 ns", "localPurgeCost": "100 ns"},
                 "hugePages": 0, "transparentHugepages": "never",
                 "reclaim": {"enabled": false, "lowWatermark": "16 MiB", "highWatermark": "32 MiB", "batch": 32,
                             "interval": "100 us"}}
                """);
    }

    @Test
    void driver() {
        assertJson(DEFAULTS.driver(), """
                {"interruptEntryCost": "200 ns", "handlerCost": "600 ns", "dropinCost": "200 ns", "ioctlCost": "1 us",
                 "contextCopyLatencyPerLine": "20 ns",
                 "rangeStart": "count-then-flush", "rangeStartFence": true, "rangeActiveRefuses": true, "rangeEnd": "full-barrier",
                 "barrierTfhToCount": true, "barrierCountToPte": true, "waitBarrier": true,
                 "findVmaChecksContainment": false, "flushHugePages": false, "interruptWalk": true, "userWalk": true, "release": "flag",
                 "walkProtection": "mmap-sem",
                 "polling": {"interval": "10 us", "scanCost": "200 ns"},
                 "contexts": {"retryInterval": "20 ms", "stealDelay": "200 ms", "unloadCommand": "interrupt-sync"},
                 "placementDropsLastReference": true, "oldMapServed": true,
                 "asids": {"end": 16777200, "flush": true, "order": "flush-then-search", "generation": true},
                 "messages": {"retryDelay": "1 us", "lineCost": "100 ns", "halfLock": true, "padding": true,
                  "clearBeforeStore": true, "waitForBothLines": true}}
                """);
    }

    @Test
    void run() {
        assertJson(DEFAULTS.run(), """
                {"data": "functional", "until": "none", "sampleInterval": "auto", "startSpread": "10 us", "replications": 1, "warmUp": "0 ns",
                 "precision": {"metric": "", "within": 0.02, "atMost": 64}}
                """);
        assertThat(DEFAULTS.run().precision().given()).isFalse();
        assertThat(PrecisionSpec.FEWEST).isEqualTo(20);
    }

    @Test
    void process() {
        assertJson(process("{\"name\": \"p\"}"), """
                {"name": "p", "regions": [], "threads": [], "checks": []}
                """);
    }

    @Test
    void region() {
        assertJson(
                process("{\"name\": \"p\", \"regions\": [{\"name\": \"r\", \"size\": \"4 KiB\"}]}")
                        .regions()
                        .get(0),
                """
                {"name": "r", "size": "4 KiB", "at": 0, "content": "zero", "protection": "rw", "blade": "first-touch",
                 "mapped": true, "pageSize": "4 KiB"}
                """);
    }

    @Test
    void threadAndContext() {
        assertJson(
                process("{\"name\": \"p\", \"threads\": [{\"name\": \"t\"}]}")
                        .threads()
                        .get(0),
                """
                {"name": "t", "count": 1, "blade": 0, "context": {"cbrs": 2, "dsr": "1 KiB", "miss": "interrupt", "preload": 0, "owner": true},
                 "program": []}
                """);
    }

    @Test
    void checks() {
        var checks = process("{\"name\": \"p\", \"regions\": [{\"name\": \"r\", \"size\": \"4 KiB\"}], \"checks\":"
                        + " [{\"region\": \"r\", \"equals\": 1}, {\"region\": \"r\", \"equalsRegion\": \"r\"}]}")
                .checks();
        assertJson(checks.get(0), """
                {"region": "r", "offset": "0 B", "xtype": "dw", "equals": 1}
                """);
        assertThat(checks.get(1)).isEqualTo(new CheckSpec.SameAs("r", "r"));
    }

    @Test
    void vloadAndPattern() {
        assertJson(step("{\"op\": \"vload\", \"region\": \"r\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "length": "rest",
                 "xtype": "cl", "nelem": 1, "stride": 1,
                 "pattern": {"kind": "sequential", "step": "64 B", "exponent": 0.99}, "expect": "none"}
                """);
    }

    @Test
    void vstore() {
        assertJson(step("{\"op\": \"vstore\", \"region\": \"r\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "length": "rest",
                 "xtype": "cl", "nelem": 1, "stride": 1,
                 "pattern": {"kind": "sequential", "step": "64 B", "exponent": 0.99}, "value": 0, "sequence": false}
                """);
    }

    @Test
    void vset() {
        assertJson(step("{\"op\": \"vset\", \"region\": \"r\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "length": "rest",
                 "xtype": "cl", "nelem": 1, "stride": 1,
                 "pattern": {"kind": "sequential", "step": "64 B", "exponent": 0.99}, "value": 0}
                """);
    }

    @Test
    void bcopy() {
        assertJson(step("{\"op\": \"bcopy\", \"from\": \"r\", \"to\": \"u\", \"fromOffset\": \"4 KiB\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "from": "r", "to": "u", "fromOffset": "4 KiB",
                 "toOffset": "0 B", "length": "rest", "bufsize": 128, "xtype": "cl", "slice": "none"}
                """);
    }

    @Test
    void nopAndAtomics() {
        assertThat(step("{\"op\": \"nop\"}"))
                .isEqualTo(new InstructionStep.Nop(
                        1, 0, 1, new ArrivalsSpec(ArrivalsSpec.CLOSED, ArrivalsSpec.Spacing.POISSON)));
        assertJson(step("{\"op\": \"gamir\", \"region\": \"r\", \"exopc\": \"inc\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "exopc": "inc",
                 "xtype": "dw", "expect": "any"}
                """);
        assertJson(step("{\"op\": \"gamer\", \"region\": \"r\", \"exopc\": \"cas\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "exopc": "cas",
                 "xtype": "dw", "operand1": 0, "operand2": 0, "expect": "any"}
                """);
    }

    @Test
    void indexedInstructions() {
        String common = """
                "count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "length": "rest",
                "xtype": "cl", "nelem": 1, "pattern": {"kind": "sequential", "step": "64 B", "exponent": 0.99}
                """;
        assertJson(step("{\"op\": \"ivload\", \"region\": \"r\"}"), "{" + common + ", \"expect\": \"none\"}");
        assertJson(
                step("{\"op\": \"ivstore\", \"region\": \"r\"}"),
                "{" + common + ", \"value\": 0, \"sequence\": false}");
        assertJson(step("{\"op\": \"ivset\", \"region\": \"r\"}"), "{" + common + ", \"value\": 0}");
        assertJson(
                step("{\"op\": \"bstore\", \"region\": \"r\"}"), "{" + common + ", \"value\": 0, \"sequence\": false}");
        assertJson(
                step("{\"op\": \"vflush\", \"region\": \"r\"}"),
                "{" + common.replace("\"nelem\": 1", "\"nelem\": 1, \"stride\": 1") + "}");
    }

    @Test
    void messageAndRegisteredAtomics() {
        assertJson(step("{\"op\": \"mesq\", \"region\": \"r\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "lines": 1, "value": 0,
                 "sequence": false, "expect": "any", "end": "sent"}
                """);
        assertJson(step("{\"op\": \"gamirr\", \"region\": \"r\", \"exopc\": \"decz\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "exopc": "decz",
                 "xtype": "dw", "expect": "any"}
                """);
        assertJson(step("{\"op\": \"gamerr\", \"region\": \"r\", \"exopc\": \"polleq\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "exopc": "polleq",
                 "xtype": "dw", "operand1": 0, "operand2": 0, "expect": "any"}
                """);
        assertJson(step("{\"op\": \"gamxr\", \"region\": \"r\"}"), """
                {"count": 1, "think": "0 ns", "inFlight": 1, "arrivals": {"rate": "none", "spacing": "poisson"}, "region": "r", "offset": "0 B", "compare": 0,
                 "compareMask": "0xffffffffffffffff", "value": 0, "valueMask": "0xffffffffffffffff", "expect": "any"}
                """);
    }

    @Test
    void control() {
        assertThat(step("{\"op\": \"think\", \"time\": \"1 us\"}")).isEqualTo(new ProgramStep.Think(1_000_000));
        assertThat(step("{\"op\": \"barrier\"}")).isEqualTo(new ProgramStep.Barrier());
        assertJson(step("{\"op\": \"repeat\", \"times\": 3, \"body\": [{\"op\": \"barrier\"}]}"), """
                {"times": 3, "body": [{"op": "barrier"}]}
                """);
        assertThat(step("{\"op\": \"raw\"}"))
                .isEqualTo(new ProgramStep.Raw(1, 0, 0, 0, 0, 0, 0, 0, 0, "", 0, InstructionEnd.ANY));
        assertThat(step("{\"op\": \"trace\", \"file\": \"f\"}"))
                .isEqualTo(new ProgramStep.Trace("f", ProgramStep.Trace.ALL));
    }

    @Test
    void vmCalls() {
        String range = "\"region\": \"r\", \"offset\": \"0 B\", \"length\": \"rest\"";
        assertJson(step("{\"op\": \"madvise\", \"region\": \"r\"}"), "{\"advice\": \"dontneed\", " + range + "}");
        assertJson(step("{\"op\": \"munmap\", \"region\": \"r\"}"), "{" + range + "}");
        assertJson(
                step("{\"op\": \"mprotect\", \"region\": \"r\", \"protection\": \"none\"}"),
                "{" + range + ", \"protection\": \"none\"}");
        assertJson(
                step("{\"op\": \"mremap\", \"region\": \"r\", \"newLength\": \"4 KiB\"}"),
                "{" + range + ", \"newLength\": \"4 KiB\"}");
        assertJson(step("{\"op\": \"migrate\", \"region\": \"r\", \"blade\": 2}"), "{" + range + ", \"blade\": 2}");
        assertJson(step("{\"op\": \"numascan\", \"region\": \"r\"}"), "{" + range + "}");
        assertJson(step("{\"op\": \"ksm\", \"region\": \"r\"}"), "{" + range + "}");
        assertJson(
                step("{\"op\": \"fork\", \"region\": \"r\"}"),
                "{\"region\": \"r\", \"offset\": \"0 B\", \"writes\": 0, \"exec\": false}");
        assertThat(step("{\"op\": \"mmap\", \"region\": \"u\"}")).isEqualTo(new VmStep.Mmap("u"));
        assertThat(step("{\"op\": \"brk\", \"length\": \"-4 KiB\"}")).isEqualTo(new VmStep.Brk(-4096));
    }

    @Test
    void disturbance() {
        assertJson(SpecLoader.fromJson("""
                                {"name": "d",
                                 "processes": [{"name": "p", "regions": [{"name": "r", "size": "8 KiB"}]}],
                                 "disturbances": [{"name": "x", "op": "reclaim", "process": "p", "region": "r",
                                                   "rate": "3/s"}]}
                                """).disturbances().get(0), """
                {"name": "x", "op": "reclaim", "process": "p", "region": "r", "length": "4 KiB", "pattern": "uniform",
                 "rate": "3/s", "at": [], "start": "0 ns", "count": "unlimited", "blade": 0, "target": "next"}
                """);
    }
}
