package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.machine.PhysicalMemory;
import grusim.workload.KernelSpec;

/**
 * The page frames of a kernel's blades: who holds them, and which pages each one backs (the reverse map of Linux
 * mm/rmap.c). Each mapping holds one of a frame's references.
 *
 * <p>A frame lives from its allocation to the drop of its last reference, is poisoned then, and is the next to be reused.
 * Frames come from the wanted blade, then from the following ones in turn. Each blade's highest frames may be a pool of huge
 * pages for hugetlb mappings, which reclaim and migration leave alone. Each operation is the one access of the step.
 * An agent that awaits the allocator wakes when free memory falls below the low watermark. Does not model zones, per-CPU
 * lists or the lock behind them, nor frames that hold page tables. Taking and dropping references orders nothing else
 * between CPUs, less than any real processor does: a race must not be hidden by a count that happens to lie in between.
 */
public final class FrameAllocator extends Shared {
    /** No frame. */
    static final long NONE = -1;

    private final PhysicalMemory memory;
    private final int firstBlade;
    private final BladeFrames[] blades;
    private final BladeFrames[] pools;
    private final int hugePages;

    /** First frame of a blade's pool of huge pages. */
    private final long poolStart;

    private final long lowFrames;
    private final VmCounters counters;
    private boolean pinsRevoked;
    private VmObserver observer = VmObserver.NONE;
    private long freeFrames;
    private int handBlade;
    private int handFrame;

    FrameAllocator(Engine engine, PhysicalMemory memory, Partition partition, KernelSpec spec, VmCounters counters) {
        super(engine, partition.name() + ".frames");
        this.memory = memory;
        this.firstBlade = partition.firstBlade();
        this.hugePages = 1 << partition.tableBits();
        int pooled = spec.hugePages();
        this.poolStart =
                pooled == 0 ? memory.framesOnBlade() : (memory.framesOnBlade() / hugePages - pooled) * hugePages;
        if (poolStart < 0) {
            throw new IllegalArgumentException("hugePages: " + pooled + " do not fit into a blade's memory");
        }
        this.blades = new BladeFrames[partition.blades()];
        this.pools = new BladeFrames[partition.blades()];
        for (int i = 0; i < blades.length; i++) {
            blades[i] = new BladeFrames(poolStart);
            pools[i] = BladeFrames.pool(pooled, hugePages);
        }
        this.freeFrames = poolStart * blades.length;
        this.lowFrames = spec.reclaim().lowWatermarkBytes() >>> PhysicalMemory.FRAME_SHIFT;
        this.counters = counters;
    }

    void observer(VmObserver listener) {
        observer = listener;
    }

    /** Number of free frames on all blades; a probe. */
    public long freeFrames() {
        return freeFrames;
    }

    /** Number of free frames on one blade; a probe. */
    public long freeFrames(int blade) {
        return blades[blade - firstBlade].freeFrames();
    }

    /** Number of free huge pages of the pools of all blades; a probe. */
    public long freeHugePages() {
        long free = 0;
        for (BladeFrames pool : pools) {
            free += pool.freeFrames() / hugePages;
        }
        return free;
    }

    /** Number of references to a frame, 0 if it is free; a probe. */
    public int references(long pfn) {
        BladeFrames blade = blade(pfn);
        return index(pfn) < blade.used() ? blade.references(index(pfn)) : 0;
    }

    /** Free frames below which memory is low. */
    long lowFrames() {
        return lowFrames;
    }

    /** Blade of a frame. */
    int bladeOf(long pfn) {
        return memory.blade(pfn);
    }

    /** Number of free frames, as an access. */
    long readFreeFrames(Agent agent) {
        access(agent, Access.READ);
        return freeFrames;
    }

    /** Takes a frame for a page, from the wanted blade if it has one, or returns {@link #NONE}. */
    long allocate(Agent agent, int wantedBlade, int mm, long vaddr) {
        access(agent, Access.UPDATE);
        int wanted = Math.max(0, wantedBlade - firstBlade) % blades.length;
        for (int i = 0; i < blades.length; i++) {
            long pfn = take(agent, (wanted + i) % blades.length, i != 0, mm, vaddr);
            if (pfn != NONE) {
                return pfn;
            }
        }
        return NONE;
    }

    /** Takes a frame that backs no page yet from this blade and no other, or returns {@link #NONE}. */
    long allocateOn(Agent agent, int blade) {
        access(agent, Access.UPDATE);
        return take(agent, blade - firstBlade, false, BladeFrames.NONE, 0);
    }

    /**
     * Takes neighbouring frames of a blade for the kernel's own use while the machine is built, before any was given back;
     * returns the first, or {@link #NONE} if there are not as many.
     */
    public long reserve(int blade, int count) {
        BladeFrames frames = blades[blade - firstBlade];
        if (frames.freeFrames() < count) {
            return NONE;
        }
        long first = NONE;
        for (int i = 0; i < count; i++) {
            int frame = frames.take(BladeFrames.NONE, 0);
            first = i == 0 ? memory.frame(blade, frame) : first;
            assert memory.frame(blade, frame) == first + i : "frames were given back already";
        }
        freeFrames -= count;
        return first;
    }

    /**
     * Takes an aligned run of frames that back no page yet, each with one reference, from this blade and no other; returns
     * the first or {@link #NONE}.
     */
    long allocateRun(Agent agent, int blade) {
        access(agent, Access.UPDATE);
        int head = blades[blade - firstBlade].takeRun(hugePages);
        if (head == BladeFrames.NONE) {
            return NONE;
        }
        long before = freeFrames;
        freeFrames -= hugePages;
        if (before >= lowFrames && freeFrames < lowFrames) {
            changed();
        }
        return taken(agent, memory.frame(blade, head));
    }

    /** As {@link #allocateRun}, from the pool of the wanted blade or of the following ones in turn. */
    long allocatePooled(Agent agent, int wantedBlade) {
        access(agent, Access.UPDATE);
        int wanted = Math.max(0, wantedBlade - firstBlade) % pools.length;
        for (int i = 0; i < pools.length; i++) {
            int blade = (wanted + i) % pools.length;
            int head = pools[blade].takeRun(hugePages);
            if (head != BladeFrames.NONE) {
                return taken(agent, memory.frame(firstBlade + blade, poolStart + head));
            }
        }
        return NONE;
    }

    private long taken(Agent agent, long head) {
        for (int i = 0; i < hugePages; i++) {
            counters.add(VmCounter.FRAMES_ALLOCATED);
            observer.frameAllocated(agent, head + i);
        }
        return head;
    }

    /** The pages of a run map its frames from now on, with the references they have. */
    void mapRun(Agent agent, long head, int mm, long vaddr) {
        access(agent, Access.WRITE);
        for (int i = 0; i < hugePages; i++) {
            blade(head + i).map(index(head + i), mm, vaddr + (long) i * PhysicalMemory.FRAME_BYTES);
        }
    }

    /** The pages of a run map its frames no more: their references are dropped. Says whether that freed all frames. */
    boolean dropRun(Agent agent, long head, int mm, long vaddr) {
        access(agent, Access.UPDATE);
        boolean all = true;
        for (int i = 0; i < hugePages; i++) {
            blade(head + i).unmap(index(head + i), mm, vaddr + (long) i * PhysicalMemory.FRAME_BYTES);
            all &= release(agent, head + i, 1);
        }
        return all;
    }

    /** One more page each maps the frames of a run, and holds a reference. */
    void shareRun(Agent agent, long head, int mm, long vaddr) {
        access(agent, Access.UPDATE);
        for (int i = 0; i < hugePages; i++) {
            blade(head + i).reference(index(head + i));
            blade(head + i).map(index(head + i), mm, vaddr + (long) i * PhysicalMemory.FRAME_BYTES);
        }
    }

    /** Whether a blade is one of the kernel's. */
    boolean hasBlade(long blade) {
        return blade >= firstBlade && blade < firstBlade + blades.length;
    }

    private long take(Agent agent, int blade, boolean offBlade, int mm, long vaddr) {
        boolean reuses = blades[blade].reuses();
        int frame = blades[blade].take(mm, vaddr);
        if (frame == BladeFrames.NONE) {
            return NONE;
        }
        count(reuses, offBlade);
        if (--freeFrames == lowFrames - 1) {
            changed();
        }
        long pfn = memory.frame(firstBlade + blade, frame);
        observer.frameAllocated(agent, pfn);
        return pfn;
    }

    private void count(boolean reused, boolean offBlade) {
        counters.add(VmCounter.FRAMES_ALLOCATED);
        if (reused) {
            counters.add(VmCounter.FRAMES_REUSED);
        }
        if (offBlade) {
            counters.add(VmCounter.FRAMES_OFF_BLADE);
        }
    }

    /** Number of references to a frame, as an access. */
    int readReferences(Agent agent, long pfn) {
        access(agent, Access.READ);
        return references(pfn);
    }

    /** Takes one more reference to a frame in use. */
    void reference(Agent agent, long pfn) {
        access(agent, Access.UPDATE);
        blade(pfn).reference(index(pfn));
    }

    /** Takes one more reference to a frame in use, whose content is going to be written: it is not to be given up. */
    void referenceForWrite(Agent agent, long pfn) {
        reference(agent, pfn);
        keep(pfn);
    }

    /** One more page maps a frame in use, and holds a reference. */
    void share(Agent agent, long pfn, int mm, long vaddr) {
        reference(agent, pfn);
        blade(pfn).map(index(pfn), mm, vaddr);
    }

    /** A page maps another frame from now on; the old one stays in use by somebody else's reference. */
    void transfer(Agent agent, long from, long to, int mm, long vaddr) {
        boolean freed = dropMapping(agent, from, mm, vaddr);
        assert !freed : "frame " + from + " is freed under its page's migration";
        blade(to).reference(index(to));
        blade(to).map(index(to), mm, vaddr);
    }

    /** A page maps the frame no more: its reference is dropped. Says whether that freed the frame. */
    boolean dropMapping(Agent agent, long pfn, int mm, long vaddr) {
        blade(pfn).unmap(index(pfn), mm, vaddr);
        return drop(agent, pfn, 1);
    }

    /** Drops references; the last one frees and poisons the frame. Says whether it did. */
    boolean drop(Agent agent, long pfn, int count) {
        access(agent, Access.UPDATE);
        return release(agent, pfn, count);
    }

    private boolean release(Agent agent, long pfn, int count) {
        if (!blade(pfn).drop(index(pfn), count)) {
            return false;
        }
        freeFrames += pooled(pfn) ? 0 : 1;
        memory.poison(pfn);
        counters.add(VmCounter.FRAMES_FREED);
        observer.frameFreed(agent, pfn);
        return true;
    }

    /**
     * Takes the next reclaimable frame off the list that reclaim looks at, with a reference, or returns {@link #NONE}. The
     * list is a clock over all frames in use.
     */
    long isolateNext(Agent agent) {
        access(agent, Access.UPDATE);
        for (long left = usedFrames(); left > 0; left--) {
            while (handFrame >= blades[handBlade].used()) {
                handFrame = 0;
                handBlade = (handBlade + 1) % blades.length;
            }
            int frame = handFrame++;
            if (blades[handBlade].reclaimable(frame)) {
                blades[handBlade].isolate(frame);
                return memory.frame(firstBlade + handBlade, frame);
            }
            countHeld(blades[handBlade], frame);
        }
        return NONE;
    }

    /** As {@link #isolateNext}, for a given frame, perhaps only if it backs one page; says whether it was reclaimable. */
    boolean isolate(Agent agent, long pfn, boolean alone) {
        access(agent, Access.UPDATE);
        countHeld(blade(pfn), index(pfn));
        if (pooled(pfn) || !blade(pfn).reclaimable(index(pfn)) || (alone && mappings(pfn) > 1)) {
            return false;
        }
        blade(pfn).isolate(index(pfn));
        return true;
    }

    /** A secondary MMU drops its references when reclaim calls out, so that who refers to a frame shows only after that. */
    void revokePins() {
        pinsRevoked = true;
        for (BladeFrames blade : blades) {
            blade.revokePins();
        }
    }

    /** Whether secondary MMUs drop their references when reclaim calls out. */
    boolean pinsRevoked() {
        return pinsRevoked;
    }

    /** Whether somebody else than its pages and reclaim refers to an isolated frame. */
    boolean referenced(Agent agent, long pfn) {
        access(agent, Access.READ);
        boolean referenced = references(pfn) > mappings(pfn) + 1;
        if (referenced) {
            counters.add(VmCounter.RECLAIM_REFERENCED);
        }
        return referenced;
    }

    private void countHeld(BladeFrames blade, int frame) {
        if (blade.held(frame)) {
            counters.add(VmCounter.RECLAIM_REFERENCED);
        }
    }

    /** Ends an isolation and drops its reference; says whether that freed the frame. */
    boolean putBack(Agent agent, long pfn) {
        blade(pfn).putBack(index(pfn));
        return drop(agent, pfn, 1);
    }

    /** A page maps an isolated frame no more, and the isolation ends: both references are dropped. */
    void dropIsolated(Agent agent, long pfn, int mm, long vaddr) {
        blade(pfn).unmap(index(pfn), mm, vaddr);
        blade(pfn).putBack(index(pfn));
        drop(agent, pfn, 2);
    }

    /** Number of pages that the frame backs; read along with an access to the frame. */
    int mappings(long pfn) {
        return blade(pfn).mappings(index(pfn));
    }

    /** The address space of one of the pages the frame backs; read along with an access to the frame. */
    int mm(long pfn, int mapping) {
        return blade(pfn).mm(index(pfn), mapping);
    }

    /** The address of one of the pages the frame backs; read along with an access to the frame. */
    long vaddr(long pfn, int mapping) {
        return blade(pfn).vaddr(index(pfn), mapping);
    }

    /** Number of pages that the frame backs, as an access. */
    int readMappings(Agent agent, long pfn) {
        access(agent, Access.READ);
        return mappings(pfn);
    }

    /** Whether the frame backs one page only and reclaim has not taken it: that page may be written where it is. */
    boolean readAlone(Agent agent, long pfn) {
        access(agent, Access.READ);
        return mappings(pfn) == 1 && !blade(pfn).isolated(index(pfn));
    }

    /**
     * Whether all references to the frame are those of its pages and one of the agent; its content is kept from now on then.
     */
    boolean keepUnlessPinned(Agent agent, long pfn) {
        access(agent, Access.UPDATE);
        boolean known = references(pfn) == mappings(pfn) + 1;
        if (known) {
            keep(pfn);
        }
        return known;
    }

    /** Whether the frame's content may be given up; read along with an access to the frame. */
    boolean lazy(long pfn) {
        return blade(pfn).lazy(index(pfn));
    }

    /** The frame's content may be given up until it is written, if it backs one page only; says so. */
    boolean makeLazy(Agent agent, long pfn) {
        access(agent, Access.UPDATE);
        boolean alone = mappings(pfn) == 1;
        if (alone) {
            blade(pfn).lazy(index(pfn), true);
        }
        return alone;
    }

    /** The frame's content is kept from now on; along with an access to the frame. */
    void keep(long pfn) {
        blade(pfn).lazy(index(pfn), false);
    }

    /**
     * Whether the content of an isolated frame that no entry of its page leads to any more is given up: it may be, and nobody
     * else refers to the frame. If not, it is kept from now on.
     */
    boolean giveUp(Agent agent, long pfn) {
        access(agent, Access.UPDATE);
        boolean givenUp = lazy(pfn) && references(pfn) == mappings(pfn) + 1;
        if (!givenUp) {
            keep(pfn);
        }
        return givenUp;
    }

    /** Records that a page of the frame has moved within its address space. */
    void move(Agent agent, long pfn, int mm, long from, long to) {
        access(agent, Access.WRITE);
        blade(pfn).move(index(pfn), mm, from, to);
    }

    /** Number of frames that have ever been used: an upper bound for what reclaim may look at. */
    long readUsedFrames(Agent agent) {
        access(agent, Access.READ);
        return usedFrames();
    }

    private long usedFrames() {
        long used = 0;
        for (BladeFrames blade : blades) {
            used += blade.used();
        }
        return used;
    }

    private BladeFrames blade(long pfn) {
        return (pooled(pfn) ? pools : blades)[memory.blade(pfn) - firstBlade];
    }

    private boolean pooled(long pfn) {
        return onBlade(pfn) >= poolStart;
    }

    private int index(long pfn) {
        return (int) (onBlade(pfn) - (pooled(pfn) ? poolStart : 0));
    }

    private long onBlade(long pfn) {
        return pfn & (memory.framesPerBlade() - 1);
    }

    @Override
    public void state(StateIo io) {
        freeFrames = io.i64(freeFrames);
        handBlade = io.i32(handBlade);
        handFrame = io.i32(handFrame);
        for (BladeFrames blade : blades) {
            blade.state(io);
        }
        for (BladeFrames pool : pools) {
            pool.state(io);
        }
    }
}
