package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.file.OutputException;
import grusim.workload.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FaultsTest {
    private final StringWriter err = new StringWriter();

    private int thrown(Throwable fault, boolean trace) {
        Console console =
                new Console(InputStream.nullInputStream(), new PrintWriter(new StringWriter()), new PrintWriter(err));
        return new Faults(console, trace).thrown(fault);
    }

    static Stream<Arguments> mendable() {
        return Stream.of(
                Arguments.of(new UserError("a: what; accepted: b"), "a: what; accepted: b"),
                Arguments.of(new SpecException("spec.json: $.x: unknown key"), "spec.json: $.x: unknown key"),
                Arguments.of(
                        new OutputException(Path.of("out"), "disk full"), "cannot write results to out: disk full"),
                Arguments.of(new UncheckedIOException(new NoSuchFileException("f")), "f: no such file"),
                Arguments.of(new AccessDeniedException("f"), "f: permission denied"),
                Arguments.of(new IOException("Not in GZIP format"), "Not in GZIP format"),
                Arguments.of(new UserError("two\r\n  lines and \u001b[31mred"), "two lines and ?[31mred"));
    }

    @ParameterizedTest
    @MethodSource("mendable")
    void whatTheUserCanMend_isOneLineWithExitCode2(Throwable fault, String message) {
        assertThat(thrown(fault, true)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).isEqualTo("grusim: " + message + System.lineSeparator());
    }

    @Test
    void outOfMemory_saysHowToGiveMore() {
        assertThat(thrown(new OutOfMemoryError("Java heap space"), false)).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(err.toString()).contains("GRUSIM_JAVA_OPTS=-Xmx").hasLineCount(1);
    }

    @Test
    void anythingElse_isAFaultOfGrusim() {
        assertThat(thrown(new AssertionError("queue out of order"), false)).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(err.toString())
                .startsWith("grusim: internal error: java.lang.AssertionError: queue out of order (GRUSIM_TRACE=1")
                .hasLineCount(1);
    }
}
