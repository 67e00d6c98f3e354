package grusim.run.trace;

import grusim.result.trace.Mark;
import grusim.result.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the part of a run that lies in a window into a trace. A slice that is open when the window begins or ends is cut
 * there; a counter begins with the value it had; a track is declared when its first event is written.
 *
 * <p>Events of one track may come late as long as their slices nest. Not simulated state.
 */
final class Timeline {
    /** The number of a track that is not shown; its events are left out. */
    static final int NONE = -1;

    /** The parent of the outermost tracks. */
    static final int ROOT = 0;

    private static final class Slice {
        final String name;
        final Mark mark;
        final long beganPs;
        boolean written;

        Slice(String name, Mark mark, long beganPs) {
            this.name = name;
            this.mark = mark;
            this.beganPs = beganPs;
        }
    }

    private static final class Track {
        final int parent;
        final int rank;
        final String name;
        /** Category of a track of slices, unit of a counter. */
        final String of;

        final boolean counts;
        final List<Slice> open = new ArrayList<>();
        int declared = NONE;
        long value;
        boolean valued;
        boolean written;

        Track(int parent, int rank, String name, String of, boolean counts) {
            this.parent = parent;
            this.rank = rank;
            this.name = name;
            this.of = of;
            this.counts = counts;
        }
    }

    private final TraceSink sink;
    private final long fromPs;
    private final long toPs;
    private final List<Track> tracks = new ArrayList<>();

    Timeline(TraceSink sink, long fromPs, long toPs) {
        this.sink = sink;
        this.fromPs = fromPs;
        this.toPs = toPs;
        Track root = new Track(NONE, 0, "", "", false);
        root.declared = TraceSink.ROOT;
        tracks.add(root);
    }

    int track(int parent, int rank, String name, String category) {
        return add(new Track(parent, rank, name, category, false));
    }

    int counter(int parent, int rank, String name, String unit) {
        return add(new Track(parent, rank, name, unit, true));
    }

    private int add(Track track) {
        tracks.add(track);
        return tracks.size() - 1;
    }

    /** Slices that are open on a track. */
    int depth(int track) {
        return track == NONE ? 0 : tracks.get(track).open.size();
    }

    void begin(int number, long atPs, String name, Mark mark) {
        if (number == NONE) {
            return;
        }
        Track track = tracks.get(number);
        track.open.add(new Slice(name, mark, atPs));
        if (shows(atPs)) {
            writeOpen(track);
        }
    }

    void end(int number, long atPs) {
        if (number == NONE) {
            return;
        }
        Track track = tracks.get(number);
        Slice slice = track.open.get(track.open.size() - 1);
        if (atPs > fromPs) {
            writeOpen(track);
        }
        track.open.remove(track.open.size() - 1);
        if (slice.written) {
            sink.end(track.declared, Math.min(atPs, toPs));
        }
    }

    /** Ends slices until only so many are open. */
    void endTo(int track, int depth, long atPs) {
        while (depth(track) > depth) {
            end(track, atPs);
        }
    }

    void instant(int number, long atPs, String name, Mark mark) {
        if (number != NONE && shows(atPs)) {
            Track track = tracks.get(number);
            writeOpen(track);
            sink.instant(declared(track), atPs, name, mark);
        }
    }

    void count(int number, long atPs, long value) {
        if (number == NONE) {
            return;
        }
        Track track = tracks.get(number);
        if (track.valued && track.value == value) {
            return;
        }
        if (shows(atPs)) {
            if (atPs > fromPs) {
                writeValue(track);
            }
            sink.count(declared(track), atPs, value);
            track.written = true;
        }
        if (atPs < toPs) {
            track.value = value;
            track.valued = true;
        }
    }

    /** Ends everything at the end of the run, or of the window if that is earlier. */
    void finish(long atPs) {
        for (Track track : tracks) {
            if (track.counts && atPs >= fromPs) {
                writeValue(track);
            }
        }
        for (int number = 1; number < tracks.size(); number++) {
            endTo(number, 0, atPs);
        }
    }

    /** Writes the value that a counter had when the window began. */
    private void writeValue(Track counter) {
        if (counter.valued && !counter.written) {
            sink.count(declared(counter), fromPs, counter.value);
            counter.written = true;
        }
    }

    /** Writes that the open slices began, those that did so in the window or before. */
    private void writeOpen(Track track) {
        for (Slice slice : track.open) {
            if (!slice.written && slice.beganPs < toPs) {
                boolean cut = slice.beganPs < fromPs;
                sink.begin(
                        declared(track),
                        cut ? fromPs : slice.beganPs,
                        slice.name,
                        cut ? slice.mark.withoutFlows() : slice.mark);
                slice.written = true;
            }
        }
    }

    private boolean shows(long atPs) {
        return atPs >= fromPs && atPs < toPs;
    }

    private int declared(Track track) {
        if (track.declared == NONE) {
            int parent = declared(tracks.get(track.parent));
            track.declared = track.counts
                    ? sink.counter(parent, track.rank, track.name, track.of)
                    : sink.track(parent, track.rank, track.name, track.of);
        }
        return track.declared;
    }
}
