package grusim.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** What one run of the command, inside the test's process, returned and printed. */
record Invocation(int exitCode, String out, String err) {
    /** Runs grusim on a text as standard input. */
    static Invocation of(String input, String... args) {
        return of(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), false, args);
    }

    /** Runs grusim on a stream as standard input. */
    static Invocation of(InputStream input, boolean trace, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                GrusimCommand.execute(new Console(input, new PrintWriter(out), new PrintWriter(err)), trace, args);
        return new Invocation(exitCode, out.toString(), err.toString());
    }
}
