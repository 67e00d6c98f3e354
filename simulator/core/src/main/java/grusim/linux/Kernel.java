package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.linux.lock.SpinLock;
import grusim.linux.rcu.Rcu;
import grusim.machine.PhysicalMemory;
import grusim.result.LatencyHistogram;
import grusim.workload.KernelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The virtual memory of one partition's kernel: its address spaces, its frames, and the routines that work on them.
 *
 * <p>Every routine takes its arguments in its first slots, as its accessor says, and returns a value or a negated
 * {@link Errno}. One simulation's thread only. The bytes of {@link PhysicalMemory} are listed in snapshots by whoever built
 * that memory.
 */
public final class Kernel {
    private final Engine engine;
    private final KernelSpec spec;
    private final Partition partition;
    private final CpuPlaces places;

    private final VmCounters counters = new VmCounters();
    private final FrameAllocator frames;
    private final TablePages tables;
    private final SwapArea swap;
    private final Gathers gathers;
    private final PageLocks pageLocks;
    private final Callouts callouts;
    private final Shootdown shootdown;
    private final List<Mm> mms = new ArrayList<>();
    private final PageContents contents;
    private final UserMemory userMemory;
    private VmObserver observer = VmObserver.NONE;

    private final Routine splitHugePmd;
    private final UserPages userPages;
    private final Routine registerNotifier;
    private final SystemCalls calls;
    private final Routine handleFault;
    private final Routine exitMmap;
    private final Processes processes;
    private final Routine flushCpus;
    private final @Nullable Rcu rcu;
    private final Routine switchMm;
    private final Routine enterLazyTlb;
    private final Routine reclaimPages;
    private final Routine kswapd;

    /**
     * Makes a kernel without address spaces.
     *
     * @param places where CPUs are, and thus the pages they touch first
     */
    public Kernel(Engine engine, PhysicalMemory memory, KernelSpec spec, Partition partition, CpuPlaces places) {
        this.engine = engine;
        this.spec = spec;
        this.partition = partition;
        this.places = places;
        this.frames = new FrameAllocator(engine, memory, partition, spec, counters);
        this.tables = new TablePages(
                engine, memory, partition, spec.pageTableLock() == KernelSpec.PageTableLock.SPLIT, counters);
        this.swap = new SwapArea(engine, partition.name() + ".swap", memory);
        this.gathers =
                new Gathers(engine, spec.gatherPages(), (long) PhysicalMemory.FRAME_BYTES << partition.tableBits());
        this.pageLocks = new PageLocks(engine, partition.name() + ".page locks");
        this.callouts = new Callouts(spec.notifierCallCostPs(), counters);
        this.shootdown = new Shootdown(this);
        this.contents = new PageContents(memory);
        this.userMemory = new UserMemory(this, memory);

        this.splitHugePmd = new SplitHugePmd(this);
        AllocateTables allocateTables = new AllocateTables(this);
        ReclaimPages reclaim = new ReclaimPages(this);
        MigratePage migratePage = new MigratePage(this);
        FlushPage flushPage = new FlushPage(this);
        MmFault mmFault = new MmFault(this, allocateTables, reclaim, migratePage, flushPage);
        FinishGather finishGather = new FinishGather(this);
        UnmapVmas unmapVmas = new UnmapVmas(this, finishGather);
        FreePageTables freePageTables = new FreePageTables(this, finishGather);
        UnmapRegion unmapRegion = new UnmapRegion(this, false, unmapVmas, freePageTables, finishGather);
        UnmapRegion unmapDowngrading = spec.munmapDowngrade()
                ? new UnmapRegion(this, true, unmapVmas, freePageTables, finishGather)
                : unmapRegion;
        this.userPages = new UserPages(this, mmFault);
        this.handleFault = new HandleFault(this, mmFault);
        this.registerNotifier = new RegisterNotifier(this);
        this.calls = new SystemCalls(
                this,
                unmapRegion,
                unmapDowngrading,
                unmapVmas,
                finishGather,
                allocateTables,
                migratePage,
                reclaim,
                flushPage);
        this.exitMmap = new ExitMmap(this, unmapVmas, freePageTables, finishGather);
        this.processes = new Processes(this, allocateTables, exitMmap, handleFault);
        engine.component(processes.spares());
        this.flushCpus = new FlushCpus(this);
        this.rcu = spec.tableFree() == KernelSpec.TableFree.RCU
                ? new Rcu(engine, partition.name(), spec, new DeferredTables(tables, counters))
                : null;
        this.switchMm = new SwitchMm(this);
        this.enterLazyTlb = new EnterLazyTlb(this);
        this.reclaimPages = reclaim;
        this.kswapd = new Kswapd(this, reclaim);
    }

    // ---- building and probing ----

    /** Sets who is told of what happens. */
    public void observer(VmObserver listener) {
        observer = listener;
        frames.observer(listener);
        tables.observer(listener);
        callouts.observer(listener);
    }

    /** Makes an empty address space; identifiers count from 0. */
    public Mm createMm() {
        Mm mm = spareMm();
        observer.mmCreated(mm.id());
        return mm;
    }

    /** Makes an address space that is announced when somebody takes it. */
    Mm spareMm() {
        int id = mms.size();
        Mm mm = new Mm(engine, partition.name() + ".mm" + id, id, tables, partition.tableBits(), shootdown, counters);
        mms.add(mm);
        return mm;
    }

    /** The address space of an identifier. */
    public Mm mm(int id) {
        return mms.get(id);
    }

    /** Says, while the machine is being built, that a secondary MMU drops its pins when reclaim calls out. */
    public void revokePins() {
        frames.reclaimable().revokePins();
    }

    /** What has been counted so far. */
    public VmCounters counters() {
        return counters;
    }

    /** How long flushes of the CPUs' TLBs took. */
    public LatencyHistogram shootdownDurations() {
        return shootdown.durations();
    }

    /**
     * Declares, while the machine is being built, that CPUs switch address spaces or run no thread for a while. Says whether
     * the kernel's flushes depend on that; if not, nobody need call {@link #switchMm} and {@link #enterLazyTlb}.
     */
    public boolean cpusSwitch() {
        shootdown.letSwitch();
        return shootdown.switching();
    }

    /** A CPU that runs no user threads may flush those that do, while the machine is being built. */
    public void mayFlush(Cpu cpu) {
        addCpu(cpu);
        shootdown.addSender(cpu);
    }

    /** The frames. */
    public FrameAllocator frames() {
        return frames;
    }

    /** Whether there are huge pages for hugetlb mappings. */
    public boolean hugePages() {
        return spec.hugePages() > 0;
    }

    /** What it puts into frames. */
    public PageContents contents() {
        return contents;
    }

    /** Reads processes' memory, for checks. */
    public UserMemory userMemory() {
        return userMemory;
    }

    // ---- routines ----

    /** How drivers come by processes' pages. */
    public UserPages userPages() {
        return userPages;
    }

    /**
     * A page fault of a CPU: slots 0 address space, 1 address, 2 whether for a write. Returns 0, 1 if swap was read, -EFAULT,
     * -EACCES or -ENOMEM.
     */
    public Routine handleFault() {
        return handleFault;
    }

    /** Registers the notifier prepared for the address space in slot 0. */
    public Routine registerNotifier() {
        return registerNotifier;
    }

    /** The system calls and the other work on ranges of an address space. */
    public SystemCalls calls() {
        return calls;
    }

    /**
     * Flushes the TLBs of the other CPUs that run an address space, in slot 0: when it returns, none of them goes on through
     * a translation that was taken away before.
     */
    public Routine flushCpus() {
        return flushCpus;
    }

    /** Read-side sections and grace periods; with {@code kernel.tableFree=rcu} alone. */
    public Rcu rcu() {
        return Objects.requireNonNull(rcu);
    }

    /** The CPU begins to run a thread of the address space in slot 0. */
    public Routine switchMm() {
        return switchMm;
    }

    /** The CPU stops running threads of the address space it has loaded. */
    public Routine enterLazyTlb() {
        return enterLazyTlb;
    }

    /** The end of an address space, in slot 0. Vmas are closed after it. */
    public Routine exitMmap() {
        return exitMmap;
    }

    /** How processes come and go. */
    public Processes processes() {
        return processes;
    }

    /**
     * Reclaims pages once: slots 0 how many, 1 address space plus one or 0 for any page, 2 and 3 start and end of the range to
     * take them from. Returns how many were reclaimed.
     */
    public Routine reclaimPages() {
        return reclaimPages;
    }

    /** The reclaim thread, for a CPU of its own; no arguments. */
    public Routine kswapd() {
        return kswapd;
    }

    // ---- for the routines ----

    /** The engine it runs on. */
    public Engine engine() {
        return engine;
    }

    String name() {
        return partition.name();
    }

    KernelSpec spec() {
        return spec;
    }

    VmObserver observer() {
        return observer;
    }

    /** The lock of the entries of a page of ptes or pmd entries, which a pointer or address names. */
    SpinLock pageTableLock(Mm mm, long pointer) {
        SpinLock own = tables.lock(pointer);
        return own == null ? mm.pageTableLock() : own;
    }

    /** Lets grace periods wait for a CPU. */
    void addCpu(Cpu cpu) {
        if (rcu != null) {
            rcu.add(cpu);
        }
    }

    /** Frees a page-table page at once, or after a grace period; the one access of the step. */
    void freeTable(Agent agent, long pointer) {
        if (rcu != null) {
            rcu.call(agent, pointer);
        } else {
            tables.free(agent, pointer);
        }
    }

    TablePages tables() {
        return tables;
    }

    SwapArea swap() {
        return swap;
    }

    Gathers gathers() {
        return gathers;
    }

    Routine splitHugePmd() {
        return splitHugePmd;
    }

    /** The page locks. */
    public PageLocks pageLocks() {
        return pageLocks;
    }

    Shootdown shootdown() {
        return shootdown;
    }

    Callouts callouts() {
        return callouts;
    }

    int blade(Agent agent) {
        return places.blade(agent);
    }

    /** Picoseconds until a CPU has a line that another has written. */
    long linePs(Agent agent, Agent other) {
        return places.linePs(blade(agent), blade(other));
    }
}
