package grusim.cli;

import grusim.run.HeldRun;
import grusim.run.RunOptions;
import grusim.workload.MachinePreset;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What size costs: machines of one to many blades, all contexts of all chiplets loaded, in which one thread works and
 * the others rest. Seconds to build and to load, the heap that is kept, and the speed of the one thread by processor
 * time, which must not depend on how many others rest. The contract is on, and memory holds bytes.
 */
final class MachineSizes {
    static final int MOST_BLADES = MachinePreset.ALTIX4700.maximumBlades();

    private static final int THREADS_PER_BLADE = 32;

    /** By now all contexts are loaded and the busy thread still thinks. */
    private static final long LOADED_PS = 900_000_000L;

    private static final long MEASURE_PS = 1_000_000_000L;

    /** The busy thread's work: hits, and pages that are dropped, flushed from the TLB, faulted in and missed again. */
    private static final String HITS = "{\"op\": \"vload\", \"region\": \"data\", \"count\": 1000000000}";

    private static final String FLUSHES = """
            {"op": "repeat", "times": 1000000000, "body": [
             {"op": "madvise", "advice": "dontneed", "region": "data", "length": "4 KiB"},
             {"op": "vload", "region": "data"}]}""";

    private final Console console;
    private final List<Integer> sizes;
    private final int rounds;
    private final int loads;

    MachineSizes(Console console, List<Integer> sizes, int rounds, int loads) {
        this.console = console;
        this.sizes = sizes;
        this.rounds = rounds;
        this.loads = loads;
    }

    private static ResolvedSpec spec(int blades, String work) {
        String processes = IntStream.range(0, blades)
                .mapToObj(blade -> process(blade, work))
                .collect(Collectors.joining(",\n"));
        return SpecLoader.resolveJson("""
                {"name": "bench", "processes": [%s],
                 "machine": {"preset": "altix4700", "blades": %d, "coresPerSocket": 16, "memoryPerBlade": "64 MiB"}}""".formatted(processes, blades));
    }

    private static String process(int blade, String work) {
        String context = "\"blade\": " + blade + ", \"context\": {\"cbrs\": 8, \"dsr\": \"2 KiB\"}";
        String load = "{\"op\": \"vload\", \"region\": \"data\"}";
        String busy = blade > 0 ? "" : """
                {"name": "busy", "regions": [{"name": "data", "size": "64 KiB"}], "threads": [
                 {"name": "t", %s, "program": [%s, {"op": "think", "time": "1 ms"}, %s]}]},
                """.formatted(context, load, work);
        return busy + """
                {"name": "p%d", "regions": [{"name": "data", "size": "64 KiB"}], "threads": [
                 {"name": "idle", "count": %d, %s, "program": [%s, {"op": "think", "time": "1000 s"}]}]}""".formatted(blade, THREADS_PER_BLADE - (blade > 0 ? 0 : 1), context, load);
    }

    /** Measures each size and prints its line. */
    void print() {
        console.line("%-10s %8s %8s %8s %8s %9s %9s %11s %11s"
                .formatted(
                        "blades",
                        "chiplets",
                        "contexts",
                        "build s",
                        "load s",
                        "built MB",
                        "idle MB",
                        "k hits/s",
                        "k flushes/s"));
        for (int blades : sizes) {
            line(blades);
            console.out().flush();
        }
    }

    private void line(int blades) {
        long heap = heapBytes();
        ResolvedSpec spec = spec(blades, HITS);
        long from = System.nanoTime();
        HeldRun run = build(spec);
        long buildNanos = System.nanoTime() - from;
        long builtBytes = heapBytes() - heap;
        from = System.nanoTime();
        run.advance(LOADED_PS);
        long loadNanos = System.nanoTime() - from;
        long idleBytes = heapBytes() - heap;
        int chiplets = run.chiplets();
        int contexts = run.loadedContexts();
        double hits = speed(run, loads);
        run = build(spec(blades, FLUSHES));
        run.advance(LOADED_PS);
        double flushes = speed(run, Math.max(1, loads / 8));
        console.line(String.format(
                Locale.ROOT,
                "%-10d %8d %8d %8.2f %8.2f %9.1f %9.1f %11.0f %11.0f",
                blades,
                chiplets,
                contexts,
                buildNanos / 1e9,
                loadNanos / 1e9,
                builtBytes / 1e6,
                idleBytes / 1e6,
                hits,
                flushes));
    }

    private static HeldRun build(ResolvedSpec spec) {
        return HeldRun.build(spec, RunOptions.standard(GrusimCommand.versionNumber()));
    }

    /** Thousands of instructions of the busy thread a second, in the fastest of some rounds after one to warm up. */
    private double speed(HeldRun run, int instructions) {
        long untilPs = LOADED_PS + MEASURE_PS;
        double best = 0;
        for (int round = -1; round < rounds; round++) {
            long before = run.instructions();
            long from = Timed.cpuNow();
            while (run.instructions() - before < instructions) {
                run.advance(untilPs);
                untilPs += MEASURE_PS;
            }
            double speed = (run.instructions() - before) * 1e6 / (Timed.cpuNow() - from);
            best = round < 0 ? 0 : Math.max(best, speed);
        }
        return best;
    }

    private static long heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
