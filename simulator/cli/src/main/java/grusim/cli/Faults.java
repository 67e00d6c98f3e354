package grusim.cli;

import grusim.result.file.OutputException;
import grusim.workload.SpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one place where whatever goes wrong becomes a line on standard error and an exit code: what the user can mend ends
 * with {@link ExitCode#BAD_INPUT}, anything else is a fault of grusim and ends with {@link ExitCode#INTERNAL_ERROR}.
 */
final class Faults {
    /** Set to 1, this environment variable makes faults of grusim print their stack trace. */
    static final String TRACE_VARIABLE = "GRUSIM_TRACE";

    private final Console console;
    private final boolean trace;

    Faults(Console console, boolean trace) {
        this.console = console;
        this.trace = trace;
    }

    /** What a command that only groups others throws when none of them was named. */
    static ParameterException noCommand(CommandSpec spec) {
        return new ParameterException(spec.commandLine(), "no command; accepted: " + commands(spec));
    }

    /** Reports bad usage. */
    int usage(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        return print(ExitCode.BAD_INPUT, describe(e, spec) + "; see " + spec.qualifiedName() + " --help");
    }

    private static String describe(ParameterException e, CommandSpec spec) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !spec.subcommands().isEmpty()) {
            return "unknown command \"%s\"; accepted: %s"
                    .formatted(unmatched.getUnmatched().get(0), commands(spec));
        }
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return e.getMessage() + "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        return String.valueOf(e.getMessage());
    }

    private static String commands(CommandSpec spec) {
        return String.join(", ", spec.subcommands().keySet());
    }

    /** Reports what a command threw. */
    int thrown(Throwable fault) {
        Optional<String> mendable = mendable(fault);
        if (mendable.isPresent()) {
            return print(ExitCode.BAD_INPUT, mendable.get());
        }
        if (fault instanceof OutOfMemoryError) {
            return print(ExitCode.INTERNAL_ERROR, "out of memory; give Java more with GRUSIM_JAVA_OPTS=-Xmx8g");
        }
        if (trace) {
            fault.printStackTrace(console.err());
            console.err().flush();
        }
        return print(
                ExitCode.INTERNAL_ERROR,
                "internal error: " + fault + (trace ? "" : " (" + TRACE_VARIABLE + "=1 shows where)"));
    }

    /** The message for the user, if it is the user who can mend it. */
    private static Optional<String> mendable(Throwable fault) {
        if (fault instanceof UserError || fault instanceof SpecException || fault instanceof OutputException) {
            return Optional.of(String.valueOf(fault.getMessage()));
        }
        Throwable cause = fault instanceof UncheckedIOException ? fault.getCause() : fault;
        return cause instanceof IOException io ? Optional.of(describe(io)) : Optional.empty();
    }

    private static String describe(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof FileSystemException file) {
            String reason = file.getReason();
            return file.getFile() + ": " + (reason == null ? "cannot be read or written" : reason);
        }
        return String.valueOf(e.getMessage());
    }

    private int print(int exitCode, String message) {
        console.err().println("grusim: " + oneLine(message));
        console.err().flush();
        return exitCode;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
