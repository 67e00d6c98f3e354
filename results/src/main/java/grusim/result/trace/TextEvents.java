package grusim.result.trace;

import grusim.result.file.TextLines;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a trace for grep: one line for each event, with its time in nanoseconds to the picosecond, its track, what it is
 * (begin, end, at, count), its name, then {@code key=value} for each detail. {@code flow=} and {@code ends=} carry the
 * numbers that join the events of one flow. Columns are at least two spaces apart, what follows a name too.
 *
 * <p>A line is written when the event becomes known; where a control block's time went becomes known a little later. Sorted
 * by the first column, numerically and stably, lines stand in the order of time.
 */
public final class TextEvents implements TraceSink {
    private static final int TRACK_WIDTH = 26;
    private static final int VERB_WIDTH = 5;

    private final TextLines lines;
    private final List<String> names = new ArrayList<>(List.of(""));
    private final List<List<String>> open = new ArrayList<>(List.of(List.of()));
    private long events;

    /** Opens a trace file. */
    public TextEvents(Path file) {
        this(TextLines.of(file));
    }

    /** A trace on a writer, which {@link #close} leaves open. */
    public TextEvents(Writer out) {
        this(TextLines.of(out));
    }

    private TextEvents(TextLines lines) {
        this.lines = lines;
        lines.add("# time in ns, track, what, name, details").end();
    }

    @Override
    public int track(int parent, int rank, String name, String category) {
        names.add(name);
        open.add(new ArrayList<>());
        return names.size() - 1;
    }

    @Override
    public int counter(int parent, int rank, String name, String unit) {
        return track(parent, rank, name, unit);
    }

    @Override
    public void begin(int track, long atPs, String name, Mark mark) {
        open.get(track).add(name);
        line(track, atPs, "begin").add(name);
        mark(mark);
    }

    @Override
    public void end(int track, long atPs) {
        List<String> slices = open.get(track);
        line(track, atPs, "end").add(slices.remove(slices.size() - 1));
        lines.end();
    }

    @Override
    public void instant(int track, long atPs, String name, Mark mark) {
        line(track, atPs, "at").add(name);
        mark(mark);
    }

    @Override
    public void count(int counter, long atPs, long value) {
        line(counter, atPs, "count").add(value);
        lines.end();
    }

    private TextLines line(int track, long atPs, String verb) {
        events++;
        lines.at(atPs).add(names.get(track)).column(TextLines.AFTER_TIME + TRACK_WIDTH);
        int at = lines.length();
        return lines.add(verb).column(at + VERB_WIDTH);
    }

    private void mark(Mark mark) {
        mark.details().forEach(detail -> lines.gap().add(detail.name()).add("=").add(detail.value()));
        mark.flows().forEach(flow -> lines.add("  flow=").add(flow.longValue()));
        mark.ends().forEach(flow -> lines.add("  ends=").add(flow.longValue()));
        lines.end();
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public void close() {
        lines.close();
    }
}
