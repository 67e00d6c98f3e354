package grusim.workload.load;

import grusim.workload.Knob;
import grusim.workload.ProgramStep;
import grusim.workload.Spec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A complete spec, with where each of its values comes from and where its files are looked for. */
public final class ResolvedSpec {
    private final Spec spec;
    private final Map<String, Origin> origins;
    private final Path directory;

    ResolvedSpec(Spec spec, Map<String, Origin> origins, Path directory) {
        this.spec = spec;
        this.origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
        this.directory = directory;
    }

    /** The spec. */
    public Spec spec() {
        return spec;
    }

    /** The same spec with another master seed, which is said to come from {@code origin}. */
    public ResolvedSpec withSeed(long seed, String origin) {
        Map<String, Origin> others = new LinkedHashMap<>(origins);
        others.put("seed", new Origin(origin, Knob.CHOICE));
        return new ResolvedSpec(spec.withSeed(seed), others, directory);
    }

    /** The whole spec as JSON, every key given; reads back as an equal spec. */
    public ObjectNode json() {
        return SpecJson.write(spec);
    }

    /** The origin of each single value by its JSON path, in the order of {@link #json}. */
    public Map<String, Origin> origins() {
        return origins;
    }

    /** The trace files the programs replay, in order. */
    public List<Path> traces() {
        return spec.processes().stream()
                .flatMap(process -> process.threads().stream())
                .flatMap(thread -> traces(thread.program()))
                .map(trace -> file(trace.file()))
                .toList();
    }

    private static Stream<ProgramStep.Trace> traces(List<ProgramStep> steps) {
        return steps.stream()
                .flatMap(step -> step instanceof ProgramStep.Repeat repeat
                        ? traces(repeat.body())
                        : step instanceof ProgramStep.Trace trace ? Stream.of(trace) : Stream.empty());
    }

    /** The place of a file that the spec names. */
    public Path file(String name) {
        return directory.resolve(name).normalize();
    }
}
