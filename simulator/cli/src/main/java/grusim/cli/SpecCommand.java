package grusim.cli;

import grusim.workload.load.Origin;
import grusim.workload.load.PrettyJson;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import grusim.workload.load.SpecSchema;
import grusim.workload.trace.TraceMappings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code grusim spec}: checks specs, completes them, and prints the schema they follow. */
@Command(
        name = "spec",
        description = "Check and complete specs; print their JSON Schema.",
        synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class SpecCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    SpecCommand(Console console) {
        this.console = console;
    }

    /** Says which commands there are when none was named. */
    @Override
    public void run() {
        throw Faults.noCommand(spec);
    }

    @Command(
            name = "lint",
            description = "Check specs and the traces they name; print ok, or the first error with what is accepted.")
    int lint(
            @Mixin SpecOptions options,
            @Parameters(paramLabel = "SPEC", arity = "1..*", description = "Spec files.") List<Path> files) {
        for (Path file : files) {
            ResolvedSpec resolved = SpecLoader.load(file, options.settings());
            for (Path trace : resolved.traces()) {
                TraceMappings.scan(trace, -1);
            }
            console.line(file + ": ok");
        }
        return ExitCode.DONE;
    }

    @Command(name = "resolve", description = "Print the whole spec, every default filled in, as JSON.")
    int resolve(
            @Mixin SpecOptions options,
            @Option(
                            names = "--origins",
                            description =
                                    "Print {\"spec\": .., \"origins\": ..}: for each value where it comes from and"
                                            + " the source of defaults.")
                    boolean origins,
            @Parameters(paramLabel = "SPEC", description = "Spec file.") Path file) {
        ResolvedSpec resolved = SpecLoader.load(file, options.settings());
        console.out().append(PrettyJson.write(origins ? withOrigins(resolved) : resolved.json()));
        return ExitCode.DONE;
    }

    private static ObjectNode withOrigins(ResolvedSpec resolved) {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.set("spec", resolved.json());
        ObjectNode origins = both.putObject("origins");
        for (Map.Entry<String, Origin> entry : resolved.origins().entrySet()) {
            origins.putObject(entry.getKey())
                    .put("origin", entry.getValue().origin())
                    .put("source", entry.getValue().source());
        }
        return both;
    }

    @Command(name = "schema", description = "Print the JSON Schema of a spec.")
    int schema() {
        console.out().append(PrettyJson.write(SpecSchema.json()));
        return ExitCode.DONE;
    }
}
