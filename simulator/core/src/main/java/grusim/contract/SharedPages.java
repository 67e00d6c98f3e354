package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * The pages beyond the first that are mapped to one frame, for the frames that several pages share. Kept in the order of
 * their keys, so that it does not depend on history.
 */
final class SharedPages implements Stateful {
    private static final int NONE = Chains.END;

    /** Frames by number plus one. */
    private final KeyedSlots frames = new KeyedSlots();

    private long[][] pages = new long[4][];

    /** Adds a page of a frame; nothing if it is there. */
    void add(long pfn, long page) {
        int slot = frames.find(pfn + 1);
        if (slot == NONE) {
            put(pfn, new long[] {page});
            return;
        }
        int at = Arrays.binarySearch(pages[slot], page);
        if (at < 0) {
            long[] longer = Arrays.copyOf(pages[slot], pages[slot].length + 1);
            System.arraycopy(pages[slot], -at - 1, longer, -at, pages[slot].length + at + 1);
            longer[-at - 1] = page;
            pages[slot] = longer;
        }
    }

    private void put(long pfn, long[] all) {
        int slot = frames.add(pfn + 1);
        if (slot == pages.length) {
            pages = Arrays.copyOf(pages, 2 * slot);
        }
        pages[slot] = all;
    }

    /** Whether a page is among a frame's. */
    boolean contains(long pfn, long page) {
        int slot = frames.find(pfn + 1);
        return slot != NONE && Arrays.binarySearch(pages[slot], page) >= 0;
    }

    /** Removes a page of a frame, if it is there; says whether the frame has pages left here. */
    boolean remove(long pfn, long page) {
        int slot = frames.find(pfn + 1);
        if (slot == NONE) {
            return false;
        }
        int at = Arrays.binarySearch(pages[slot], page);
        if (at < 0) {
            return true;
        }
        int left = pages[slot].length - 1;
        if (left == 0) {
            frames.remove(slot);
            return false;
        }
        long[] shorter = Arrays.copyOf(pages[slot], left);
        System.arraycopy(pages[slot], at + 1, shorter, at, left - at);
        pages[slot] = shorter;
        return true;
    }

    /** The first page of a frame that has some. */
    long first(long pfn) {
        return pages[frames.find(pfn + 1)][0];
    }

    /** Forgets a frame. */
    void clear(long pfn) {
        int slot = frames.find(pfn + 1);
        if (slot != NONE) {
            frames.remove(slot);
        }
    }

    @Override
    public void state(StateIo io) {
        int count = io.i32(frames.size());
        if (io.loading()) {
            frames.clear();
        } else {
            frames.sort();
        }
        for (int i = 0; i < count; i++) {
            int slot = io.loading() ? NONE : frames.sorted(i);
            long pfn = io.i64(slot == NONE ? 0 : frames.key(slot) - 1);
            long[] all = slot == NONE ? new long[0] : pages[slot];
            all = io.array(all, io.i32(all.length));
            if (io.loading()) {
                put(pfn, all);
            }
        }
    }
}
