package grusim.cli;

import grusim.result.calibration.CalibrationDocument;
import grusim.result.calibration.CalibrationJson;
import grusim.result.calibration.CalibrationTable;
import grusim.result.calibration.TargetOutcome;
import grusim.run.RunProgress;
import grusim.run.calibration.Calibration;
import grusim.workload.calibration.CalibrationData;
import grusim.workload.calibration.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grusim calibrate}: holds the simulator against published figures. */
@Command(
        name = "calibrate",
        description = "Simulate what was published about the machines, and compare.",
        footer = {
            "",
            "Each target is simulated as workloads/calibration says, then once more under each of its controls, changes"
                    + " of the model that must make it fail. A basis of \"fitted\" says that a parameter was chosen so"
                    + " that the figure comes out, \"input\" that it is one of the profile's parameters; \"prediction\""
                    + " that nothing was chosen with regard to it.",
            "Exit codes: 0 every hard target passed and every control spoiled its target; 2 bad usage or input;"
                    + " 3 a hard target failed, or passed under a control."
        })
final class CalibrateCommand implements Callable<Integer> {
    /** Where targets are looked for unless told otherwise. */
    private static final Path TARGETS = Path.of("workloads", "calibration");

    /** The property in which the launcher says where it stands. */
    private static final String HOME = "grusim.home";

    private final Console console;

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            description = "Targets to do, e.g. C08,C14 (default: all).")
    private List<String> only = List.of();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Targets at the same time (default: one per processor).")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--replications",
            paramLabel = "N",
            description = "Run each trial N times with other random numbers, and give intervals (default: 1, without).")
    private int replications = 1;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory of targets, profiles and specs (default: ${DEFAULT-VALUE}).")
    private Path directory = targets();

    @Option(
            names = "--sensitivity",
            description = "Then halve and double every assumed value, and print what the headline figures owe to each.")
    private boolean sensitivity;

    @Option(
            names = "--document",
            paramLabel = "FILE",
            description = "Write everything as Markdown, sensitivity included; not with --only.")
    private @Nullable Path document;

    @Option(
            names = "--status",
            paramLabel = "FILE",
            description = "Write the verdicts in short as JSON, for reports to quote; not with --only.")
    private @Nullable Path status;

    /** Below the current directory, or else below the launcher's. */
    private static Path targets() {
        return Files.isDirectory(TARGETS)
                ? TARGETS
                : Path.of(System.getProperty(HOME, "")).resolve(TARGETS);
    }

    CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!only.isEmpty() && (document != null || status != null)) {
            throw new UserError("--only: with --document or --status; accepted: these with all targets");
        }
        if (replications < 1) {
            throw new UserError("--replications " + replications + "; accepted: 1 and above");
        }
        CalibrationData data = CalibrationData.read(directory);
        List<Target> chosen = chosen(data.targets());
        Calibration calibration = new Calibration(data, replications);
        CalibrationTable table = new CalibrationTable(Console.outputToTerminal(), replications);
        List<TargetOutcome> outcomes = new ArrayList<>();
        if (!json) {
            console.line(table.header());
        }
        int exitCode = OrderlyStop.during(
                console,
                () -> Workers.inOrder(
                        workers,
                        chosen,
                        target -> calibration.compare(target, Workers.stoppable(RunProgress.NONE)),
                        outcome -> {
                            outcomes.add(outcome);
                            if (!json) {
                                console.line(table.lines(outcome));
                                console.flush();
                            }
                            return outcome.good() ? ExitCode.DONE : ExitCode.VIOLATED;
                        }));
        if (json) {
            console.out().append(CalibrationJson.of(outcomes));
        } else {
            console.line("\n" + table.summary(outcomes));
        }
        OrderlyStop.during(console, () -> write(new CalibrationWriter(data, replications, workers), outcomes));
        return exitCode;
    }

    private int write(CalibrationWriter writer, List<TargetOutcome> outcomes) throws IOException {
        if (status != null) {
            Files.writeString(status, CalibrationDocument.status(outcomes));
        }
        if (document != null) {
            Files.writeString(document, writer.document(outcomes));
        } else if (sensitivity) {
            console.line("\n" + writer.assumptions());
        }
        return ExitCode.DONE;
    }

    private List<Target> chosen(List<Target> all) {
        List<String> known = all.stream().map(Target::id).toList();
        for (String id : only) {
            if (!known.contains(id)) {
                throw new UserError("--only " + id + "; accepted: " + String.join(", ", known));
            }
        }
        return only.isEmpty()
                ? all
                : all.stream().filter(target -> only.contains(target.id())).toList();
    }
}
