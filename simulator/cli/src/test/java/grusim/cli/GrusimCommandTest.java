package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrusimCommandTest {
    @Test
    void version_isTheBuilds() {
        Invocation run = Invocation.of("", "--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("grusim \\d+\\.\\d+\\.\\d+\\R");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--help,Usage: grusim [-hV] COMMAND", "isa --help,Usage: grusim isa [-h] COMMAND"})
    void help_goesToStandardOutput(String args, String usage) {
        Invocation run = Invocation.of("", args.split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith(usage);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void help_ofEveryCommandIsFormatted() {
        PrintStream before = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            for (String command : List.of(
                    "run",
                    "check",
                    "sweep",
                    "compare",
                    "verify",
                    "plot",
                    "report",
                    "trace",
                    "stats",
                    "calibrate",
                    "spec")) {
                Invocation run = Invocation.of("", command, "--help");
                assertThat(run.exitCode()).isZero();
                // a % that is not escaped leaves the whole text unformatted, escapes and all, and warns
                assertThat(run.out()).startsWith("Usage: grusim " + command).doesNotContain("%%", "%n");
            }
        } finally {
            System.setErr(before);
        }
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "isx              | unknown command \"isx\"; accepted: run, check, sweep, ",
                "isa encod        | unknown command \"encod\"; accepted: asm, decode, disasm, encode; see grusim isa --help",
                "isa              | no command; accepted: asm, decode, disasm, encode; see grusim isa --help",
                "isa encode --foo | Unknown option: '--foo'; see grusim isa encode --help",
                "--foo            | Unknown option: '--foo'"
            })
    void badUsage_isOneLineAndExitCode2(String args, String message) {
        Invocation run = Invocation.of("", args.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("grusim: " + message).hasLineCount(1);
    }

    @Test
    void noCommand_isRefused() {
        Invocation run = Invocation.of("");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("grusim: no command; accepted: run, check, sweep, ")
                .hasLineCount(1);
    }

    @Test
    void internalError_isOneLineUnlessTraced() {
        Invocation run = Invocation.of(broken(), false, "isa", "encode");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "grusim: internal error: java.lang.IllegalStateException: broken (GRUSIM_TRACE=1 shows where)"
                                + System.lineSeparator());

        Invocation traced = Invocation.of(broken(), true, "isa", "encode");
        assertThat(traced.exitCode()).isEqualTo(1);
        assertThat(traced.err())
                .contains("at grusim.cli.GrusimCommandTest")
                .contains("grusim: internal error: java.lang.IllegalStateException: broken");
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                throw new IllegalStateException("broken");
            }
        };
    }

    @Test
    void unreadableInput_isTheUsersToMend() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("Input/output error");
            }
        };
        Invocation run = Invocation.of(failing, false, "isa", "encode");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("grusim: Input/output error").hasLineCount(1);
    }

    @Test
    void unwritableOutput_isTold() {
        OutputStream full = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                throw new IOException("No space left on device");
            }
        };
        StringWriter err = new StringWriter();
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintWriter(full, false, StandardCharsets.UTF_8),
                new PrintWriter(err));
        assertThat(GrusimCommand.execute(console, false, "--version")).isEqualTo(2);
        assertThat(err.toString()).startsWith("grusim: standard output: cannot be written");
    }
}
