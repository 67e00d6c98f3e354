package grusim.cli;

import grusim.result.RunResult;
import grusim.result.text.Quantity;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.run.Runs;
import grusim.run.SelfTests;
import grusim.workload.Spec;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code grusim selftest}: the tests the driver does on itself, and the public client programs. */
@Command(
        name = "selftest",
        description =
                "Do the driver's four tests of itself on simulated chiplets, then run the four public client programs.",
        footer = {
            "",
            "The machine of the driver's tests has 2 blades, unless --set machine.blades says otherwise. --set applies to"
                    + " the client programs too, where their own machine allows it.",
            "Exit codes: 0 all passed; 2 bad usage or input; 3 a test failed."
        })
final class SelftestCommand implements Callable<Integer> {
    private static final String MACHINE = "{\"name\": \"selftest\", \"machine\": {\"blades\": 2}}";

    /** The client programs, and what makes the long one short. */
    private static final Map<String, List<String>> SHORT = Map.of(
            "bcopy-2gib-4-threads",
            List.of("processes.copy.regions.source.size=\"64 MiB\"", "processes.copy.regions.target.size=\"64 MiB\""));

    private static final List<String> CLIENTS =
            List.of("bcopy-4mib", "bcopy-2gib-4-threads", "increment-50-threads", "increment-once");

    private final Console console;
    private int passed;
    private int failed;

    @Option(
            names = "--chiplets",
            paramLabel = "N",
            split = ",",
            description = "Chiplets to test, counted through the machine, e.g. 0,3 (default: all of them).")
    private @Nullable List<Integer> chiplets;

    @Option(names = "--full", description = "Run the 2 GiB copy in full; without it, 64 MiB of it.")
    private boolean full;

    @Mixin
    private SpecOptions options = new SpecOptions();

    SelftestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Spec machine = SpecLoader.resolveJson(MACHINE, options.settings().toArray(String[]::new))
                .spec();
        List<Integer> tested = tested(SelfTests.chiplets(machine));
        List<ResolvedSpec> clients = clients();
        long started = System.nanoTime();
        for (int chiplet : tested) {
            console.line("chiplet " + chiplet);
            SelfTests.test(machine, chiplet).forEach(this::tell);
        }
        console.line("client programs");
        clients.forEach(client -> tell(run(client)));
        console.line("%d tests, %d passed, %d failed, %d ms"
                .formatted(passed + failed, passed, failed, (System.nanoTime() - started) / 1_000_000));
        return failed == 0 ? ExitCode.DONE : ExitCode.VIOLATED;
    }

    private List<Integer> tested(int all) {
        if (chiplets == null) {
            return IntStream.range(0, all).boxed().toList();
        }
        for (int chiplet : chiplets) {
            if (chiplet < 0 || chiplet >= all) {
                throw new UserError("--chiplets %d; accepted: 0 .. %d (machine.blades, machine.chipletsPerBlade)"
                        .formatted(chiplet, all - 1));
            }
        }
        return List.copyOf(new TreeSet<>(chiplets));
    }

    private List<ResolvedSpec> clients() {
        List<ResolvedSpec> clients = new ArrayList<>();
        for (String name : CLIENTS) {
            List<String> settings = new ArrayList<>(full ? List.of() : SHORT.getOrDefault(name, List.of()));
            settings.addAll(options.settings());
            clients.add(SpecLoader.client(name, settings));
        }
        return clients;
    }

    private static SelfTests.Outcome run(ResolvedSpec client) {
        String name = client.spec().name();
        RunOptions standard = RunOptions.standard(GrusimCommand.versionNumber());
        RunResult result = Runs.simulate(client, standard, Workers.stoppable(RunProgress.NONE), null);
        List<String> wrong = new ArrayList<>(result.dataChecks().texts());
        wrong.addAll(result.contract().texts());
        return new SelfTests.Outcome(name, wrong.isEmpty() ? "" : wrong.get(0), result.simulatedPs());
    }

    private void tell(SelfTests.Outcome outcome) {
        if (outcome.passed()) {
            passed++;
        } else {
            failed++;
        }
        console.line("  %s  %-52s %12s"
                .formatted(outcome.passed() ? "PASS" : "FAIL", outcome.name(), Quantity.time(outcome.tookPs())));
        if (!outcome.passed()) {
            console.line("        " + outcome.failure());
        }
        console.out().flush();
    }
}
