package grusim.cli;

import grusim.result.RunResult;
import grusim.result.file.RunArchive;
import grusim.run.Lockstep;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code grusim verify}: plays two runs in lockstep and shows the first step in which they differ. */
@Command(
        name = "verify",
        description =
                "Play two runs in lockstep and show the first step in which they differ, with the steps around it.",
        footer = {
            "",
            "Steps are compared by time, agent, routine and step. A run directory is played again from the spec in it, and its"
                    + " event hash is checked.",
            "Exit codes: 0 equal to the last step; 1 fault of grusim; 2 bad usage or input; 3 different."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_LINES = 1000;
    private static final int MOST_SETTINGS = 12;

    private final Console console;

    @Mixin
    private TwoSides sides = new TwoSides();

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "6",
            description = "Steps to show before and after the first that differs (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    VerifyCommand(Console console) {
        this.console = console;
    }

    /** One side: what to play, and the event hash it had if it was a run's directory and no value was overridden. */
    private record Side(
            Path place, ResolvedSpec spec, @Nullable String eventHash) {}

    @Override
    public Integer call() throws IOException {
        if (lines < 0 || lines > MOST_LINES) {
            throw new UserError("--lines %d; accepted: 0..%d".formatted(lines, MOST_LINES));
        }
        Side a = side(sides.placeA(), sides.settingsA());
        Side b = side(sides.placeB(), sides.settingsB());
        return OrderlyStop.during(console, () -> verify(a, b));
    }

    private static Side side(Path place, List<String> settings) {
        if (!Files.exists(place)) {
            throw new UserError("%s does not exist; accepted: a spec or the directory of a run".formatted(place));
        }
        if (!Files.isDirectory(place)) {
            return new Side(place, SpecLoader.load(place, settings), null);
        }
        RunResult result = RunArchive.read(place).first();
        ResolvedSpec spec = SpecLoader.resolveJson(result.spec().toString(), settings.toArray(String[]::new));
        return new Side(place, spec, settings.isEmpty() ? result.eventHash() : null);
    }

    private int verify(Side a, Side b) {
        Lockstep.Outcome outcome;
        try (ProgressLine line = new ProgressLine(console, "verify", true)) {
            RunProgress progress = Workers.stoppable(quiet ? RunProgress.NONE : line);
            RunOptions options = new RunOptions(GrusimCommand.versionNumber(), false, true);
            outcome = new Lockstep(a.spec, b.spec, options, lines, progress).play();
        }
        boolean repeated = true;
        if (outcome.equal()) {
            boolean repeatedA = repeats("A", a, outcome.eventHashA());
            boolean repeatedB = repeats("B", b, outcome.eventHashB());
            repeated = repeatedA && repeatedB;
        }
        if (!quiet) {
            print(a, b, outcome);
        }
        return outcome.equal() && repeated ? ExitCode.DONE : ExitCode.VIOLATED;
    }

    /** Whether a run's directory tells of the run that was played; says so if not. */
    private boolean repeats(String name, Side side, long eventHash) {
        String played = String.format(Locale.ROOT, "%016x", eventHash);
        boolean repeated = side.eventHash == null || side.eventHash.equals(played);
        if (!repeated) {
            console.err()
                    .println(
                            "grusim: %s: the run in %s had event hash %s, played again it has %s: another grusim made it"
                                    .formatted(name, side.place, side.eventHash, played));
        }
        return repeated;
    }

    private void print(Side a, Side b, Lockstep.Outcome outcome) {
        console.line("A: %s (%s, seed %d)"
                .formatted(a.place, a.spec.spec().name(), a.spec.spec().seed()));
        console.line("B: %s (%s, seed %d)"
                .formatted(b.place, b.spec.spec().name(), b.spec.spec().seed()));
        settings(a.spec.json(), b.spec.json());
        if (outcome.equal()) {
            console.line(String.format(Locale.ROOT, "Equal: all %,d steps are the same.", outcome.steps()));
        } else {
            console.line(
                    outcome.steps() == 1
                            ? "Different: the first step is the same, then:"
                            : String.format(
                                    Locale.ROOT,
                                    "Different: the first %,d steps are the same, then:",
                                    outcome.steps()));
            steps(outcome);
        }
        console.flush();
    }

    private void steps(Lockstep.Outcome outcome) {
        List<Lockstep.Step> of = outcome.first();
        List<Lockstep.Step> with = outcome.second();
        console.line(String.format(
                Locale.ROOT, "  %10s %16s  %-16s %-32s %s", "step", "time ns", "agent", "routine", "step"));
        of.stream().filter(step -> step.number() <= outcome.steps()).forEach(step -> step(' ', step));
        side('A', of, outcome.steps());
        side('B', with, outcome.steps());
    }

    private void side(char name, List<Lockstep.Step> steps, long same) {
        List<Lockstep.Step> own =
                steps.stream().filter(step -> step.number() > same).toList();
        own.forEach(step -> step(name, step));
        if (own.isEmpty()) {
            console.line(name + "  has ended");
        }
    }

    private void step(char name, Lockstep.Step step) {
        console.line(String.format(
                Locale.ROOT,
                "%c %10d %12d.%03d  %-16s %-32s %s",
                name,
                step.number(),
                step.atPs() / 1000,
                step.atPs() % 1000,
                step.agent(),
                step.routine(),
                step.step()));
    }

    /** Names the settings in which the sides differ. */
    private void settings(JsonNode a, JsonNode b) {
        List<String> differing = new ArrayList<>();
        differ("", a, b, differing);
        differing.stream().limit(MOST_SETTINGS).forEach(console::line);
        if (differing.size() > MOST_SETTINGS) {
            console.line("  and " + (differing.size() - MOST_SETTINGS) + " more settings");
        }
    }

    private static void differ(String path, JsonNode a, JsonNode b, List<String> into) {
        if (a.equals(b)) {
            return;
        }
        if (a.isObject() && b.isObject()) {
            Set<String> keys = new TreeSet<>(a.propertyNames());
            keys.addAll(b.propertyNames());
            keys.forEach(key -> differ(path.isEmpty() ? key : path + "." + key, a.path(key), b.path(key), into));
        } else {
            into.add("  " + path + ": A " + text(a) + ", B " + text(b));
        }
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "has none" : value.isContainer() ? "has another one" : value.asString();
    }
}
