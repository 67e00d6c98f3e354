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
    private final FrameTable table;
    private final FrameRuns runs;
    private final ReclaimList reclaimable;
    private final long lowFrames;
    private final VmCounters counters;
    private VmObserver observer = VmObserver.NONE;
    private long freeFrames;

    FrameAllocator(Engine engine, PhysicalMemory memory, Partition partition, KernelSpec spec, VmCounters counters) {
        super(engine, partition.name() + ".frames");
        this.memory = memory;
        this.table = new FrameTable(memory, partition, spec.hugePages());
        this.freeFrames = table.unpooled();
        this.lowFrames = spec.reclaim().lowWatermarkBytes() >>> PhysicalMemory.FRAME_SHIFT;
        this.counters = counters;
        this.runs = new FrameRuns(this, table);
        this.reclaimable = new ReclaimList(this, table, counters);
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
        return table.blade(table.own(blade)).freeFrames();
    }

    /** Number of references to a frame, 0 if it is free; a probe. */
    public int references(long pfn) {
        BladeFrames blade = table.of(pfn);
        return table.index(pfn) < blade.used() ? blade.references(table.index(pfn)) : 0;
    }

    /** Free frames below which memory is low. */
    long lowFrames() {
        return lowFrames;
    }

    /** Blade of a frame. */
    int bladeOf(long pfn) {
        return memory.blade(pfn);
    }

    /** Frames by the huge page. */
    public FrameRuns runs() {
        return runs;
    }

    /** What reclaim and migration take frames off. */
    ReclaimList reclaimable() {
        return reclaimable;
    }

    /** Makes an access that none of the operations below is. */
    void pass(Agent agent, Access kind) {
        access(agent, kind);
    }

    /** Number of free frames, as an access. */
    long readFreeFrames(Agent agent) {
        access(agent, Access.READ);
        return freeFrames;
    }

    /** Takes a frame for a page, from the wanted blade if it has one, or returns {@link #NONE}. */
    long allocate(Agent agent, int wantedBlade, int mm, long vaddr) {
        access(agent, Access.UPDATE);
        int wanted = table.wanted(wantedBlade);
        for (int i = 0; i < table.blades(); i++) {
            long pfn = take(agent, (wanted + i) % table.blades(), i != 0, mm, vaddr);
            if (pfn != NONE) {
                return pfn;
            }
        }
        return NONE;
    }

    /** Takes a frame that backs no page yet from this blade and no other, or returns {@link #NONE}. */
    long allocateOn(Agent agent, int blade) {
        access(agent, Access.UPDATE);
        return take(agent, table.own(blade), false, BladeFrames.NONE, 0);
    }

    /**
     * Takes neighbouring frames of a blade for the kernel's own use while the machine is built, before any was given back;
     * returns the first, or {@link #NONE} if there are not as many.
     */
    public long reserve(int blade, int count) {
        BladeFrames frames = table.blade(table.own(blade));
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

    /** Whether a blade is one of the kernel's. */
    boolean hasBlade(long blade) {
        return table.has(blade);
    }

    private long take(Agent agent, int blade, boolean offBlade, int mm, long vaddr) {
        boolean reuses = table.blade(blade).reuses();
        int frame = table.blade(blade).take(mm, vaddr);
        if (frame == BladeFrames.NONE) {
            return NONE;
        }
        count(reuses, offBlade);
        took(1);
        return allocated(agent, table.frame(blade, frame));
    }

    /** Frames are free no more; who awaits that memory is low is told. */
    void took(int frames) {
        long before = freeFrames;
        freeFrames -= frames;
        if (before >= lowFrames && freeFrames < lowFrames) {
            changed();
        }
    }

    /** Tells of a frame just taken. */
    long allocated(Agent agent, long pfn) {
        counters.add(VmCounter.FRAMES_ALLOCATED);
        observer.frameAllocated(agent, pfn);
        return pfn;
    }

    private void count(boolean reused, boolean offBlade) {
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
        table.of(pfn).reference(table.index(pfn));
    }

    /** Takes one more reference to a frame in use, whose content is going to be written: it is not to be given up. */
    void referenceForWrite(Agent agent, long pfn) {
        reference(agent, pfn);
        keep(pfn);
    }

    /** One more page maps a frame in use, and holds a reference. */
    void share(Agent agent, long pfn, int mm, long vaddr) {
        reference(agent, pfn);
        table.of(pfn).map(table.index(pfn), mm, vaddr);
    }

    /** A page maps another frame from now on; the old one stays in use by somebody else's reference. */
    void transfer(Agent agent, long from, long to, int mm, long vaddr) {
        boolean freed = dropMapping(agent, from, mm, vaddr);
        assert !freed : "frame " + from + " is freed under its page's migration";
        table.of(to).reference(table.index(to));
        table.of(to).map(table.index(to), mm, vaddr);
    }

    /** A page maps the frame no more: its reference is dropped. Says whether that freed the frame. */
    boolean dropMapping(Agent agent, long pfn, int mm, long vaddr) {
        table.of(pfn).unmap(table.index(pfn), mm, vaddr);
        return drop(agent, pfn, 1);
    }

    /** Drops references; the last one frees and poisons the frame. Says whether it did. */
    boolean drop(Agent agent, long pfn, int count) {
        access(agent, Access.UPDATE);
        return release(agent, pfn, count);
    }

    /** As {@link #drop}, as part of another access. */
    boolean release(Agent agent, long pfn, int count) {
        if (!table.of(pfn).drop(table.index(pfn), count)) {
            return false;
        }
        freeFrames += table.pooled(pfn) ? 0 : 1;
        memory.poison(pfn);
        counters.add(VmCounter.FRAMES_FREED);
        observer.frameFreed(agent, pfn);
        return true;
    }

    /** Number of pages that the frame backs; read along with an access to the frame. */
    int mappings(long pfn) {
        return table.of(pfn).mappings(table.index(pfn));
    }

    /** The address space of one of the pages the frame backs; read along with an access to the frame. */
    int mm(long pfn, int mapping) {
        return table.of(pfn).mm(table.index(pfn), mapping);
    }

    /** The address of one of the pages the frame backs; read along with an access to the frame. */
    long vaddr(long pfn, int mapping) {
        return table.of(pfn).vaddr(table.index(pfn), mapping);
    }

    /** Number of pages that the frame backs, as an access. */
    int readMappings(Agent agent, long pfn) {
        access(agent, Access.READ);
        return mappings(pfn);
    }

    /** Whether the frame backs one page only and reclaim has not taken it: that page may be written where it is. */
    boolean readAlone(Agent agent, long pfn) {
        access(agent, Access.READ);
        return mappings(pfn) == 1 && !table.of(pfn).isolated(table.index(pfn));
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
        return table.of(pfn).lazy(table.index(pfn));
    }

    /** The frame's content may be given up until it is written, if it backs one page only; says so. */
    boolean makeLazy(Agent agent, long pfn) {
        access(agent, Access.UPDATE);
        boolean alone = mappings(pfn) == 1;
        if (alone) {
            table.of(pfn).lazy(table.index(pfn), true);
        }
        return alone;
    }

    /** The frame's content is kept from now on; along with an access to the frame. */
    void keep(long pfn) {
        table.of(pfn).lazy(table.index(pfn), false);
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
        table.of(pfn).move(table.index(pfn), mm, from, to);
    }

    @Override
    public void state(StateIo io) {
        freeFrames = io.i64(freeFrames);
        reclaimable.state(io);
        table.state(io);
    }
}
