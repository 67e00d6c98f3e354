package grusim.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads a spec: what they replace in it. */
final class SpecOptions {
    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Replace a value of the spec, such as gru.killBits=false; can be given again.")
    private @Nullable List<String> settings;

    @Option(names = "--seed", paramLabel = "N", description = "Replace the master seed.")
    private @Nullable String seed;

    /** The replacements in the order they apply. */
    List<String> settings() {
        List<String> all = new ArrayList<>();
        if (settings != null) {
            all.addAll(settings);
        }
        if (seed != null) {
            all.add("seed=" + seed);
        }
        return all;
    }
}
