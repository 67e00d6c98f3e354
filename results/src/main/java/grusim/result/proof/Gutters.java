package grusim.result.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives each arrow a track of its own in its gutter wherever it would run beside another one, and each gutter the room for
 * its tracks. Pixels.
 */
final class Gutters {
    private static final int TRACK = 13;
    private static final int INNER = 24;
    private static final int OUTER = 14;
    private static final int APART = 8;

    /** The piece of an arrow that runs down a gutter. */
    record Span(int arrow, int gutter, int top, int bottom) {}

    private final int[] tracks;
    private final int[] trackOf;
    private final int[] gutterOf;

    Gutters(int lanes, List<Span> spans) {
        tracks = new int[lanes + 1];
        trackOf = new int[spans.size()];
        gutterOf = new int[spans.size()];
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::top).thenComparingInt(Span::arrow));
        List<Span> placed = new ArrayList<>();
        for (Span span : sorted) {
            int track = 0;
            while (taken(placed, span, track)) {
                track++;
            }
            trackOf[span.arrow()] = track;
            gutterOf[span.arrow()] = span.gutter();
            tracks[span.gutter()] = Math.max(tracks[span.gutter()], track + 1);
            placed.add(span);
        }
    }

    private boolean taken(List<Span> placed, Span span, int track) {
        for (Span other : placed) {
            boolean beside = other.top() < span.bottom() + APART && span.top() < other.bottom() + APART;
            if (other.gutter() == span.gutter() && trackOf[other.arrow()] == track && beside) {
                return true;
            }
        }
        return false;
    }

    /** How wide a gutter is. */
    int width(int gutter) {
        boolean outer = gutter == 0 || gutter == tracks.length - 1;
        int room = tracks[gutter] * TRACK;
        if (outer) {
            return tracks[gutter] == 0 ? 0 : OUTER + room;
        }
        return INNER + room;
    }

    /** Where the arrow runs, from the left edge of its gutter. */
    int track(int arrow) {
        int gutter = gutterOf[arrow];
        return (width(gutter) - (tracks[gutter] - 1) * TRACK) / 2 + trackOf[arrow] * TRACK;
    }
}
