package grusim.result.file;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lines of a readable trace, one event each, the time first: put together column by column in one buffer and streamed,
 * so that memory does not grow with the trace. One thread.
 *
 * @see TextTrace
 */
public final class TextLines implements AutoCloseable {
    /** Where the column behind the time begins. */
    public static final int AFTER_TIME = 20;

    private static final int TIME_WIDTH = 18;
    private static final int PS_PER_NS = 1000;

    private final Path file;
    private final Writer out;
    private final boolean own;
    private final StringBuilder line = new StringBuilder(160);

    private TextLines(Path file, Writer out, boolean own) {
        this.file = file;
        this.out = out;
        this.own = own;
    }

    /** Lines of a file, which is made or replaced. */
    public static TextLines of(Path file) {
        try {
            return new TextLines(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
    }

    /** Lines on a writer, which {@link #close} leaves open. */
    public static TextLines of(Writer out) {
        return new TextLines(Path.of("standard output"), out, false);
    }

    /** Begins a line with a time, in nanoseconds to the picosecond, right-aligned. */
    public TextLines at(long timePs) {
        ns(timePs);
        while (line.length() < TIME_WIDTH) {
            line.insert(0, ' ');
        }
        return gap();
    }

    /** Adds a time in nanoseconds to the picosecond. */
    public TextLines ns(long timePs) {
        long rest = timePs % PS_PER_NS;
        line.append(timePs / PS_PER_NS)
                .append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".")
                .append(rest);
        return this;
    }

    /** Adds a text. */
    public TextLines add(CharSequence text) {
        line.append(text);
        return this;
    }

    /** Adds a number. */
    public TextLines add(long number) {
        line.append(number);
        return this;
    }

    /** Adds the gap between two columns. */
    public TextLines gap() {
        line.append("  ");
        return this;
    }

    /** Fills the line up to a column, unless it is longer, and adds a gap; columns count from 0. */
    public TextLines column(int column) {
        while (line.length() < column) {
            line.append(' ');
        }
        return gap();
    }

    /** How long the line is by now. */
    public int length() {
        return line.length();
    }

    /** Ends the line and writes it. */
    public void end() {
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new OutputException(file, e);
        } finally {
            line.setLength(0);
        }
    }

    @Override
    public void close() {
        try {
            if (own) {
                out.close();
            } else {
                out.flush();
            }
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
    }
}
