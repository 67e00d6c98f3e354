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

    @Option(
            names = "--loads",
            paramLabel = "N",
            defaultValue = "1500000",
            description = "Loads of a case that hits; a case that misses has an eighth (default: ${DEFAULT-VALUE}).")
    private int loads = 1_500_000;

    BenchCommand(Console console) {
        this.console = console;
    }

    /**
     * A workload to time: one thread of loads.
     *
     * @param region size of the region it loads from
     * @param context settings of its context, as JSON
     * @param load further settings of the load, as JSON
     * @param divisor by how much it is shorter than a case that hits
     */
    private record Case(String name, String region, String context, String load, int divisor) {
        ResolvedSpec spec(int loads) {
            return SpecLoader.resolveJson("""
                    {"name": "bench", "processes": [{"name": "p",
                     "regions": [{"name": "data", "size": "%s"}],
                     "threads": [{"name": "t", "context": {%s},
                      "program": [{"op": "vload", "region": "data", "count": %d%s}]}]}]}""".formatted(region, context, Math.max(1, loads / divisor), load));
        }
    }

    private static final String UNIFORM = ", \"pattern\": {\"kind\": \"uniform\"}";
    private static final List<Case> CASES = List.of(
            new Case("one-line VLOAD, TLB hits", "64 KiB", "\"cbrs\": 2", "", 1),
            new Case("the same, 4 in flight", "64 KiB", "\"cbrs\": 4", ", \"inFlight\": 4", 1),
            new Case("one-line VLOAD, TLB misses by interrupt", "64 MiB", "\"cbrs\": 2", UNIFORM, 8),
            new Case("the same, user polling", "64 MiB", "\"cbrs\": 2, \"miss\": \"user-polling\"", UNIFORM, 8));

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new UserError("--rounds " + rounds + "; accepted: 1 and above");
        }
        if (loads < 1) {
            throw new UserError("--loads " + loads + "; accepted: 1 and above");
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
        ResolvedSpec spec = one.spec(loads);
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
