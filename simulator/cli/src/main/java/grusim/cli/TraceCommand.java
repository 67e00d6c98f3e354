package grusim.cli;

import grusim.result.file.OutputException;
import grusim.result.trace.PerfettoTrace;
import grusim.result.trace.TextEvents;
import grusim.result.trace.TraceSink;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.run.TracedRun;
import grusim.run.trace.TraceScope;
import grusim.run.trace.TrackKind;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grusim trace}: simulates a spec and writes what happened, when and where, for a viewer or for grep. */
@Command(
        name = "trace",
        description =
                "Simulate a spec and write a trace: what every CPU, context, control block, TLB handle and lock does"
                        + " over time, with arrows from a miss to its restart and from an invalidate to what it kills.",
        footer = {
            "",
            "Open a Perfetto trace at https://ui.perfetto.dev; its times are rounded down to nanoseconds. The text"
                    + " format has one line for each event, to the picosecond; sort -sn puts the lines into the order of"
                    + " time.",
            "A window ends the simulation; keep it short (10us..200us), as a trace has about two events for each step.",
            "Exit codes: 0 done; 1 fault of grusim; 2 bad usage or input, nothing written."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class TraceCommand implements Callable<Integer> {
    /** Formats of a trace, with the ends of their files' names. */
    private enum Format {
        PERFETTO(".perfetto-trace"),
        TEXT(".trace.txt");

        final String suffix;

        Format(String suffix) {
            this.suffix = suffix;
        }
    }

    private static final Path STANDARD_OUTPUT = Path.of("-");

    private final Console console;

    @Parameters(paramLabel = "SPEC", description = "The spec file.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Where to write (default: NAME.perfetto-trace or NAME.trace.txt in the current directory, NAME"
                            + " being the spec's); - for a text on standard output.")
    private @Nullable Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "perfetto",
            description = "perfetto or text (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Mixin
    private TraceWindow.Asked window = new TraceWindow.Asked();

    @Option(
            names = "--tracks",
            paramLabel = "KIND",
            split = ",",
            description = "Kinds of tracks: cpu, context, cch, cbr, tfh, tgh, lock, counter (default: all).")
    private List<String> tracks = new ArrayList<>();

    @Option(
            names = "--process",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only what belongs to these processes of the spec: their CPUs and locks, contexts, instructions and"
                            + " misses (default: all).")
    private List<String> processes = new ArrayList<>();

    @Option(
            names = "--chiplet",
            paramLabel = "N",
            split = ",",
            description =
                    "Of the chiplets' tracks only those of these chiplets, counted through the machine (default: all).")
    private List<Integer> chiplets = new ArrayList<>();

    @Mixin
    private SpecOptions options = new SpecOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress and no summary.")
    private boolean quiet;

    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TraceWindow shown = window.window();
        TraceScope scope = new TraceScope(
                shown.fromPs(), shown.toPs(), kinds(), new TreeSet<>(processes), new TreeSet<>(chiplets));
        ResolvedSpec spec = SpecLoader.load(file, options.settings());
        if (STANDARD_OUTPUT.equals(out)) {
            if (format != Format.TEXT) {
                throw new UserError("--out - with --format perfetto; accepted: --format text, or a file");
            }
            return OrderlyStop.during(console, () -> print(spec, scope));
        }
        Path place = out == null ? Path.of(spec.spec().name() + format.suffix) : out;
        return OrderlyStop.during(console, () -> write(spec, scope, place));
    }

    private Set<TrackKind> kinds() {
        if (tracks.isEmpty()) {
            return EnumSet.allOf(TrackKind.class);
        }
        Set<TrackKind> kinds = EnumSet.noneOf(TrackKind.class);
        for (String name : tracks) {
            int at = TrackKind.keys().indexOf(name.toLowerCase(Locale.ROOT));
            if (at < 0) {
                throw new UserError("--tracks " + name + "; accepted: " + String.join(", ", TrackKind.keys()));
            }
            kinds.add(TrackKind.values()[at]);
        }
        return kinds;
    }

    private int print(ResolvedSpec spec, TraceScope scope) {
        try (TextEvents sink = new TextEvents(console.out())) {
            simulate(spec, scope, sink);
        }
        return ExitCode.DONE;
    }

    /** Writes under another name in the same directory and moves the whole file into place. */
    private int write(ResolvedSpec spec, TraceScope scope, Path place) throws IOException {
        Path whole = place.toAbsolutePath().normalize();
        if (Files.isDirectory(whole)) {
            throw new UserError("--out " + place + ": is a directory; accepted: a file");
        }
        Path unfinished = unfinished(whole);
        try {
            TracedRun run;
            long events;
            try (TraceSink sink = format == Format.TEXT ? new TextEvents(unfinished) : new PerfettoTrace(unfinished)) {
                run = simulate(spec, scope, sink);
                events = sink.events();
            }
            Files.move(unfinished, whole, StandardCopyOption.REPLACE_EXISTING);
            if (!quiet) {
                summary(run, scope, events, whole);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return ExitCode.DONE;
    }

    private static Path unfinished(Path whole) {
        Path unfinished = whole.resolveSibling(".unfinished-" + whole.getFileName());
        try {
            Files.deleteIfExists(unfinished);
            return Files.createFile(unfinished);
        } catch (IOException e) {
            throw new OutputException(whole, e);
        }
    }

    private TracedRun simulate(ResolvedSpec spec, TraceScope scope, TraceSink sink) {
        try (ProgressLine line = new ProgressLine(console, spec.spec().name(), true)) {
            RunProgress progress = Workers.stoppable(quiet ? RunProgress.NONE : line);
            return TracedRun.of(spec, RunOptions.standard(GrusimCommand.versionNumber()), scope, sink, progress);
        }
    }

    private void summary(TracedRun run, TraceScope scope, long events, Path whole) throws IOException {
        console.line(String.format(
                Locale.ROOT,
                "Simulated %.3f us in %,d steps; %,d events, %,d KiB.",
                run.simulatedPs() / 1e6,
                run.steps(),
                events,
                (Files.size(whole) + 1023) / 1024));
        if (run.simulatedPs() < scope.fromPs()) {
            console.line("The run ends before the window begins: nothing was traced.");
        }
        console.line("File: " + whole + (format == Format.PERFETTO ? "  (open it at https://ui.perfetto.dev)" : ""));
        console.flush();
    }
}
