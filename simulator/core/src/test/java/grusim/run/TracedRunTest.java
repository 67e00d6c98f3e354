package grusim.run;

import static grusim.run.RunRig.BUSY;
import static grusim.run.RunRig.STANDARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.RunResult;
import grusim.result.trace.PerfettoTrace;
import grusim.result.trace.TextEvents;
import grusim.result.trace.TraceSink;
import grusim.run.DecodedTrace.Event;
import grusim.run.DecodedTrace.EventType;
import grusim.run.DecodedTrace.Slice;
import grusim.run.trace.TraceScope;
import grusim.run.trace.TrackKind;
import grusim.workload.SpecException;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class TracedRunTest {
    private static final Path SHIPPED = Path.of("../../workloads/specs").toAbsolutePath();

    @TempDir
    private Path directory;

    private TracedRun last = new TracedRun(0, 0, 0);

    private DecodedTrace trace(ResolvedSpec spec, TraceScope scope) throws IOException {
        Path file = directory.resolve("trace");
        try (TraceSink sink = new PerfettoTrace(file)) {
            last = TracedRun.of(spec, STANDARD, scope, sink, RunProgress.NONE);
        }
        return DecodedTrace.read(file);
    }

    private static TraceScope window(long fromPs, long toPs) {
        return new TraceScope(fromPs, toPs, EnumSet.allOf(TrackKind.class), Set.of(), Set.of());
    }

    private static TraceScope kinds(TrackKind first, TrackKind... more) {
        return new TraceScope(0, Long.MAX_VALUE, EnumSet.of(first, more), Set.of(), Set.of());
    }

    private static long count(RunResult result, String prefix) {
        return result.counters().values().stream()
                .filter(c -> c.declaration().name().startsWith(prefix))
                .mapToLong(c -> c.value())
                .sum();
    }

    private static long sumPs(RunResult result, String instruction) {
        return Objects.requireNonNull(result.latency().get("instruction." + instruction))
                .sumPs();
    }

    private static final String ONE_LOAD = RunRig.oneThread(
            "{\"name\": \"r\", \"size\": \"4 KiB\"}", "{\"op\": \"vload\", \"region\": \"r\", \"count\": 1}", "");

    @Test
    void oneLoad_isASliceOfAllItsTime() throws IOException {
        DecodedTrace trace = trace(SpecLoader.resolveJson(ONE_LOAD), TraceScope.ALL);
        RunResult result = RunRig.run(ONE_LOAD);
        List<Slice> loads = trace.outermost("cbr").toList();
        assertThat(loads).hasSize(1);
        Slice load = loads.get(0);
        assertThat(load.name()).isEqualTo("vload");
        long latencyPs = sumPs(result, "vload");
        assertThat(load.endNs() - load.beginNs()).isEqualTo(latencyPs / 1000);
        // The parts follow each other without a gap from the begin of the whole to its end.
        long atNs = load.beginNs();
        for (Slice part : trace.slices()) {
            if (part.track().equals(load.track()) && part.depth() == 1) {
                assertThat(part.beginNs()).as(part.name()).isEqualTo(atNs);
                atNs = part.endNs();
            }
        }
        assertThat(atNs).isEqualTo(load.endNs());
    }

    @Test
    void miss_isAFlowFromTheBlockByTheCpuToTheRestart() throws IOException {
        DecodedTrace trace = trace(SpecLoader.resolveJson(ONE_LOAD), TraceScope.ALL);
        // The page does not exist: the interrupt hands the miss to the user, whose call makes the page and drops it in.
        assertThat(trace.flows()).hasSize(1);
        assertThat(trace.flow(1).stream().map(e -> e.track().name() + ": " + e.name()))
                .containsExactly(
                        "gru0.cbr0: miss",
                        "blade0.cpu0 p/t0: takes the fault",
                        "gru0.tfh0: user polling mode",
                        "blade0.cpu0 p/t0: takes the fault",
                        "blade0.cpu0 p/t0: dropin",
                        "gru0.tfh0: write restart",
                        "gru0.cbr0: restarted");
        List<Event> flow = trace.flow(1);
        assertThat(flow.get(6).ends()).containsExactly(1L);
        Slice miss = trace.outermost("tfh").findFirst().orElseThrow();
        assertThat(miss.name()).isEqualTo("miss");
        assertThat(miss.beginNs()).isEqualTo(flow.get(0).ns());
        assertThat(miss.endNs()).isEqualTo(flow.get(6).ns());
        assertThat(miss.begin().details()).containsEntry("vaddr", "0x100000000000");
        assertThat(enclosing(trace, flow.get(1))).contains("gru_intr chiplet 0 map 0");
        assertThat(enclosing(trace, flow.get(4))).contains("gru_handle_user_call_os");
    }

    private static List<String> enclosing(DecodedTrace trace, Event event) {
        return trace.slices().stream()
                .filter(s -> s.track().equals(event.track()) && s.beginNs() <= event.ns() && event.ns() <= s.endNs())
                .map(Slice::name)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"message-queue", "thread-moves", "errors", "increment-50-threads"})
    void shippedSpec_givesALegalTraceThatCountsAsTheRunDoes(String name) throws IOException {
        ResolvedSpec spec = SpecLoader.load(SHIPPED.resolve(name + ".json"), List.of());
        DecodedTrace trace = trace(spec, TraceScope.ALL);
        RunResult result = Runs.simulate(spec, STANDARD, RunProgress.NONE, null);
        agrees(trace, result);
        assertThat(instructionSlices(trace)).isEqualTo(count(result, "device.instructions."));
    }

    /** Instructions may be under way at the end of a part of a run: they are slices, and not counted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill-bits",
                "oversubscribed",
                "asid-wraps",
                "misses/miss-modes",
                "patterns/fork-server",
                "protocols/ats"
            })
    void beginOfALongRun_givesALegalTraceThatCountsAsTheRunDoes(String name) throws IOException {
        ResolvedSpec spec = SpecLoader.load(SHIPPED.resolve(name + ".json"), List.of("run.until=1 ms"));
        DecodedTrace trace = trace(spec, TraceScope.ALL);
        RunResult result = Runs.simulate(spec, STANDARD, RunProgress.NONE, null);
        agrees(trace, result);
        assertThat(instructionSlices(trace)).isGreaterThanOrEqualTo(count(result, "device.instructions."));
    }

    @Test
    void busySpec_givesALegalTraceThatCountsAsTheRunDoes() throws IOException {
        DecodedTrace trace = trace(SpecLoader.resolveJson(BUSY), TraceScope.ALL);
        RunResult result = RunRig.run(BUSY);
        agrees(trace, result);
        assertThat(instructionSlices(trace)).isEqualTo(count(result, "device.instructions."));
        assertThat(result.counter("device.dropinsKilled")).isPositive();
        assertThat(trace.instants("range start").count())
                .isEqualTo(trace.instants("range end").count())
                .isPositive();
        killsAreJoinedToWhatCausedThem(trace);
    }

    private static void killsAreJoinedToWhatCausedThem(DecodedTrace trace) {
        Map<Long, List<Event>> flows = trace.flows();
        List<Event> killed = trace.instants("dropin killed").toList();
        Set<String> begins = new TreeSet<>();
        assertThat(killed).isNotEmpty();
        for (Event kill : killed) {
            assertThat(kill.ends()).hasSize(1);
            List<Event> flow = flows.getOrDefault(kill.ends().get(0), List.of());
            assertThat(flow.stream().map(Event::name)).containsExactly("invalidate", "kill bit set", "dropin killed");
            Event invalidate = flow.get(0);
            assertThat(invalidate.category()).isEqualTo("tgh");
            List<List<String>> causes = invalidate.flows().stream()
                    .map(f -> flows.getOrDefault(f, List.of()).stream()
                            .map(Event::name)
                            .toList())
                    .toList();
            assertThat(causes).anyMatch(c -> c.contains("flush") && !c.contains("kill bit set"));
            begins.addAll(causes.stream().map(c -> c.get(0)).toList());
        }
        // The kernel tells of a range before and after, or of one page once its entry is cleared.
        assertThat(begins).contains("range start", "flush");
    }

    /** Reading the trace has proved that it is legal. */
    private void agrees(DecodedTrace trace, RunResult result) {
        assertThat(String.format("%016x", last.eventHash())).isEqualTo(result.eventHash());
        assertThat(last.steps()).isEqualTo(result.events());
        assertThat(last.simulatedPs()).isEqualTo(result.simulatedPs());
        assertThat(trace.instants("entry written").count()).isEqualTo(result.counter("device.dropinsWritten"));
        assertThat(trace.instants("dropin killed").count()).isEqualTo(result.counter("device.dropinsKilled"));
        assertThat(trace.instants("kill bit set").count()).isEqualTo(result.counter("device.missesMarked"));
        long invalidates = trace.instants("invalidate").count();
        assertThat(invalidates).isGreaterThanOrEqualTo(result.counter("device.invalidates"));
        assertThat(trace.instants("fault bit set").count()).isGreaterThanOrEqualTo(result.counter("driver.intr_tfh"));
        assertThat(rises(trace.counts("outstanding misses")))
                .isEqualTo(result.counter("device.tlbMisses") + result.counter("device.tlbParityErrors"));
        assertThat(trace.outermost("lock")
                        .filter(s -> !s.name().contains("waits"))
                        .count())
                .isEqualTo(result.counters().values().stream()
                        .filter(c -> c.declaration().name().endsWith(".acquisitions"))
                        .mapToLong(c -> c.value())
                        .sum());
        flowsArePaired(trace);
    }

    /** By how much counters rose in all. */
    private static long rises(List<Event> counts) {
        long rises = 0;
        Map<String, List<Event>> byTrack =
                counts.stream().collect(Collectors.groupingBy(e -> e.track().name()));
        for (List<Event> of : byTrack.values()) {
            long value = 0;
            for (Event event : of) {
                assertThat(event.value()).isNotNegative();
                rises += Math.max(0, event.value() - value);
                value = event.value();
            }
        }
        return rises;
    }

    private static long instructionSlices(DecodedTrace trace) {
        return trace.outermost("cbr")
                .filter(s -> !s.begin().details().containsKey("continued")
                        && !s.name().startsWith("opcode "))
                .count();
    }

    /** Each flow joins two events or more, but for those begun in the run's last moments; none goes on after its end. */
    private static void flowsArePaired(DecodedTrace trace) {
        long endNs = trace.events().get(trace.events().size() - 1).ns();
        trace.flows().forEach((flow, events) -> {
            boolean cut = events.get(0).ns() > endNs - 5_000;
            assertThat(events).as("flow %d", flow).hasSizeGreaterThan(cut ? 0 : 1);
            assertThat(events.subList(0, events.size() - 1))
                    .allMatch(e -> !e.ends().contains(flow));
        });
    }

    @Test
    void window_cutsWhatTheWholeTraceShows() throws IOException {
        ResolvedSpec spec = SpecLoader.resolveJson(BUSY);
        DecodedTrace whole = trace(spec, window(0, 40_000_000));
        long from = 20_000;
        long to = 30_000;
        DecodedTrace part = trace(spec, window(1000 * from, 1000 * to));
        assertThat(last.simulatedPs()).isEqualTo(1000 * to);
        assertThat(part.events()).isNotEmpty().allMatch(e -> e.ns() >= from && e.ns() <= to);
        assertThat(instants(part, from, to))
                .isEqualTo(instants(whole, from, to))
                .isNotEmpty();
        // Every slice that lies in the window or reaches into it, cut at its borders.
        assertThat(cut(part, from, to)).containsExactlyInAnyOrderElementsOf(cut(whole, from, to));
        for (String counter : List.of("outstanding misses", "TLB entries", "instructions in flight")) {
            assertThat(valueAt(part, counter, from + 5_000))
                    .as(counter)
                    .isEqualTo(valueAt(whole, counter, from + 5_000));
        }
    }

    private static List<String> instants(DecodedTrace trace, long from, long to) {
        return trace.events().stream()
                .filter(e -> e.type() == EventType.INSTANT && e.ns() >= from && e.ns() < to)
                .map(e -> e.ns() + " " + e.track().name() + " " + e.name() + " " + e.details())
                .sorted()
                .toList();
    }

    private static List<String> cut(DecodedTrace trace, long from, long to) {
        return trace.slices().stream()
                .filter(s -> s.endNs() > from && s.beginNs() < to)
                .map(s -> "%s %s %d..%d"
                        .formatted(s.track().name(), s.name(), Math.max(from, s.beginNs()), Math.min(to, s.endNs())))
                .toList();
    }

    private static Map<String, Long> valueAt(DecodedTrace trace, String counter, long ns) {
        return trace.counts(counter).stream()
                .filter(e -> e.ns() <= ns)
                .collect(Collectors.toMap(e -> e.track().name(), Event::value, (earlier, later) -> later));
    }

    @Test
    void chiplets_leaveTheOthersOut() throws IOException {
        TraceScope scope = new TraceScope(0, 50_000_000, EnumSet.allOf(TrackKind.class), Set.of(), Set.of(2));
        DecodedTrace trace = trace(SpecLoader.resolveJson(BUSY), scope);
        assertThat(trace.outermost("cbr")).isNotEmpty();
        assertThat(trace.tracks())
                .noneMatch(t -> t.name().startsWith("gru0") && !t.name().endsWith("lock"));
        assertThat(trace.tracks()).anyMatch(t -> t.name().startsWith("gru2.cbr"));
    }

    private static final String TWO_PROCESSES = """
            {
              "name": "two",
              "processes": [
                {"name": "a", "regions": [{"name": "r", "size": "64 KiB"}],
                 "threads": [{"name": "t", "count": 1, "context": {"cbrs": 2, "dsr": "1 KiB"},
                   "program": [{"op": "vload", "region": "r", "count": 30}]}]},
                {"name": "b", "regions": [{"name": "r", "size": "64 KiB"}],
                 "threads": [{"name": "t", "count": 1, "context": {"cbrs": 2, "dsr": "1 KiB"},
                   "program": [{"op": "vstore", "region": "r", "count": 20}]}]}
              ]
            }
            """;

    @Test
    void kinds_leaveTheOthersOut() throws IOException {
        DecodedTrace trace = trace(SpecLoader.resolveJson(TWO_PROCESSES), kinds(TrackKind.CBR, TrackKind.COUNTER));
        assertThat(trace.slices())
                .isNotEmpty()
                .allMatch(s -> s.begin().category().equals("cbr"));
        assertThat(trace.counts("TLB entries")).isNotEmpty();
        assertThat(instructionSlices(trace)).isEqualTo(50);
    }

    @Test
    void processes_leaveTheOthersOut() throws IOException {
        ResolvedSpec spec = SpecLoader.resolveJson(TWO_PROCESSES);
        Set<TrackKind> all = EnumSet.allOf(TrackKind.class);
        DecodedTrace trace = trace(spec, new TraceScope(0, Long.MAX_VALUE, all, Set.of("b"), Set.of()));
        assertThat(trace.outermost("cbr").map(Slice::name)).hasSize(20).containsOnly("vstore");
        assertThat(trace.outermost("cpu").map(s -> s.track().name()).distinct()).containsExactly("blade0.cpu1 b/t0");
        assertThat(trace.outermost("context").map(Slice::name)).containsExactly("b/t0");
        assertThat(trace.counts("range operations"))
                .allMatch(e -> e.track().name().startsWith("b "));
    }

    @Test
    void unknownProcessOrChiplet_isNamedWithThoseThereAre() {
        ResolvedSpec spec = SpecLoader.resolveJson(TWO_PROCESSES);
        Set<TrackKind> all = EnumSet.allOf(TrackKind.class);
        assertThatThrownBy(() -> trace(spec, new TraceScope(0, 1, all, Set.of("c"), Set.of())))
                .isInstanceOf(SpecException.class)
                .hasMessage("no process c; accepted: a, b");
        assertThatThrownBy(() -> trace(spec, new TraceScope(0, 1, all, Set.of(), Set.of(9))))
                .isInstanceOf(SpecException.class)
                .hasMessage("no chiplet 9; accepted: 0, 1");
    }

    @Test
    void text_saysTheSameToThePicosecond() throws IOException {
        ResolvedSpec spec = SpecLoader.resolveJson(TWO_PROCESSES);
        DecodedTrace trace = trace(spec, TraceScope.ALL);
        StringWriter text = new StringWriter();
        try (TextEvents sink = new TextEvents(text)) {
            TracedRun.of(spec, STANDARD, TraceScope.ALL, sink, RunProgress.NONE);
        }
        List<String> lines = text.toString().lines().skip(1).toList();
        assertThat(lines).hasSize(trace.events().size());
        List<String> instants = lines.stream()
                .filter(l -> l.contains("  at     "))
                .map(l -> l.substring(0, l.indexOf('.')).strip() + " " + l.substring(l.indexOf("  at     ") + 9))
                .map(l -> l.contains("  ") ? l.substring(0, l.indexOf("  ")) : l)
                .sorted()
                .toList();
        assertThat(instants)
                .isEqualTo(trace.events().stream()
                        .filter(e -> e.type() == EventType.INSTANT)
                        .map(e -> e.ns() + " " + e.name())
                        .sorted()
                        .toList());
        RunResult result = RunRig.run(TWO_PROCESSES);
        long sumPs = 0;
        for (String name : List.of("vload", "vstore")) {
            sumPs += durationsPs(lines, name);
        }
        long latencyPs = sumPs(result, "vload") + sumPs(result, "vstore");
        assertThat(sumPs).isEqualTo(latencyPs);
    }

    private static long durationsPs(List<String> lines, String instruction) {
        long sum = 0;
        for (String line : lines) {
            String[] words = line.strip().split(" +", -1);
            if (words.length >= 4 && words[3].equals(instruction) && words[1].contains(".cbr")) {
                long ps = Long.parseLong(words[0].replace(".", ""));
                sum += words[2].equals("end") ? ps : -ps;
            }
        }
        return sum;
    }
}
