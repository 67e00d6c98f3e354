package grusim.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes; UTF-8 whatever the locale. Output is buffered until {@link #flush}, errors are not.
 */
public record Console(InputStream in, PrintWriter out, PrintWriter err) {
    private static final int PAGE_COLUMNS = 100;
    private static final int LEAST_COLUMNS = 60;
    private static final int MOST_COLUMNS = 400;

    /** The streams of the process. */
    static Console ofProcess() {
        return new Console(System.in, writer(FileDescriptor.out, false), writer(FileDescriptor.err, true));
    }

    private static PrintWriter writer(FileDescriptor descriptor, boolean flushLines) {
        PipeOutput stream = new PipeOutput(new FileOutputStream(descriptor));
        return new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16), flushLines);
    }

    /** Whether the launcher has said that errors go to a terminal. */
    static boolean errorsToTerminal() {
        return Boolean.getBoolean("grusim.stderr.terminal");
    }

    /** Whether the launcher has said that output goes to a terminal. */
    static boolean outputToTerminal() {
        return Boolean.getBoolean("grusim.stdout.terminal");
    }

    /** Columns of the terminal that output goes to, as the launcher has said; a page's width if it goes elsewhere. */
    static int columns() {
        int columns = Integer.getInteger("grusim.stdout.columns", PAGE_COLUMNS);
        return columns < LEAST_COLUMNS || columns > MOST_COLUMNS ? PAGE_COLUMNS : columns;
    }

    /** Prints a line of output; {@code \n} ends it on every system. */
    void line(String text) {
        out.append(text).append('\n');
    }

    /** Writes the output out; output that cannot be written is refused, unless its reader has seen enough and closed it. */
    void flush() {
        if (out.checkError()) {
            throw new UserError("standard output: cannot be written");
        }
    }
}
