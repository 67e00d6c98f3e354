package grusim.machine;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines of memory whose next change somebody waits to hear of, as the hub's registered atomic operations do. A watch
 * ends with the change it tells of; a frame that is zeroed, refilled or freed changes all its lines. One simulation's
 * thread only.
 */
public final class LineWatches implements Stateful {
    private static final int LINE_SHIFT = 6;
    private static final int FRAME_LINES_SHIFT = PhysicalMemory.FRAME_SHIFT - LINE_SHIFT;

    /** Who hears of changes. */
    @FunctionalInterface
    public interface Listener {
        /** A line that was watched for this listener has changed, or may have. */
        void changed();
    }

    private final List<Listener> listeners = new ArrayList<>();
    private long[] lines = new long[2];
    private int[] watchers = new int[2];
    private int count;

    LineWatches() {}

    /** Enters a listener while the machine is built; returns its number. */
    public int listener(Listener hears) {
        listeners.add(hears);
        return listeners.size() - 1;
    }

    /** Tells a listener of the next change of the line that holds a byte of a frame. */
    public void watch(int listener, long pfn, int offset) {
        long line = (pfn << FRAME_LINES_SHIFT) | (offset >>> LINE_SHIFT);
        for (int i = 0; i < count; i++) {
            if (lines[i] == line && watchers[i] == listener) {
                return;
            }
        }
        if (count == lines.length) {
            lines = Arrays.copyOf(lines, 2 * count);
            watchers = Arrays.copyOf(watchers, 2 * count);
        }
        lines[count] = line;
        watchers[count++] = listener;
    }

    /** Number of lines watched, for probes and tests. */
    public int count() {
        return count;
    }

    boolean any() {
        return count > 0;
    }

    /** Bytes of a frame have changed. */
    void changed(long pfn, int offset, int bytes) {
        long first = (pfn << FRAME_LINES_SHIFT) | (offset >>> LINE_SHIFT);
        long last = (pfn << FRAME_LINES_SHIFT) | ((offset + bytes - 1) >>> LINE_SHIFT);
        for (int i = 0; i < count; ) {
            if (lines[i] >= first && lines[i] <= last) {
                int watcher = watchers[i];
                count--;
                System.arraycopy(lines, i + 1, lines, i, count - i);
                System.arraycopy(watchers, i + 1, watchers, i, count - i);
                listeners.get(watcher).changed();
            } else {
                i++;
            }
        }
    }

    @Override
    public void state(StateIo io) {
        count = io.i32(count);
        if (count > lines.length) {
            lines = Arrays.copyOf(lines, count);
            watchers = Arrays.copyOf(watchers, count);
        }
        for (int i = 0; i < count; i++) {
            lines[i] = io.i64(lines[i]);
            watchers[i] = io.i32(watchers[i]);
        }
    }
}
