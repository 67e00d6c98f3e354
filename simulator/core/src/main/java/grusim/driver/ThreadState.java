package grusim.driver;

import grusim.engine.Cpu;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.AllocationMap;
import grusim.linux.lock.Mutex;
import grusim.workload.ContextSpec.MissMode;
import org.jspecify.annotations.Nullable;

/**
 * The driver's state of one thread that uses a context segment (gru_thread_state): what it asked for, where its context
 * is loaded, and its own statistics. Fields behind the lock change only while it is held.
 */
public final class ThreadState implements Stateful {
    static final int NOT_LOADED = -1;

    private static final long NEVER = -1;

    /** In place of an address space, for the kernel's own contexts. */
    static final int KERNEL = -1;

    final int id;
    final int mm;
    final ThreadPlace place;
    private int cbrs;
    private int dsrUnits;
    final MissMode miss;
    final int preload;
    final Mutex lock;
    final ExceptionDetail exception = new ExceptionDetail();
    private final SegmentMapping mapping;
    /** Null where all pages are base pages. */
    final @Nullable AvailableSizes sizes;

    private final SavedContext saved;

    private int chiplet = NOT_LOADED;
    private int context = NOT_LOADED;
    private long cbrMap;
    private int dsrMap;

    /** Segments its process has mapped besides the one of this thread state. */
    int segments;

    long fmmTlbMiss;
    long upmTlbMiss;
    long tlbDropin;
    long contextStolen;

    private long robbedPs = NEVER;

    ThreadState(
            int id,
            int mm,
            Cpu cpu,
            ContextOptions options,
            Mutex lock,
            SegmentMapping mapping,
            @Nullable AvailableSizes sizes) {
        this.id = id;
        this.mm = mm;
        this.place = new ThreadPlace(cpu, options.owner());
        this.cbrs = options.cbrs();
        this.dsrUnits = AllocationMap.dsrUnits(options.dsrBytes());
        this.miss = options.miss();
        this.preload = options.preload();
        this.lock = lock;
        this.mapping = mapping;
        this.sizes = sizes;
        this.saved = new SavedContext(cbrs, dsrUnits, cpu.engine().isTimed());
    }

    /** Control blocks its context has, or will have. */
    int cbrs() {
        return cbrs;
    }

    /** Units of data segment its context has, or will have. */
    int dsrUnits() {
        return dsrUnits;
    }

    /** Changes what its context takes when it is loaded next: a kernel context's size depends on reservations. */
    void resize(int newCbrs, int newDsrUnits) {
        cbrs = newCbrs;
        dsrUnits = newDsrUnits;
    }

    /** Number of the thread state. */
    public int id() {
        return id;
    }

    /** The thread's mapping of the segment, through which it reaches its context. */
    public SegmentMapping mapping() {
        return mapping;
    }

    /** What is kept of its context while that is not loaded. */
    SavedContext saved() {
        return saved;
    }

    /** The core the thread runs on. */
    public Cpu cpu() {
        return place.cpu();
    }

    /** Whether its context is loaded. */
    public boolean loaded() {
        return context != NOT_LOADED;
    }

    /** Chiplet the context is loaded on, or -1. */
    public int chiplet() {
        return chiplet;
    }

    /** Context number on the chiplet, or -1. */
    public int context() {
        return context;
    }

    /** Allocation map of the context's CBR pairs. */
    public long cbrMap() {
        return cbrMap;
    }

    /** Allocation map of the context's data segment. */
    public int dsrMap() {
        return dsrMap;
    }

    /** What the driver told last of an exception of this thread. */
    public ExceptionDetail exception() {
        return exception;
    }

    /** Misses taken by interrupt. */
    public long fmmTlbMiss() {
        return fmmTlbMiss;
    }

    /** Misses taken by calling the OS. */
    public long upmTlbMiss() {
        return upmTlbMiss;
    }

    /** Dropins written for this thread. */
    public long tlbDropin() {
        return tlbDropin;
    }

    /** Contexts this thread took from others. */
    public long contextStolen() {
        return contextStolen;
    }

    /** Its context is being stolen. */
    void robbed(long nowPs) {
        robbedPs = nowPs;
    }

    boolean wasRobbed() {
        return robbedPs != NEVER;
    }

    /** When its context was last stolen. */
    long robbedPs() {
        return robbedPs;
    }

    void placed(int onChiplet, int asContext, long cbrs, int dsr) {
        chiplet = onChiplet;
        context = asContext;
        cbrMap = cbrs;
        dsrMap = dsr;
    }

    void unplaced() {
        placed(NOT_LOADED, NOT_LOADED, 0, 0);
    }

    @Override
    public void state(StateIo io) {
        place.state(io);
        segments = io.i32(segments);
        chiplet = io.i32(chiplet);
        context = io.i32(context);
        cbrMap = io.i64(cbrMap);
        dsrMap = io.i32(dsrMap);
        saved.state(io);
        exception.state(io);
        contextStolen = io.i64(contextStolen);
        if (io.timed()) {
            robbedPs = io.i64(robbedPs);
        }
    }
}
