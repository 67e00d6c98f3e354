package grusim.result.trace;

/**
 * Takes a trace event by event and writes it down in some format, streaming: memory does not grow with the trace, only
 * with the number of tracks and distinct names.
 *
 * <p>Tracks form a tree. On a track slices nest by their times; events of one track may come a little out of the order of
 * their times only as far as their nesting stays clear when they are sorted by time, stably. Times are picoseconds. One
 * thread.
 */
public interface TraceSink extends AutoCloseable {
    /** The parent of the outermost tracks. */
    int ROOT = 0;

    /** Declares a track, or a group of tracks, under a parent, where those of lower rank come first; returns its number. */
    int track(int parent, int rank, String name, String category);

    /** Declares a track that shows a value over time; returns its number. */
    int counter(int parent, int rank, String name, String unit);

    /** A slice begins. */
    void begin(int track, long atPs, String name, Mark mark);

    /** The slice that began last on the track and has not ended, ends. */
    void end(int track, long atPs);

    /** Something happens at once. */
    void instant(int track, long atPs, String name, Mark mark);

    /** A counter has this value from now on. */
    void count(int counter, long atPs, long value);

    /** Events written so far. */
    long events();

    @Override
    void close();
}
