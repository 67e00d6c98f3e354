package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.linux.lock.RwSemaphore;
import grusim.linux.lock.SpinLock;
import grusim.machine.PhysicalMemory;
import grusim.notifier.SecondaryMmu;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One address space: mappings, page table, locks, program break and at most one mmu notifier.
 *
 * <p>Locks in order: mmap_sem, the lock of the reverse map (Linux: anon_vma), the page-table lock. Identifiers are not
 * reused. The program break is guarded by mmap_sem.
 */
public final class Mm implements Stateful {
    /** Placement of mappings whose pages go to the blade of the CPU that touches them first. */
    public static final int FIRST_TOUCH = -1;

    private static final long MMAP_GAP_BYTES = 128L << 20;

    private final int id;
    private final RwSemaphore mmapSem;
    private final SpinLock rmapLock;
    private final SpinLock pageTableLock;
    private final Vmas vmas;
    private final CpuMask cpuMask;
    private final Shootdown shootdown;
    private final boolean timed;
    private final PageTables tables;
    private final Cell notified;
    private @Nullable SecondaryMmu notifier;
    private long flushes;
    private long initialBreak;
    private long programBreak;

    Mm(Engine engine, String name, int id, TablePages pages, int tableBits, Shootdown shootdown, VmCounters counters) {
        this.id = id;
        this.shootdown = shootdown;
        this.cpuMask = new CpuMask(engine, name + ".cpu_mask", shootdown);
        this.timed = engine.isTimed();
        this.mmapSem = new RwSemaphore(engine, name + ".mmap_sem", counters);
        this.rmapLock = new SpinLock(engine, name + ".rmap_lock", counters);
        this.pageTableLock = new SpinLock(engine, name + ".page_table_lock", counters);
        this.tables = new PageTables(pages, tableBits);
        long limit = tables.span(PageTables.PGD) << (tableBits - 1);
        long gap = Math.min(MMAP_GAP_BYTES, limit >>> 3) & -PhysicalMemory.FRAME_BYTES;
        this.vmas = new Vmas(engine, name + ".vmas", limit, limit - gap);
        this.notified = engine.cell(name + ".notifiers", 0);
        engine.component(this);
    }

    /** Number by which routines and notifiers name this address space. */
    public int id() {
        return id;
    }

    /** The lock of the mappings. */
    public RwSemaphore mmapSem() {
        return mmapSem;
    }

    /** The mappings. */
    public Vmas vmas() {
        return vmas;
    }

    /** The newest entry of a page, {@link Pte#NONE} if there is none; a probe. */
    public long peekPte(long vaddr) {
        return tables.peekPte(vaddr);
    }

    /**
     * Number of the cell that holds the entry of an address, -1 if no table leads to it; a probe.
     *
     * @param level 0 for the pte, up to 3 for the pgd entry
     */
    public int entryCell(long vaddr, int level) {
        return tables.cell(vaddr, level);
    }

    /** Registers what mirrors this address space, while the machine is being built or nothing is mapped yet. */
    public void register(SecondaryMmu secondary) {
        notifier = secondary;
        notified.poke(1);
    }

    /** Names what will mirror this address space once {@link Kernel#registerNotifier} has run. */
    public void prepare(SecondaryMmu secondary) {
        notifier = secondary;
    }

    /** Puts the notifier on the list; the one access of the step. */
    void publishNotifier(Agent agent) {
        notified.store(agent, 1, Order.RELEASE);
    }

    /**
     * A CPU runs this address space: flushes of its translations interrupt that CPU, if the kernel flushes so. While the
     * machine is being built.
     */
    public void runsOn(Cpu cpu) {
        mayRunOn(cpu);
        cpuMask.put(cpu);
        shootdown.loaded(cpu, this);
    }

    /** A CPU may switch to this address space later. While the machine is being built. */
    public void mayRunOn(Cpu cpu) {
        if (cpuMask.list(cpu)) {
            shootdown.connect(cpu);
        }
    }

    /**
     * Maps a range while the machine is being built.
     *
     * @param protection bits of {@link Prot}
     * @param blade blade of the pages, or {@link #FIRST_TOUCH}
     * @param source number of a page source of the kernel
     */
    public void map(long start, long bytes, int protection, int blade, int source) {
        long end = start + pageAligned(bytes);
        if (start % PhysicalMemory.FRAME_BYTES != 0 || end <= start || end > vmas.limit()) {
            throw new IllegalArgumentException("mapping at 0x" + Long.toHexString(start) + " of " + bytes
                    + " bytes: page-aligned and below 0x" + Long.toHexString(vmas.limit()));
        }
        vmas.insert(start, end, protection, blade + 1, source, 0, 0);
    }

    /** As {@link #map}, with huge pages from the pool; start and length are whole huge pages. */
    public void mapHugetlb(long start, long bytes, int protection, int blade, int source) {
        long hugeBytes = tables.span(PageTables.PMD);
        if (start % hugeBytes != 0 || bytes % hugeBytes != 0 || bytes <= 0 || start + bytes > vmas.limit()) {
            throw new IllegalArgumentException("hugetlb mapping at 0x" + Long.toHexString(start) + " of " + bytes
                    + " bytes: multiples of " + hugeBytes + ", below 0x" + Long.toHexString(vmas.limit()));
        }
        vmas.insert(start, start + bytes, protection, blade + 1, source, 0, Vmas.HUGETLB);
    }

    /** Address bits in a huge page. */
    public int hugeShift() {
        return Long.numberOfTrailingZeros(tables.span(PageTables.PMD));
    }

    long hugeBytes() {
        return tables.span(PageTables.PMD);
    }

    /** Begins another life, empty, of a process that comes from the one of {@code from}. */
    void begin(Mm from) {
        initialBreak = from.initialBreak;
        programBreak = from.programBreak;
        vmas.link();
    }

    /** Sets the lowest program break, while the machine is being built. */
    public void initialBreak(long vaddr) {
        initialBreak = vaddr;
        programBreak = vaddr;
    }

    /** The lowest program break. */
    long initialBreak() {
        return initialBreak;
    }

    /** The program break: the end of the heap. */
    public long programBreak() {
        return programBreak;
    }

    void programBreak(long vaddr) {
        programBreak = vaddr;
    }

    CpuMask cpuMask() {
        return cpuMask;
    }

    /** Number of the last flush of this address space (Linux tlb_gen); timed runs only. */
    long tlbGeneration() {
        return flushes;
    }

    /** The number of a flush that begins now; 0 where they are not counted. */
    long nextFlush() {
        return timed ? ++flushes : 0;
    }

    SpinLock rmapLock() {
        return rmapLock;
    }

    SpinLock pageTableLock() {
        return pageTableLock;
    }

    PageTables tables() {
        return tables;
    }

    /** The notifier, or null if there is none or it has been released; the one access of the step. */
    @Nullable
    SecondaryMmu notifier(Agent agent) {
        return notified.load(agent, Order.ACQUIRE) != 0 ? notifier : null;
    }

    /** Whether a notifier is registered that has not been released; a probe, for costs. */
    boolean notified() {
        return notified.peek() != 0;
    }

    /** Whether a registered notifier wants a callout; a probe of what never changes. */
    boolean calls(Function<SecondaryMmu, @Nullable Routine> site) {
        return notifier != null && site.apply(notifier) != null;
    }

    /** Whether a registered notifier wants to know of clears or flushes; a probe of what never changes. */
    boolean hearsOfFlushes() {
        return calls(SecondaryMmu::cleared) || calls(SecondaryMmu::flushed);
    }

    /** Whether a registered notifier wants to be told of each clear by itself; a probe of what never changes. */
    boolean pageByPage() {
        return notifier != null && notifier.pageByPage();
    }

    /** Whether a notifier is registered, not released, and promises that nothing changed is used after its callouts. */
    boolean coherent() {
        return notifier != null && notified() && notifier.coherent();
    }

    /** Takes the notifier off the list and returns it, or null; the one access of the step. */
    @Nullable
    SecondaryMmu takeNotifier(Agent agent) {
        return notified.exchange(agent, 0, Order.FULL) != 0 ? notifier : null;
    }

    /** A length rounded up to whole pages; 0 if that overflows. */
    static long pageAligned(long bytes) {
        return (bytes + PhysicalMemory.FRAME_BYTES - 1) & -PhysicalMemory.FRAME_BYTES;
    }

    @Override
    public void state(StateIo io) {
        initialBreak = io.i64(initialBreak);
        programBreak = io.i64(programBreak);
        if (io.timed()) {
            flushes = io.i64(flushes);
        }
    }
}
