package grusim.cli;

import grusim.run.Measures;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grusim bench}: how fast this host simulates and explores, on one thread, after a warm-up of each case,
 * and what large machines cost it. */
@Command(
        name = "bench",
        description =
                "Measure how fast this host simulates (steps and instructions) and explores (states), per second of wall time"
                        + " on one thread, and what machines of 1, 16 and 256 blades cost it.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Measured pairs of runs of each case, without and with the contract, and without and with statistics"
                            + " and attribution; of the speeds the fastest counts"
                            + " (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--loads",
            paramLabel = "N",
            defaultValue = "1500000",
            description = "Loads of a case that hits; a case that misses has an eighth, page faults a quarter (default:"
                    + " ${DEFAULT-VALUE}).")
    private int loads = 1_500_000;

    @Option(
            names = "--blades",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16,256",
            description = "Sizes of the machines to build with all contexts loaded (default: ${DEFAULT-VALUE}).")
    private List<Integer> blades = List.of();

    BenchCommand(Console console) {
        this.console = console;
    }

    /**
     * A workload to time: one thread.
     *
     * @param region size of the region it works on
     * @param context settings of its context, as JSON
     * @param step what it does, as JSON but for its count
     * @param counter what it counts: its instructions
     * @param divisor by how much it is shorter than a case that hits
     */
    private record Case(String name, String region, String context, String step, String counter, int divisor) {
        ResolvedSpec spec(int loads) {
            return SpecLoader.resolveJson("""
                    {"name": "bench", "machine": {"memoryPerBlade": "8 GiB"}, "run": {"data": "%s"},
                     "processes": [{"name": "p",
                     "regions": [{"name": "data", "size": "%s"}],
                     "threads": [{"name": "t", "context": {%s},
                      "program": [{%s}]}]}]}""".formatted(
                            counter.equals(LOADS) ? "functional" : "elided",
                            region,
                            context,
                            step.formatted(Math.max(1, loads / divisor))));
        }
    }

    private static final String LOADS = "device.instructions.vload";
    private static final String FAULTS = "vm.faultsMinor";
    private static final String VLOAD = "\"op\": \"vload\", \"region\": \"data\", \"count\": %d";
    private static final String UNIFORM = VLOAD + ", \"pattern\": {\"kind\": \"uniform\"}";
    private static final String TOUCH = "\"op\": \"touch\", \"region\": \"data\", \"length\": \"%d KiB\"";
    private static final List<Case> CASES = List.of(
            new Case("one-line VLOAD, TLB hits", "64 KiB", "\"cbrs\": 2", VLOAD, LOADS, 1),
            new Case("one-line VLOAD over 4 MiB, TLB hits", "4 MiB", "\"cbrs\": 2", UNIFORM, LOADS, 1),
            new Case("one-line VLOAD, 4 in flight", "64 KiB", "\"cbrs\": 4", VLOAD + ", \"inFlight\": 4", LOADS, 1),
            new Case("one-line VLOAD, TLB misses by interrupt", "64 MiB", "\"cbrs\": 2", UNIFORM, LOADS, 8),
            new Case("the same, user polling", "64 MiB", "\"cbrs\": 2, \"miss\": \"user-polling\"", UNIFORM, LOADS, 8),
            new Case("page faults, first touch by a CPU", "6 GiB", "\"cbrs\": 2", TOUCH, FAULTS, 1));

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new UserError("--rounds " + rounds + "; accepted: 1 and above");
        }
        if (loads < 1) {
            throw new UserError("--loads " + loads + "; accepted: 1 and above");
        }
        for (int size : blades) {
            if (size < 1 || size > MachineSizes.MOST_BLADES) {
                throw new UserError("--blades " + size + "; accepted: 1 .. " + MachineSizes.MOST_BLADES);
            }
        }
        console.line("%-42s %-9s %12s %12s %10s".formatted("case", "contract", "M steps/s", "k done/s", "steps/each"));
        List<RunCost> contract = new ArrayList<>();
        List<RunCost> measures = new ArrayList<>();
        for (Case one : CASES) {
            ResolvedSpec spec = one.spec(loads);
            RunCost cost = pairs(one, on -> Timed.run(spec, on, Measures.ALL));
            line(one, "off", cost.fastestOff());
            line(one, "on", cost.fastestOn());
            console.out().flush();
            contract.add(cost);
            measures.add(pairs(one, on -> Timed.run(spec, false, on ? Measures.ALL : Measures.NONE)));
        }
        costs("contract cost, of pairs of runs", contract);
        costs("statistics and attribution, of pairs", measures);
        console.line("");
        new MachineSizes(console, blades, rounds, loads).print();
        console.line("");
        new ExplorerSpeed(console, rounds).print();
        return ExitCode.DONE;
    }

    private void costs(String title, List<RunCost> costs) {
        console.line("");
        console.line("%-42s %12s %10s %10s".formatted(title, "median", "least", "most"));
        costs.forEach(cost -> console.line(cost.text()));
    }

    /** Runs a case with and without something, the one first and the other first in turn. */
    private RunCost pairs(Case one, Function<Boolean, Timed> run) {
        RunCost cost = new RunCost(one.name());
        for (int round = -1; round < rounds; round++) { // the first to warm up
            Timed[] pair = new Timed[2];
            for (int i = 0; i < 2; i++) {
                int on = (round & 1) ^ i;
                pair[on] = run.apply(on == 1);
            }
            if (round >= 0) {
                cost.add(pair[0], pair[1]);
            }
        }
        return cost;
    }

    private void line(Case one, String contract, Timed run) {
        long instructions = run.result().counter(one.counter());
        console.line(String.format(
                Locale.ROOT,
                "%-42s %-9s %12.2f %12.0f %10.1f",
                one.name(),
                contract,
                run.result().events() * 1e3 / run.wallNanos(),
                instructions * 1e6 / run.wallNanos(),
                (double) run.result().events() / instructions));
    }
}
