package grusim.linux;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * One blade's frames: free ones last-in first-out before fresh ones, and for each frame that was ever used its reference
 * count and the page that maps it. Part of {@link FrameAllocator}; sized by use.
 */
final class BladeFrames implements Stateful {
    static final int NONE = -1;

    private static final long ISOLATED = 1L << 31;
    private static final long REFERENCES = ISOLATED - 1;

    private final long frames;

    /** Frames used so far: they are those of the lowest indexes. */
    private int fresh;

    private int[] free = new int[4];
    private int freed;

    /** Owner's number plus one in the upper half, isolation mark and reference count in the lower. */
    private long[] info = new long[4];

    private long[] vaddrs = new long[4];

    BladeFrames(long frames) {
        this.frames = frames;
    }

    long freeFrames() {
        return frames - fresh + freed;
    }

    /** Whether the next frame handed out has been in use before. */
    boolean reuses() {
        return freed > 0;
    }

    /** Number of frames that have ever been used. */
    int used() {
        return fresh;
    }

    /** Takes a frame for a page of an address space, with one reference, or returns {@link #NONE}. */
    int take(int mm, long vaddr) {
        int frame;
        if (freed > 0) {
            frame = free[--freed];
        } else if (fresh < frames) {
            frame = fresh++;
            if (frame == info.length) {
                info = Arrays.copyOf(info, 2 * frame);
                vaddrs = Arrays.copyOf(vaddrs, 2 * frame);
            }
        } else {
            return NONE;
        }
        info[frame] = (mm + 1L) << 32 | 1;
        vaddrs[frame] = vaddr;
        return frame;
    }

    int references(int frame) {
        return (int) (info[frame] & REFERENCES);
    }

    void reference(int frame) {
        assert references(frame) > 0 : "frame " + frame + " is free";
        info[frame]++;
    }

    /** Drops references and says whether they were the last; the frame is free then. */
    boolean drop(int frame, int count) {
        int left = references(frame) - count;
        assert left >= 0 : "frame " + frame + " is freed twice";
        if (left > 0) {
            info[frame] -= count;
            return false;
        }
        info[frame] = 0;
        vaddrs[frame] = 0;
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = frame;
        return true;
    }

    /** Whether reclaim may take the frame: a page maps it and nobody else refers to it or has isolated it. */
    boolean reclaimable(int frame) {
        return (info[frame] & (ISOLATED | REFERENCES)) == 1;
    }

    void isolate(int frame) {
        info[frame] = (info[frame] | ISOLATED) + 1;
    }

    void putBack(int frame) {
        assert (info[frame] & ISOLATED) != 0 : "frame " + frame + " is not isolated";
        info[frame] &= ~ISOLATED;
    }

    int mm(int frame) {
        return (int) (info[frame] >>> 32) - 1;
    }

    long vaddr(int frame) {
        return vaddrs[frame];
    }

    void vaddr(int frame, long vaddr) {
        vaddrs[frame] = vaddr;
    }

    @Override
    public void state(StateIo io) {
        fresh = io.i32(fresh);
        freed = io.i32(freed);
        free = io.array(free, freed);
        info = io.array(info, fresh);
        vaddrs = io.array(vaddrs, fresh);
    }
}
