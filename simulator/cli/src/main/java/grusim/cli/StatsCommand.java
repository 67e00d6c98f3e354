package grusim.cli;

import grusim.result.Dictionary;
import grusim.result.file.DictionaryFile;
import grusim.result.text.DictionaryTable;
import grusim.run.StatCatalog;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grusim stats}: what the figures of results mean, from their declarations. */
@Command(
        name = "stats",
        description = "Print what the figures of results mean: name, unit, meaning and source.",
        footer = {
            "",
            "A * in a name stands for what a run decides, such as the kind of an instruction or of a lock. Each run's"
                    + " stats.csv has the entries of what it measured.",
            "Exit codes: 0 done; 1 fault of grusim; 2 bad usage, or no such figure."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class StatsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Only entries in which the text occurs, * standing for any text, e.g. dropin or"
                    + " counters.lock.*.wait.")
    private @Nullable String pattern;

    /** At most one format. */
    static final class Format {
        @Option(names = "--json", description = "Print a JSON array.")
        private boolean json;

        @Option(names = "--csv", description = "Print CSV.")
        private boolean csv;

        @Option(names = "--md", description = "Print a Markdown table.")
        private boolean markdown;
    }

    @ArgGroup(multiplicity = "0..1")
    private Format format = new Format();

    StatsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Dictionary dictionary = StatCatalog.dictionary();
        if (pattern != null) {
            dictionary = dictionary.matching(pattern);
            if (dictionary.entries().isEmpty()) {
                throw new UserError("%s: no figure has that in its name, meaning or source; accepted: part of an entry,"
                                .formatted(pattern)
                        + " as grusim stats prints them");
            }
        }
        console.out().append(print(dictionary));
        return ExitCode.DONE;
    }

    private String print(Dictionary dictionary) {
        if (format.json) {
            return DictionaryFile.json(dictionary);
        }
        if (format.csv) {
            return DictionaryFile.csv(dictionary);
        }
        return format.markdown
                ? DictionaryFile.markdown(dictionary)
                : DictionaryTable.render(dictionary, Console.columns(), Console.outputToTerminal());
    }
}
