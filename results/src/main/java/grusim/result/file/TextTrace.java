package grusim.result.file;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A readable log of events inside a window of simulated time, one line each: time in nanoseconds, agent, step, text.
 * Lines are streamed to the file, so memory does not grow with the window. Ask {@link #wants} before putting a text
 * together. One thread.
 */
public final class TextTrace implements AutoCloseable {
    private static final int TIME_WIDTH = 18;
    private static final int AGENT_WIDTH = 16;
    private static final int STEP_WIDTH = 24;

    private final Path file;
    private final boolean own;
    private final long fromPs;
    private final long toPs;
    private final Writer out;
    private final StringBuilder line = new StringBuilder(160);
    private long lines;

    /** Opens a trace of events at {@code fromPs <= time < toPs}. */
    public TextTrace(Path file, long fromPs, long toPs) {
        this(open(file, fromPs, toPs), file, true, fromPs, toPs);
    }

    private static Writer open(Path file, long fromPs, long toPs) {
        check(fromPs, toPs);
        try {
            return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
    }

    private static void check(long fromPs, long toPs) {
        if (fromPs < 0 || toPs <= fromPs) {
            throw new IllegalArgumentException(
                    "trace window " + fromPs + ".." + toPs + " ps: accepted is 0 <= FROM < TO");
        }
    }

    /** A trace of events at {@code fromPs <= time < toPs} on a writer, which {@link #close} leaves open. */
    public TextTrace(Writer out, long fromPs, long toPs) {
        this(out, Path.of("standard output"), false, fromPs, toPs);
    }

    private TextTrace(Writer out, Path file, boolean own, long fromPs, long toPs) {
        check(fromPs, toPs);
        this.out = out;
        this.own = own;
        this.file = file;
        this.fromPs = fromPs;
        this.toPs = toPs;
        line.append("# time in ns, agent, step, text; window ");
        appendNs(fromPs);
        line.append(" .. ");
        appendNs(toPs);
        flushLine();
    }

    /** Whether an event at this time would be written. */
    public boolean wants(long nowPs) {
        return nowPs >= fromPs && nowPs < toPs;
    }

    /** Writes one event if it lies in the window. */
    public void event(long nowPs, CharSequence agent, CharSequence step, CharSequence text) {
        if (!wants(nowPs)) {
            return;
        }
        appendNs(nowPs);
        while (line.length() < TIME_WIDTH) {
            line.insert(0, ' ');
        }
        line.append("  ").append(agent);
        padTo(TIME_WIDTH + 2 + AGENT_WIDTH);
        line.append("  ").append(step);
        if (text.length() > 0) {
            padTo(TIME_WIDTH + 2 + AGENT_WIDTH + 2 + STEP_WIDTH);
            line.append("  ").append(text);
        }
        flushLine();
        lines++;
    }

    /** How many events have been written. */
    public long events() {
        return lines;
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

    private void padTo(int column) {
        while (line.length() < column) {
            line.append(' ');
        }
    }

    private void appendNs(long ps) {
        long rest = ps % 1000;
        line.append(ps / 1000).append('.');
        if (rest < 100) {
            line.append('0');
        }
        if (rest < 10) {
            line.append('0');
        }
        line.append(rest);
    }

    private void flushLine() {
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new OutputException(file, e);
        } finally {
            line.setLength(0);
        }
    }
}
