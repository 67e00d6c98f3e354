package grusim.linux;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.machine.PhysicalMemory;
import java.util.Arrays;

/**
 * One blade's frames: free ones last-in first-out before fresh ones, and for each frame that was ever used its reference
 * count and the pages that map it, in the order in which they came to. Part of {@link FrameAllocator}; sized by use.
 *
 * <p>A pool of huge pages is one too: its frames are handed out by aligned runs only, and a run is free again when all its
 * frames are. Elsewhere a run comes from what is fresh, else from free frames that happen to make one up.
 */
final class BladeFrames implements Stateful {
    static final int NONE = -1;

    private static final long ISOLATED = 1L << 31;
    private static final long LAZY = 1L << 30;
    private static final long REFERENCES = LAZY - 1;

    private final long frames;
    private boolean pinsRevoked;

    /** Frames of the runs a pool hands out; 0 for one that hands out single frames. */
    private final int runLength;

    /** Frames in use of each run of a pool. */
    private int[] live = {};

    /** Frames used so far: they are those of the lowest indexes. */
    private int fresh;

    private int[] free = new int[4];
    private int freed;

    /** Number plus one of the first mapping's address space in the upper half, marks and reference count in the lower. */
    private long[] info = new long[4];

    private long[] vaddrs = new long[4];

    private final FurtherMappings further = new FurtherMappings();

    BladeFrames(long frames) {
        this(frames, 0);
    }

    private BladeFrames(long frames, int runLength) {
        this.frames = frames;
        this.runLength = runLength;
    }

    /** A pool of huge pages. */
    static BladeFrames pool(int runs, int runLength) {
        return new BladeFrames((long) runs * runLength, runLength);
    }

    /** Number of free frames; of a pool, those in free runs. */
    long freeFrames() {
        return frames - fresh + (runLength == 0 ? freed : (long) freed * runLength);
    }

    /** Whether the next frame handed out has been in use before. */
    boolean reuses() {
        return freed > 0;
    }

    /** Number of frames that have ever been used. */
    int used() {
        return fresh;
    }

    /** Takes a frame for a page, or for none yet if the space is {@link #NONE}, with one reference, or returns NONE. */
    int take(int mm, long vaddr) {
        assert runLength == 0 : "a pool of huge pages hands out no single frames";
        int frame;
        if (freed > 0) {
            frame = free[--freed];
        } else if (fresh < frames) {
            frame = fresh;
            reach(fresh + 1);
        } else {
            return NONE;
        }
        info[frame] = (mm + 1L) << 32 | 1;
        vaddrs[frame] = vaddr & -PhysicalMemory.FRAME_BYTES;
        return frame;
    }

    private void reach(int used) {
        fresh = used;
        if (used > info.length) {
            info = Arrays.copyOf(info, Math.max(used, 2 * info.length));
            vaddrs = Arrays.copyOf(vaddrs, info.length);
        }
    }

    /** Takes an aligned run of frames, each with one reference and no page yet, and returns the first, or {@link #NONE}. */
    int takeRun(int length) {
        int head = runLength == 0 ? findRun(length) : findPoolRun();
        if (head != NONE) {
            Arrays.fill(info, head, head + length, 1);
        }
        return head;
    }

    private int findPoolRun() {
        int run = freed > 0 ? free[--freed] : fresh / runLength;
        if ((long) run * runLength >= frames) {
            return NONE;
        }
        reach(Math.max(fresh, (run + 1) * runLength));
        if (run >= live.length) {
            live = Arrays.copyOf(live, Math.max(run + 1, 2 * live.length));
        }
        live[run] = runLength;
        return run * runLength;
    }

    private int findRun(int length) {
        int head = (fresh + length - 1) / length * length;
        if (head + (long) length > frames) {
            return findFreedRun(length);
        }
        int skipped = fresh;
        reach(head + length);
        while (skipped < head) {
            push(skipped++);
        }
        return head;
    }

    /** The lowest aligned run of freed frames, which are taken off their list; looks at all of them. */
    private int findFreedRun(int length) {
        int[] counts = new int[fresh / length + 1];
        int head = NONE;
        for (int i = 0; i < freed; i++) {
            int run = free[i] / length;
            if (++counts[run] == length && (head == NONE || run * length < head)) {
                head = run * length;
            }
        }
        int kept = 0;
        for (int i = 0; head != NONE && i < freed; i++) {
            if (free[i] < head || free[i] >= head + length) {
                free[kept++] = free[i];
            }
        }
        freed = head == NONE ? freed : kept;
        return head;
    }

    private void push(int frame) {
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = frame;
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
        further.clear(frame);
        if (runLength == 0) {
            push(frame);
        } else if (--live[frame / runLength] == 0) {
            push(frame / runLength);
        }
        return true;
    }

    /** References beyond those of pages keep reclaim from a frame no more; they are looked at later. */
    void revokePins() {
        pinsRevoked = true;
    }

    /** Whether reclaim may take the frame: pages map it and nobody else refers to it or has isolated it. */
    boolean reclaimable(int frame) {
        int mappings = mappings(frame);
        return mappings > 0 && !isolated(frame) && (pinsRevoked || references(frame) == mappings);
    }

    /** Whether reclaim may not take the frame only because somebody else refers to it. */
    boolean held(int frame) {
        int mappings = mappings(frame);
        return mappings > 0 && !isolated(frame) && references(frame) > mappings && !pinsRevoked;
    }

    boolean isolated(int frame) {
        return (info[frame] & ISOLATED) != 0;
    }

    void isolate(int frame) {
        info[frame] = (info[frame] | ISOLATED) + 1;
    }

    void putBack(int frame) {
        assert (info[frame] & ISOLATED) != 0 : "frame " + frame + " is not isolated";
        info[frame] &= ~ISOLATED;
    }

    /** Whether the frame's content may be given up. */
    boolean lazy(int frame) {
        return (info[frame] & LAZY) != 0;
    }

    void lazy(int frame, boolean lazy) {
        info[frame] = lazy ? info[frame] | LAZY : info[frame] & ~LAZY;
    }

    // ---- mappings ----

    /** Number of pages that map the frame. */
    int mappings(int frame) {
        return info[frame] >>> Integer.SIZE == 0 ? 0 : 1 + further.count(frame);
    }

    int mm(int frame, int mapping) {
        return mapping == 0 ? (int) (info[frame] >>> Integer.SIZE) - 1 : further.mm(frame, mapping - 1);
    }

    long vaddr(int frame, int mapping) {
        return mapping == 0 ? vaddrs[frame] : further.vaddr(frame, mapping - 1);
    }

    /** One more page maps the frame. */
    void map(int frame, int mm, long vaddr) {
        if (mappings(frame) == 0) {
            first(frame, mm, vaddr & -PhysicalMemory.FRAME_BYTES);
        } else {
            further.add(frame, mm, vaddr);
        }
    }

    private void first(int frame, int mm, long vaddr) {
        info[frame] = (mm + 1L) << Integer.SIZE | (info[frame] & 0xffff_ffffL);
        vaddrs[frame] = vaddr;
    }

    /** A page maps the frame no more, if it did. */
    void unmap(int frame, int mm, long vaddr) {
        int at = find(frame, mm, vaddr);
        if (at == NONE) {
            return;
        }
        if (further.count(frame) == 0) {
            info[frame] &= 0xffff_ffffL;
            vaddrs[frame] = 0;
            return;
        }
        if (at == 0) {
            first(frame, further.mm(frame, 0), further.vaddr(frame, 0));
        }
        further.remove(frame, Math.max(0, at - 1));
    }

    /** A page that maps the frame is at another address now. */
    void move(int frame, int mm, long from, long to) {
        int at = find(frame, mm, from);
        if (at == 0) {
            vaddrs[frame] = to;
        } else if (at != NONE) {
            further.set(frame, at - 1, mm, to);
        }
    }

    private int find(int frame, int mm, long vaddr) {
        for (int i = mappings(frame) - 1; i >= 0; i--) {
            if (mm(frame, i) == mm && vaddr(frame, i) == (vaddr & -PhysicalMemory.FRAME_BYTES)) {
                return i;
            }
        }
        return NONE;
    }

    @Override
    public void state(StateIo io) {
        fresh = io.i32(fresh);
        freed = io.i32(freed);
        free = io.array(free, freed);
        info = io.array(info, fresh);
        if (runLength > 0) {
            live = io.array(live, fresh / runLength);
        }
        vaddrs = io.array(vaddrs, fresh);
        further.state(io);
    }
}
