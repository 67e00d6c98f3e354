package grusim.cli;

import grusim.result.Replications;
import grusim.result.file.RunArchive;
import grusim.run.Replicate;
import grusim.run.ReplicationPlan;
import grusim.run.RunProgress;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One side of a comparison: a run that has been written to a directory, or a spec to run now.
 *
 * @param label {@code A} or {@code B}
 * @param place the directory or the spec's file
 * @param settings what is overridden in the spec
 * @param spec the spec, or null for a run directory
 * @param earlier the runs of the directory, or null for a spec
 */
record CompareSide(
        String label,
        Path place,
        List<String> settings,
        @Nullable ResolvedSpec spec,
        @Nullable Replications earlier) {
    /** How often specs are run if nothing else says. */
    private static final int USUAL = 5;

    private static final String SEED = "seed=";

    /**
     * Reads a side.
     *
     * @param own what is overridden in this side alone, which a run that is over refuses
     * @param all what is overridden in a spec
     */
    static CompareSide of(String label, Path place, List<String> own, List<String> all) {
        if (!Files.exists(place)) {
            throw new UserError(
                    "%s: %s does not exist; accepted: a spec or the directory of a run".formatted(label, place));
        }
        if (!Files.isDirectory(place)) {
            return new CompareSide(label, place, all, SpecLoader.load(place, all), null);
        }
        if (!own.isEmpty()) {
            throw new UserError("%s is the directory of a run, which %s cannot change; accepted: a spec"
                    .formatted(place, own.get(0)));
        }
        return new CompareSide(label, place, all, null, RunArchive.read(place));
    }

    boolean finished() {
        return earlier != null;
    }

    /** How many replications this side has, or asks for: several, unless it is told otherwise. */
    ReplicationPlan plan(RunSettings given) {
        if (spec == null) {
            return ReplicationPlan.fixed(Objects.requireNonNull(earlier).count());
        }
        ReplicationPlan plan = ReplicationPlan.of(spec.spec().run());
        return plan.most() == 1 && !given.replicates() ? ReplicationPlan.fixed(USUAL) : plan;
    }

    String name() {
        return spec != null
                ? spec.spec().name()
                : Objects.requireNonNull(earlier).first().name();
    }

    /** The resolved spec as JSON. */
    JsonNode resolved() {
        return spec != null
                ? spec.json()
                : Objects.requireNonNull(earlier).first().spec();
    }

    private long seed() {
        return spec != null
                ? spec.spec().seed()
                : Objects.requireNonNull(earlier).first().seed();
    }

    /** Whether the user chose the seed of this side. */
    private boolean seedChosen() {
        return spec != null && settings.stream().anyMatch(setting -> setting.startsWith(SEED));
    }

    /** This side with the other's seed, so that both meet the same chances, unless it is finished or a seed was chosen. */
    CompareSide withSeedOf(CompareSide other) {
        if (spec == null || seed() == other.seed() || seedChosen() || other.seedChosen()) {
            return this;
        }
        List<String> all = new ArrayList<>(settings);
        all.add(SEED + other.seed());
        return new CompareSide(label, place, all, SpecLoader.load(place, all), null);
    }

    /** The runs of the directory, or those of the spec, made now. */
    Replications replications(ReplicationPlan plan, int workers, RunSettings given, Console console) {
        if (earlier != null) {
            return earlier;
        }
        ResolvedSpec toRun = Objects.requireNonNull(spec);
        try (ProgressLine line =
                new ProgressLine(console, label + " " + toRun.spec().name(), true)) {
            RunProgress progress = given.quiet() ? RunProgress.NONE : line;
            return Replicate.run(toRun, given.options(), plan, workers, progress);
        }
    }
}
