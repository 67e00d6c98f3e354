package grusim.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Why;
import grusim.result.AttributionShares;
import grusim.result.ChipletCounts;
import grusim.result.Counter;
import grusim.result.LatencyDistribution;
import grusim.result.RunResult;
import grusim.result.Waterfall;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the time of instructions and misses goes: nothing is left over, in every view and in every shipped spec. */
final class MissTimesTest {
    private static final Path SPECS = Path.of("../../workloads/specs");

    private static final String ONE_LOAD = RunRig.oneThread("{\"name\": \"r\", \"size\": \"64 KiB\"}", """
            {"op": "touch", "region": "r", "length": "4 KiB"},
            {"op": "vload", "region": "r", "count": 1}""", "");

    @Test
    void waterfall_ofOneMissByInterruptHasTheKnobsLatencies() {
        RunResult result = RunRig.run(ONE_LOAD);
        // Recording 20 ns; the interrupt 1.5 us under way, its entry 200 ns and the handler 600 ns; a walk of three
        // levels
        // of 25 ns; 200 ns to build the dropin, 60 ns to the hub and 150 ns to start it; the restart 150 ns.
        assertThat(result.waterfalls()).containsOnlyKeys("miss.interrupt");
        Waterfall miss = waterfall(result, "miss.interrupt");
        assertThat(miss.phases())
                .containsExactly(
                        "miss record", "interrupt delivery", "interrupt handler", "page walk", "dropin", "restart");
        assertThat(miss.allPs()).containsExactly(20_000L, 1_500_000L, 800_000L, 75_000L, 410_000L, 150_000L);
        assertThat(miss.tailPs()).isEqualTo(miss.allPs());
        assertThat(miss.count()).isEqualTo(1);
    }

    @Test
    void waterfall_ofAPageFaultByTheUserTellsTheCallFromTheFault() {
        RunResult result =
                RunRig.run(ONE_LOAD.replace("{\"op\": \"touch\", \"region\": \"r\", \"length\": \"4 KiB\"},", ""));
        Waterfall miss = waterfall(result, "miss.user");
        assertThat(miss.phases())
                .containsSubsequence(
                        "interrupt handler", "hand-over to the user", "call to the OS", "page fault", "dropin");
        assertThat(requireNonNull(result.views().get("miss")).instructions(2)).isEqualTo(1);
    }

    @Test
    void instructionThatEndsWhileItsThreadThinks_waitsForTheThought() {
        // Two NOPs end at the same time; the thread sees the first, pauses for 10 us, and then sees the second.
        RunResult result = RunRig.run(RunRig.oneThread(
                "{\"name\": \"r\", \"size\": \"4 KiB\"}",
                "{\"op\": \"nop\", \"count\": 2, \"inFlight\": 2, \"think\": \"10 us\"}",
                ""));
        AttributionShares kinds = result.attribution();
        int nop = kinds.kinds().indexOf("nop");
        assertThat(kinds.partPs(nop, Why.THINK.ordinal())).isEqualTo(10_000_000);
        assertThat(kinds.partPs(nop, Why.POLL.ordinal())).isZero();
    }

    @Test
    void off_measuresTheSameLatenciesAndAttributesNothing() {
        RunResult on = RunRig.run(ONE_LOAD);
        RunResult off = RunRig.run(new RunOptions("test", true, true, Measures.LATENCIES), ONE_LOAD);
        assertThat(off.eventHash()).isEqualTo(on.eventHash());
        assertThat(off.views()).isEmpty();
        assertThat(off.waterfalls()).isEmpty();
        assertThat(off.attribution().kinds()).isEmpty();
        LatencyDistribution loads = requireNonNull(off.latency().get("instruction.vload"));
        assertThat(loads.sumPs()).isEqualTo(on.attribution().totalPs(2)).isPositive();
        RunResult none = RunRig.run(new RunOptions("test", true, true, Measures.NONE), ONE_LOAD);
        assertThat(none.eventHash()).isEqualTo(on.eventHash());
        assertThat(none.latency()).isEmpty();
        assertThat(none.contract()).isEqualTo(on.contract());
        assertThat(none.counter("device.tlbMisses")).isEqualTo(1);
    }

    @Test
    void measures_allocateNothingInSteadyState() {
        allocated(120_000); // code that is not compiled yet makes objects that compiled code does without
        allocated(120_000);
        long few = leastAllocated(20_000);
        long many = leastAllocated(120_000);
        // Of 100,000 loads with some 98,000 misses; a single object for each would be 1.6 MB.
        assertThat(many - few).isLessThan(500_000);
    }

    /** The least of three runs: now and then the host's own work allocates something. */
    private static long leastAllocated(int loads) {
        return Math.min(allocated(loads), Math.min(allocated(loads), allocated(loads)));
    }

    private static long allocated(int loads) {
        String spec = RunRig.oneThread("{\"name\": \"r\", \"size\": \"64 MiB\"}", """
                {"op": "touch", "region": "r", "length": "64 MiB"},
                {"op": "vload", "region": "r", "count": %d, "pattern": {"kind": "uniform"}}""".formatted(loads), "");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        RunResult result = RunRig.run(
                new RunOptions("test", false, true),
                spec,
                "gru.tlb.sets=16",
                "run.data=elided",
                "run.sampleInterval=1 ms");
        assertThat(result.counter("device.tlbMisses")).isGreaterThan(loads * 9L / 10);
        return threads.getThreadAllocatedBytes(self) - before;
    }

    /** All but the one of 256 blades, which takes half a minute and has only more of the same. */
    static Stream<Path> specs() throws IOException {
        try (Stream<Path> files = Files.walk(SPECS)) {
            return files
                    .filter(file -> file.toString().endsWith(".json") && !file.endsWith("capacity-256-blades.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void parts_addUpToTheWholeInEveryView(Path spec) {
        RunResult result = Runs.simulate(
                SpecLoader.load(spec, List.of("run.until=400 us")),
                new RunOptions("test", false, true),
                RunProgress.NONE,
                null);
        AttributionShares kinds = result.attribution();
        long wholePs = 0;
        for (int kind = 0; kind < kinds.kinds().size(); kind++) {
            LatencyDistribution whole =
                    result.latency().get("instruction." + kinds.kinds().get(kind));
            assertThat(kinds.totalPs(kind)).isEqualTo(whole == null ? 0 : whole.sumPs());
            wholePs += kinds.totalPs(kind);
        }
        assertThat(total(view(result, "process"))).isEqualTo(wholePs);
        assertThat(total(view(result, "chiplet"))).isEqualTo(wholePs);
        long restarted = 0;
        for (Map.Entry<String, Waterfall> entry : result.waterfalls().entrySet()) {
            Waterfall life = entry.getValue();
            LatencyDistribution whole = requireNonNull(result.latency().get(entry.getKey()));
            assertThat(life.count()).isEqualTo(whole.count());
            assertThat(life.totalPs()).isEqualTo(whole.sumPs());
            assertThat(life.tailCount()).isPositive();
            boolean ended =
                    entry.getKey().equals("miss.failed") || entry.getKey().equals("miss.unloaded");
            restarted += ended ? 0 : life.count();
        }
        assertThat(total(view(result, "miss")))
                .isEqualTo(result.waterfalls().values().stream()
                        .mapToLong(Waterfall::totalPs)
                        .sum());
        assertThat(restarted)
                .isEqualTo(IntStream.range(0, 100)
                        .mapToLong(n -> result.counter("device.retriesPerMiss." + n))
                        .sum());
        assertThat(byChiplet(result, "tlbMisses")).isEqualTo(result.counter("device.tlbMisses"));
        assertThat(byChiplet(result, "dropins")).isEqualTo(result.counter("device.dropinsWritten"));
        assertThat(byChiplet(result, "instructions"))
                .isEqualTo(result.counters().values().stream()
                        .filter(c -> c.declaration().name().startsWith("device.instructions."))
                        .mapToLong(Counter::value)
                        .sum());
    }

    @Test
    void view_tellsTheKernelsOwnInstructionsFromUsers() {
        RunResult result = RunRig.run(SPECS.resolve("message-queue.json"));
        AttributionShares processes = view(result, "process");
        assertThat(processes.kinds()).contains("(kernel)").hasSizeGreaterThan(1);
        // All that end are seen, and the users' only instructions are the increments.
        long kernels = byChiplet(result, "instructions") - 6;
        assertThat(processes.instructions(processes.kinds().indexOf("(kernel)")))
                .isEqualTo(kernels);
        long sent = result.counter("device.instructions.mesq");
        LatencyDistribution sends = requireNonNull(result.latency().get("instruction.mesq"));
        assertThat(sends.count()).isEqualTo(sent).isPositive();
    }

    @Test
    void receive_takesTheTimeToReadTheLine() {
        RunResult result = RunRig.run(SPECS.resolve("message-queue.json"));
        LatencyDistribution receives = requireNonNull(result.latency().get("message.receive"));
        // 100 ns to read a line, however long the message has waited.
        assertThat(receives.minPs()).hasValue(100_000);
    }

    @Test
    void chiplets_sayWhatEachOneDid() {
        RunResult result = RunRig.run(ONE_LOAD, "machine.blades=2");
        // The thread runs on the first chiplet of the first blade; its one entry is there from 2.9 us on to the end.
        assertThat(chiplets(result, "tlbMisses").values()).containsExactly(1L, 0L, 0L, 0L);
        assertThat(chiplets(result, "tlbHits").values()).containsExactly(1L, 0L, 0L, 0L);
        assertThat(chiplets(result, "dropins").values()).containsExactly(1L, 0L, 0L, 0L);
        assertThat(chiplets(result, "instructions").value(0, 0)).isEqualTo(1);
        assertThat(chiplets(result, "occupancy").blades()).isEqualTo(2);
        assertThat(chiplets(result, "occupancy").value(1, 1)).isZero();
    }

    private static ChipletCounts chiplets(RunResult result, String key) {
        return result.chiplets().stream()
                .filter(counts -> counts.declaration().key().equals(key))
                .findAny()
                .orElseThrow();
    }

    private static long byChiplet(RunResult result, String key) {
        return chiplets(result, key).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Waterfall waterfall(RunResult result, String name) {
        return requireNonNull(result.waterfalls().get(name), name);
    }

    private static AttributionShares view(RunResult result, String name) {
        return requireNonNull(result.views().get(name), name);
    }

    private static long total(AttributionShares shares) {
        return IntStream.range(0, shares.kinds().size())
                .mapToLong(shares::totalPs)
                .sum();
    }
}
