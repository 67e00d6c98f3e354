package grusim.cli;

import grusim.explore.Bounds;
import grusim.explore.Explorer;
import grusim.explore.Outcome;
import grusim.explore.Progress;
import grusim.explore.Verdict;
import grusim.run.ScenarioBuilder;
import grusim.workload.Spec;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.util.List;
import java.util.Locale;

/** How fast a check explores: all states of a fill against reclaim, again and again on one thread. */
final class ExplorerSpeed {
    private static final List<String> MODELS = List.of("sc", "tso", "relaxed");

    private final Console console;
    private final int rounds;

    ExplorerSpeed(Console console, int rounds) {
        this.console = console;
        this.rounds = rounds;
    }

    private static ResolvedSpec scenario(String model) {
        return SpecLoader.resolveJson("""
                {"name": "bench", "machine": {"memoryPerBlade": "64 KiB", "chipletsPerBlade": 1},
                 "gru": {"tlb": {"sets": 1, "ways": 2}, "linesInFlightPerCbr": 1, "linesInFlightPerChiplet": 1},
                 "kernel": {"memoryModel": "%s", "reclaimNotifier": "range", "shootdown": "purge"},
                 "scenario": {
                  "pages": [{"name": "A", "space": "p", "at": "0x1000"}],
                  "contexts": [{"name": "c", "space": "p", "interruptCpu": "user"}],
                  "agents": [
                   {"name": "user", "space": "p", "does": [{"act": "load", "context": "c", "page": "A"}]},
                   {"name": "reclaim", "does": [{"act": "reclaim", "page": "A"}]}]}}""".formatted(model));
    }

    /** Explores under each memory model, with and without reduction, and prints the fastest round of each. */
    void print() {
        console.line("%-42s %-9s %12s %12s %10s"
                .formatted("exploration, a fill against reclaim", "reduction", "k states/s", "k moves/s", "states"));
        for (String model : MODELS) {
            Spec spec = scenario(model).spec();
            for (boolean reduction : new boolean[] {false, true}) {
                measure(spec, model, reduction);
            }
        }
    }

    private void measure(Spec spec, String model, boolean reduction) {
        Verdict verdict = explore(spec, reduction); // to warm up
        long best = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long from = System.nanoTime();
            verdict = explore(spec, reduction);
            best = Math.min(best, System.nanoTime() - from);
        }
        console.line(String.format(
                Locale.ROOT,
                "%-42s %-9s %12.0f %12.0f %10d",
                "memory model " + model,
                reduction ? "on" : "off",
                verdict.states() * 1e6 / best,
                verdict.transitions() * 1e6 / best,
                verdict.states()));
    }

    private static Verdict explore(Spec spec, boolean reduction) {
        Verdict verdict =
                new Explorer(() -> ScenarioBuilder.build(spec), Bounds.NONE, 1, reduction, Progress.SILENT).run();
        if (verdict.outcome() != Outcome.SAFE) {
            throw new IllegalStateException("a fill with kill bits is found " + verdict.outcome());
        }
        return verdict;
    }
}
