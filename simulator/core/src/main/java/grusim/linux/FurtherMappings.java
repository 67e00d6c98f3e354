package grusim.linux;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.machine.PhysicalMemory;
import java.util.Arrays;

/**
 * The pages beyond the first that map a frame, by frame of a blade, in the order in which they came to. Few frames have
 * any. Part of {@link BladeFrames}.
 */
final class FurtherMappings implements Stateful {
    // ---- a mapping in one word ----
    private static final int PAGE_BITS = 36;
    private static final long PAGE = (1L << PAGE_BITS) - 1;

    private static final long[] NONE = {};

    /** By frame; short while there are none. */
    private long[][] frames = {};

    private long[] of(int frame) {
        return frame < frames.length ? frames[frame] : NONE;
    }

    private void set(int frame, long[] mappings) {
        if (frame >= frames.length) {
            int known = frames.length;
            frames = Arrays.copyOf(frames, Math.max(frame + 1, 2 * known));
            Arrays.fill(frames, known, frames.length, NONE);
        }
        frames[frame] = mappings;
    }

    private static long pack(int mm, long vaddr) {
        return (long) mm << PAGE_BITS | vaddr >>> PhysicalMemory.FRAME_SHIFT;
    }

    int count(int frame) {
        return of(frame).length;
    }

    int mm(int frame, int mapping) {
        return (int) (of(frame)[mapping] >>> PAGE_BITS);
    }

    long vaddr(int frame, int mapping) {
        return (of(frame)[mapping] & PAGE) << PhysicalMemory.FRAME_SHIFT;
    }

    void add(int frame, int mm, long vaddr) {
        long[] before = of(frame);
        long[] longer = Arrays.copyOf(before, before.length + 1);
        longer[before.length] = pack(mm, vaddr);
        set(frame, longer);
    }

    void set(int frame, int mapping, int mm, long vaddr) {
        of(frame)[mapping] = pack(mm, vaddr);
    }

    void remove(int frame, int mapping) {
        long[] before = of(frame);
        long[] shorter = Arrays.copyOf(before, before.length - 1);
        System.arraycopy(before, mapping + 1, shorter, mapping, shorter.length - mapping);
        set(frame, shorter);
    }

    void clear(int frame) {
        if (frame < frames.length) {
            frames[frame] = NONE;
        }
    }

    @Override
    public void state(StateIo io) {
        int shared = 0;
        for (long[] mappings : frames) {
            shared += mappings.length > 0 ? 1 : 0;
        }
        shared = io.i32(shared);
        if (io.loading()) {
            frames = new long[0][];
        }
        int frame = -1;
        for (int i = 0; i < shared; i++) {
            frame = io.i32(io.loading() ? frame : nextShared(frame + 1));
            int count = io.i32(count(frame));
            set(frame, io.array(of(frame), count));
        }
    }

    private int nextShared(int from) {
        int frame = from;
        while (count(frame) == 0) {
            frame++;
        }
        return frame;
    }
}
