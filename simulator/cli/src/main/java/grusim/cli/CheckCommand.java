package grusim.cli;

import grusim.explore.Progress;
import grusim.result.file.CheckJson;
import grusim.result.file.RunDirectory;
import grusim.result.proof.CheckResult;
import grusim.result.proof.Counterexample;
import grusim.result.proof.Detail;
import grusim.result.proof.LanesText;
import grusim.result.proof.ProofPage;
import grusim.result.proof.TimelineSvg;
import grusim.run.check.Check;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code grusim check}: proves a scenario safe, or shows how it breaks. */
@Command(
        name = "check",
        description = "Explore every interleaving of a scenario: prove that the contract holds, or show how it breaks.",
        footer = {
            "",
            "SPEC is a spec with a scenario, such as those in workloads/checks. The verdict, and a counterexample if"
                    + " there is one, go to results/checks/NAME under the current directory, NAME being the spec's.",
            "With --all: every file's claims are compared with the verdicts found, for each setting and memory model.",
            "Exit codes: 0 safe: every reachable state was visited (with --all: all as claimed); 1 fault of grusim;"
                    + " 2 bad usage or input; 3 violated (with --all: a verdict is not the one claimed); 4 safe only"
                    + " within the bounds."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class CheckCommand implements Callable<Integer> {
    /** Where verdicts go unless told otherwise. */
    static final Path DEFAULT_PLACE = Path.of("results", "checks");

    /** Where scenarios are looked for unless told otherwise. */
    private static final Path SCENARIOS = Path.of("workloads", "checks");

    private final Console console;

    @picocli.CommandLine.Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SPEC",
            arity = "0..*",
            description = "The spec file; with --all, files and directories (default: workloads/checks).")
    private List<Path> places = List.of();

    @Option(names = "--all", description = "Check everything that the files claim, and compare.")
    private boolean all;

    @Option(
            names = "--replay",
            paramLabel = "TOKEN",
            description = "Play the schedule of a counterexample again, step by step.")
    private @Nullable String token;

    @Option(
            names = "--timed",
            description = "With --replay: lay the schedule out in simulated time, by what each step costs.")
    private boolean timed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write; with --all, the directory of the checks' directories (default: nowhere).")
    private @Nullable Path out;

    @Mixin
    private CheckSettings settings = new CheckSettings();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (timed && token == null) {
            throw new ParameterException(
                    spec.commandLine(), "--timed: without --replay; accepted: --replay TOKEN --timed");
        }
        if (all) {
            if (token != null) {
                throw new ParameterException(spec.commandLine(), "--replay: with --all; accepted: with one spec");
            }
            List<Path> checked = places.isEmpty() ? List.of(SCENARIOS) : places;
            return new CheckAll(console, settings, out).run(checked);
        }
        if (places.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    places.size() + " specs; accepted: one spec, or --all with files or directories");
        }
        Path file = places.get(0);
        Spec loaded = SpecLoader.load(file, settings.overrides(List.of())).spec();
        Check check = new Check(
                loaded, settings.set(), settings.command(file.toString()), settings.options(settings.workers()));
        if (token != null) {
            return new CheckReplay(console, settings).play(check, token, timed);
        }
        Path place = out == null ? DEFAULT_PLACE.resolve(loaded.name()) : out;
        return OrderlyStop.during(console, () -> explore(check, loaded.name(), place));
    }

    private int explore(Check check, String name, Path place) {
        try (RunDirectory directory = RunDirectory.ofCheck(place)) {
            long started = System.nanoTime();
            CheckResult result;
            try (ProgressLine line = new ProgressLine(console, name, true)) {
                result = check.run(settings.quiet() ? Progress.SILENT : line);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (!interrupted) {
                write(result, directory);
                directory.commit();
            }
            if (settings.json()) {
                console.out().append(CheckJson.print(result));
            } else if (!settings.quiet()) {
                console.line(CheckText.verdict(result, settings.full(), Console.columns(), Console.outputToTerminal()));
                console.line(CheckText.figures(result, seconds));
                if (!interrupted) {
                    console.line("Files: " + directory.place());
                }
            }
            console.flush();
            if (interrupted) {
                throw new UserError("interrupted");
            }
            return exitCode(result);
        }
    }

    /** Stages the verdict and, if there is one, the counterexample in every form. */
    static void write(CheckResult result, RunDirectory directory) {
        directory.write("verdict.json", CheckJson.print(result));
        Counterexample counterexample = result.counterexample();
        if (counterexample != null) {
            directory.write(
                    "counterexample.txt",
                    LanesText.render(counterexample, CheckText.FILE_COLUMNS, Detail.STORY, false));
            directory.write("counterexample.svg", TimelineSvg.render(counterexample, Detail.STORY));
            directory.write("counterexample.html", ProofPage.render(counterexample));
        }
    }

    /** The exit code that a verdict stands for. */
    static int exitCode(CheckResult result) {
        return switch (result.verdict()) {
            case SAFE -> ExitCode.DONE;
            case VIOLATED -> ExitCode.VIOLATED;
            case WITHIN_BOUNDS, INTERRUPTED -> ExitCode.BOUNDED;
        };
    }
}
