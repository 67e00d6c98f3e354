package grusim.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code grusim} and the list of its subcommands. */
@Command(
        name = "grusim",
        description = "Simulates SGI's Global Reference Unit and the virtual memory around it.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = GrusimCommand.Version.class,
        usageHelpAutoWidth = true)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // the fields are for picocli
public final class GrusimCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    /** The subcommands, in the order of the help text. */
    private static List<Object> commands(Console console) {
        return List.of(
                new RunCommand(console),
                new CheckCommand(console),
                new SweepCommand(console),
                new PlotCommand(console),
                new ReportCommand(console),
                new TraceCommand(console),
                new CompareCommand(console),
                new StatsCommand(console),
                new VerifyCommand(console),
                new BenchCommand(console),
                new SelftestCommand(console),
                new CalibrateCommand(console),
                new IsaCommand(console),
                new SpecCommand(console));
    }

    /** Runs grusim and ends the process. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        boolean trace = Objects.equals(System.getenv(Faults.TRACE_VARIABLE), "1");
        System.exit(execute(Console.ofProcess(), trace, args));
    }

    /** Runs grusim with these streams and arguments; returns the exit code. */
    static int execute(Console console, boolean trace, String... args) {
        Faults faults = new Faults(console, trace);
        int exitCode;
        try {
            exitCode = commandLine(console, faults).execute(args);
        } catch (Throwable t) { // picocli hands on exceptions only
            exitCode = faults.thrown(t);
        }
        try {
            console.flush();
        } catch (UserError e) {
            return faults.thrown(e);
        }
        return exitCode;
    }

    private static CommandLine commandLine(Console console, Faults faults) {
        CommandLine line = new CommandLine(new GrusimCommand());
        commands(console).forEach(line::addSubcommand);
        return line.setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> faults.usage(e))
                .setExecutionExceptionHandler((e, command, result) -> faults.thrown(e));
    }

    /** Says which commands there are when none was named. */
    @Override
    public void run() {
        throw Faults.noCommand(spec);
    }

    /** The version the build wrote down. */
    static String versionNumber() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(GrusimCommand.class.getResourceAsStream("version.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    /** Shows the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"grusim " + versionNumber()};
        }
    }
}
