package grusim.result.trace;

import grusim.result.file.OutputException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    private static final int TIME_WIDTH = 18;
    private static final int TRACK_WIDTH = 26;
    private static final int VERB_WIDTH = 5;
    private static final int PS_PER_NS = 1000;

    private final Path file;
    private final Writer out;
    private final boolean own;
    private final List<String> names = new ArrayList<>(List.of(""));
    private final List<List<String>> open = new ArrayList<>(List.of(List.of()));
    private final StringBuilder line = new StringBuilder(160);
    private long events;

    /** Opens a trace file. */
    public TextEvents(Path file) {
        this(file, open(file), true);
    }

    /** A trace on a writer, which {@link #close} leaves open. */
    public TextEvents(Writer out) {
        this(Path.of("standard output"), out, false);
    }

    private TextEvents(Path file, Writer out, boolean own) {
        this.file = file;
        this.out = out;
        this.own = own;
        line.append("# time in ns, track, what, name, details");
        write();
    }

    private static Writer open(Path file) {
        try {
            return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OutputException(file, e);
        }
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
        line(track, atPs, "begin").append(name);
        mark(mark);
    }

    @Override
    public void end(int track, long atPs) {
        List<String> slices = open.get(track);
        line(track, atPs, "end").append(slices.remove(slices.size() - 1));
        write();
    }

    @Override
    public void instant(int track, long atPs, String name, Mark mark) {
        line(track, atPs, "at").append(name);
        mark(mark);
    }

    @Override
    public void count(int counter, long atPs, long value) {
        line(counter, atPs, "count").append(value);
        write();
    }

    private StringBuilder line(int track, long atPs, String verb) {
        events++;
        long rest = atPs % PS_PER_NS;
        line.append(atPs / PS_PER_NS)
                .append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".")
                .append(rest);
        while (line.length() < TIME_WIDTH) {
            line.insert(0, ' ');
        }
        line.append("  ").append(names.get(track));
        padTo(TIME_WIDTH + 2 + TRACK_WIDTH);
        line.append("  ");
        int at = line.length();
        line.append(verb);
        padTo(at + VERB_WIDTH);
        return line.append("  ");
    }

    private void mark(Mark mark) {
        mark.details()
                .forEach(detail ->
                        line.append("  ").append(detail.name()).append('=').append(detail.value()));
        mark.flows().forEach(flow -> line.append("  flow=").append(flow.longValue()));
        mark.ends().forEach(flow -> line.append("  ends=").append(flow.longValue()));
        write();
    }

    private void padTo(int column) {
        while (line.length() < column) {
            line.append(' ');
        }
    }

    private void write() {
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new OutputException(file, e);
        } finally {
            line.setLength(0);
        }
    }

    @Override
    public long events() {
        return events;
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
