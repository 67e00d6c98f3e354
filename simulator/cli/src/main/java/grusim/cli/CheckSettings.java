package grusim.cli;

import grusim.explore.Bounds;
import grusim.run.check.CheckOptions;
import grusim.workload.KernelSpec.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code grusim check} that say what is checked and how. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class CheckSettings {
    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value of the spec, e.g. gru.killBits=false; may be given several times.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--memory-model",
            paramLabel = "MODEL",
            description = "Memory model: sc, tso or relaxed (default: the spec's).")
    private @Nullable String memoryModel;

    @Option(
            names = "--bounds",
            paramLabel = "BOUNDS",
            description = "Explore no further than this: states=N,depth=N,preemptions=N,time=30s, one or more of them.")
    private @Nullable String bounds;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that explore; verdict and counterexample do not depend on it (default: 1).")
    private int workers;

    @Option(
            names = "--no-reduction",
            description = "Follow every order of steps, even those that make no difference; the verdict is the same.")
    private boolean noReduction;

    @Option(names = "--json", description = "Print the verdict as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress and no verdict: the exit code tells it.")
    private boolean quiet;

    @Option(
            names = "--full",
            description = "Show every step of a counterexample, also those that touch nothing shared.")
    private boolean full;

    /** What the user set, besides the memory model. */
    List<String> set() {
        return set;
    }

    /** The overrides to load a spec with, the memory model last; {@code own} are those of the check itself. */
    List<String> overrides(List<String> own) {
        List<String> all = new ArrayList<>(own);
        all.addAll(set);
        if (memoryModel != null) {
            all.add("kernel.memoryModel=" + model(memoryModel));
        }
        return all;
    }

    /** The memory model asked for, or null. */
    @Nullable
    String memoryModel() {
        return memoryModel == null ? null : model(memoryModel);
    }

    private static String model(String word) {
        for (MemoryModel model : MemoryModel.values()) {
            if (model.name().toLowerCase(Locale.ROOT).equals(word)) {
                return word;
            }
        }
        throw new UserError("--memory-model " + word + ": unknown; accepted: sc, tso, relaxed");
    }

    /** How to explore, with so many threads. */
    CheckOptions options(int threads) {
        Bounds limits = bounds == null ? Bounds.NONE : BoundsOption.parse(bounds);
        return new CheckOptions(limits, threads, !noReduction);
    }

    int workers() {
        if (workers < 1) {
            throw new UserError("--workers " + workers + "; accepted: 1 and above");
        }
        return workers;
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    boolean full() {
        return full;
    }

    /** The command line that checks the same of a spec again. */
    String command(String file) {
        return command(file, List.of(), memoryModel);
    }

    /** As {@link #command(String)}, with more settings and under a memory model of the check's own. */
    String command(String file, List<String> own, @Nullable String model) {
        StringBuilder command = new StringBuilder("grusim check ").append(quoted(file));
        List<String> all = new ArrayList<>(own);
        all.addAll(set);
        all.forEach(setting -> command.append(" --set ").append(quoted(setting)));
        if (model != null) {
            command.append(" --memory-model ").append(model);
        }
        return command.toString();
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
