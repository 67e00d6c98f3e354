package grusim.cli;

import grusim.result.RunResult;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.run.Runs;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grusim bench}: how fast this host simulates, on one thread, after a warm-up of each case. */
@Command(
        name = "bench",
        description =
                "Measure how fast this host simulates: steps and instructions per second of wall time, one thread.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Measured runs of each case; the fastest counts (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    BenchCommand(Console console) {
        this.console = console;
    }

    /** A workload to time: a name and the JSON of its spec. */
    private record Case(String name, String json) {}

    private static final List<Case> CASES = List.of(
            new Case("one-line VLOAD, TLB hits", spec("64 KiB", "\"cbrs\": 2", "\"count\": 1500000")),
            new Case("the same, 4 in flight", spec("64 KiB", "\"cbrs\": 4", "\"count\": 1500000, \"inFlight\": 4")),
            new Case(
                    "one-line VLOAD, TLB misses by interrupt",
                    spec("64 MiB", "\"cbrs\": 2", "\"count\": 200000, \"pattern\": {\"kind\": \"uniform\"}")),
            new Case(
                    "the same, user polling",
                    spec(
                            "64 MiB",
                            "\"cbrs\": 2, \"miss\": \"user-polling\"",
                            "\"count\": 200000, \"pattern\": {\"kind\": \"uniform\"}")));

    private static String spec(String size, String context, String load) {
        return """
                {"name": "bench", "processes": [{"name": "p",
                 "regions": [{"name": "data", "size": "%s"}],
                 "threads": [{"name": "t", "context": {%s},
                  "program": [{"op": "vload", "region": "data", %s}]}]}]}""".formatted(size, context, load);
    }

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new UserError("--rounds " + rounds + "; accepted: 1 and above");
        }
        console.line(
                "%-42s %-9s %12s %12s %10s".formatted("case", "contract", "M steps/s", "k instr/s", "steps/instr"));
        for (Case one : CASES) {
            for (boolean contract : new boolean[] {false, true}) {
                measure(one, contract);
                console.out().flush();
            }
        }
        return ExitCode.DONE;
    }

    private void measure(Case one, boolean contract) {
        ResolvedSpec spec = SpecLoader.resolveJson(one.json());
        RunOptions options = new RunOptions(GrusimCommand.versionNumber(), contract, true);
        long best = Long.MAX_VALUE;
        RunResult result = Runs.simulate(spec, options, RunProgress.NONE, null);
        for (int i = 0; i < rounds; i++) {
            long started = System.nanoTime();
            result = Runs.simulate(spec, options, RunProgress.NONE, null);
            best = Math.min(best, System.nanoTime() - started);
        }
        long instructions = result.counter("device.instructions.vload");
        console.line(String.format(
                Locale.ROOT,
                "%-42s %-9s %12.2f %12.0f %10.1f",
                one.name(),
                contract ? "on" : "off",
                result.events() * 1e3 / best,
                instructions * 1e6 / best,
                (double) result.events() / instructions));
    }
}
