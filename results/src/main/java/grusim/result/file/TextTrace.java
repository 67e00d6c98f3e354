package grusim.result.file;

import java.io.Writer;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A readable log of events inside a window of simulated time, one line each: time in nanoseconds, agent, step, text.
 * Lines are streamed to the file, so memory does not grow with the window. Ask {@link #wants} before putting a text
 * together. One thread.
 */
public final class TextTrace implements AutoCloseable {
    private static final int AGENT_WIDTH = 16;
    private static final int STEP_WIDTH = 24;

    private final TextLines lines;
    private final long fromPs;
    private final long toPs;
    private long events;

    /** Opens a trace of events at {@code fromPs <= time < toPs}. */
    public TextTrace(Path file, long fromPs, long toPs) {
        this(() -> TextLines.of(file), fromPs, toPs);
    }

    /** A trace of events at {@code fromPs <= time < toPs} on a writer, which {@link #close} leaves open. */
    public TextTrace(Writer out, long fromPs, long toPs) {
        this(() -> TextLines.of(out), fromPs, toPs);
    }

    private TextTrace(Supplier<TextLines> opens, long fromPs, long toPs) {
        if (fromPs < 0 || toPs <= fromPs) {
            throw new IllegalArgumentException(
                    "trace window " + fromPs + ".." + toPs + " ps: accepted is 0 <= FROM < TO");
        }
        this.lines = opens.get();
        this.fromPs = fromPs;
        this.toPs = toPs;
        lines.add("# time in ns, agent, step, text; window ")
                .ns(fromPs)
                .add(" .. ")
                .ns(toPs)
                .end();
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
        lines.at(nowPs).add(agent).column(TextLines.AFTER_TIME + AGENT_WIDTH).add(step);
        if (text.length() > 0) {
            lines.column(TextLines.AFTER_TIME + AGENT_WIDTH + 2 + STEP_WIDTH).add(text);
        }
        lines.end();
        events++;
    }

    /** How many events have been written. */
    public long events() {
        return events;
    }

    @Override
    public void close() {
        lines.close();
    }
}
