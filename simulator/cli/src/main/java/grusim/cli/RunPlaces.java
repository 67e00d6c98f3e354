package grusim.cli;

import grusim.result.file.RunDirectory;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import grusim.workload.trace.TraceMappings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where runs write.
 *
 * @param out the directory that was asked for, of one run or of several; or null for the default
 */
record RunPlaces(@Nullable Path out) {
    /** Where results go unless told otherwise. */
    static final Path DEFAULT = Path.of("results", "runs");

    /** The specs by the directory each writes to. Of several, each is proven before the first is simulated. */
    Map<Path, ResolvedSpec> of(List<Path> files, List<String> overrides) throws IOException {
        SpecFiles specs = SpecFiles.in(files);
        Map<Path, ResolvedSpec> runs = new LinkedHashMap<>();
        Map<Path, Path> writers = new LinkedHashMap<>();
        for (Path file : specs.files()) {
            ResolvedSpec spec = SpecLoader.load(file, overrides);
            Path place = place(spec.spec().name(), specs.several());
            Path other = writers.putIfAbsent(place, file);
            if (other != null) {
                throw new UserError("%s and %s are both named \"%s\" and would both write %s; accepted: distinct names"
                        .formatted(other, file, spec.spec().name(), place));
            }
            runs.put(place, spec);
        }
        if (runs.size() > 1) {
            runs.forEach((place, spec) -> {
                spec.traces().forEach(trace -> TraceMappings.scan(trace, -1));
                RunDirectory.open(place).close();
            });
        }
        return runs;
    }

    private Path place(String name, boolean several) {
        if (out == null) {
            return DEFAULT.resolve(name);
        }
        return several ? out.resolve(name) : out;
    }
}
