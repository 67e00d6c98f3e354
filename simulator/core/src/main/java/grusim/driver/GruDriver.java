package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ContextConfiguration;
import grusim.gru.ContextHandle;
import grusim.gru.ControlBlock;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.isa.PageSize;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.lock.Mutex;
import grusim.machine.Machine;
import grusim.notifier.FillRules;
import grusim.notifier.SecondaryMmu;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.DriverSpec;
import grusim.workload.KernelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The driver as a whole: its state of every chiplet, address space and thread, and its routines.
 *
 * <p>Models one context per thread, loaded on the thread's blade. Does not model placement checks.
 */
public final class GruDriver {
    private static final int NONE_USED = -1;

    /** Address regions of a context, each with an asid of its own. */
    private static final int REGIONS = 8;

    /** Base page in bytes. */
    public static final long PAGE_BYTES = 4096;

    private final Engine engine;
    private final Machine machine;
    private final Kernel kernel;
    private final DriverSpec spec;
    private final KernelSpec kernelCosts;
    private final List<AddressSpaceState> addressSpaces = new ArrayList<>();
    private final List<ThreadState> threadStates = new ArrayList<>();
    private final DriverStatistics statistics = new DriverStatistics();
    private final BladePlacement placement;
    private final FaultDelivery faults;
    private DriverObserver observer = DriverObserver.NONE;

    /** The thread state whose use a timed run announced last, unless one was freed since. */
    private int usedLast = NONE_USED;

    private DriverProbe probe = DriverProbe.NONE;

    private Routine tryDropin;
    private @Nullable FillRules fills;
    private final Routine callOs;
    private final Routine segmentFault;
    private final Routine closeSegment;
    private final Routine unloadRequest;
    private final Routine exceptionRequest;
    private final Routine loadContext;
    private final Routine unloadContext;
    private final Routine updateContext;
    private final Routine preload;
    private final Routine flushTlb;
    private final Routine flushWholeTlb;
    private final Notifier notifier;
    private final KernelContexts kernelContexts;
    private final Stealing stealing;
    private final Requests requests;
    private final MessageQueues messageQueues;

    /**
     * Builds the driver.
     *
     * @param devices the chiplets by number; null for those that nobody uses
     */
    public GruDriver(
            Machine machine, @Nullable Chiplet[] devices, Kernel kernel, DriverSpec spec, KernelSpec kernelCosts) {
        this.engine = machine.engine();
        engine.component(io -> usedLast = io.loading() ? NONE_USED : usedLast);
        this.machine = machine;
        this.kernel = kernel;
        this.spec = spec;
        this.kernelCosts = kernelCosts;
        @Nullable ChipletState[] chiplets = new @Nullable ChipletState[devices.length];
        for (int i = 0; i < devices.length; i++) {
            Chiplet device = devices[i];
            chiplets[i] = device == null ? null : new ChipletState(engine, device, spec.asids(), kernel.counters());
        }
        placement = new BladePlacement(machine, chiplets);
        faults = new FaultDelivery(this, machine, placement);
        tryDropin = new TryDropin(this);
        callOs = new CallOs(this);
        segmentFault = new SegmentFault(this);
        closeSegment = new CloseSegment(this);
        unloadRequest = new UnloadRequest(this);
        loadContext = new LoadContext(this);
        unloadContext = new UnloadContext(this);
        updateContext = new UpdateContext(this);
        preload = new Preload(this);
        flushTlb = new FlushTlb(this);
        flushWholeTlb = new FlushWholeTlb(this);
        notifier = new Notifier(this);
        kernelContexts = new KernelContexts(this, machine);
        exceptionRequest = new ExceptionRequest(this);
        stealing = new Stealing(this, machine, devices);
        requests = new Requests(this);
        messageQueues = new MessageQueues(this, machine);
    }

    /** Sets who is told of the driver's facts. */
    public void observer(DriverObserver driverObserver) {
        observer = driverObserver;
    }

    /** Sets who is told how long the driver's work takes. */
    public void probe(DriverProbe driverProbe) {
        probe = driverProbe;
    }

    /** Has fills go by the rules of an invalidation protocol in place of the driver's own, while the machine is built. */
    public void fills(FillRules rules) {
        fills = rules;
        tryDropin = new RuledDropin(this, rules);
    }

    /** The driver's own notifier. */
    public SecondaryMmu notifier() {
        return notifier;
    }

    /** Keeps the driver's state of an address space; once for each, in the order of their numbers. */
    public void register(Mm mm) {
        if (mm.id() != addressSpaces.size()) {
            throw new IllegalArgumentException("address space " + mm.id() + " out of order");
        }
        addressSpaces.add(
                new AddressSpaceState(engine, mm.id(), machine.topology().chiplets(), kernel.counters()));
        statistics.count(DriverCounter.GMS_ALLOC);
    }

    /** Makes the state of a thread that is about to use a context segment, as setting an option on it does. */
    public ThreadState createThreadState(Mm mm, Cpu cpu, ContextOptions options) {
        statistics.count(DriverCounter.VDATA_ALLOC);
        statistics.count(DriverCounter.SET_CONTEXT_OPTION);
        ThreadState gts = threadState(mm.id(), cpu, options, kernel.hugePages());
        if (options.miss() == MissMode.INTERRUPT) {
            faults.interrupt(cpu);
        }
        return gts;
    }

    /** Makes the state of a kernel context, which interrupts a core when instructions that ask for that end. */
    ThreadState createKernelState(Cpu cpu) {
        ContextOptions options = new ContextOptions(0, 0, MissMode.USER_POLLING, 0, false);
        ThreadState gts = threadState(ThreadState.KERNEL, cpu, options, false);
        faults.interrupt(cpu);
        return gts;
    }

    private ThreadState threadState(int mm, Cpu cpu, ContextOptions options, boolean growingSizes) {
        int id = threadStates.size();
        statistics.count(DriverCounter.GTS_ALLOC);
        Mutex lock = new Mutex(engine, "gts" + id + " ts_ctxlock", kernel.counters());
        SegmentMapping mapping = new SegmentMapping(engine, "gts" + id + " segment");
        AvailableSizes sizes = growingSizes ? new AvailableSizes(engine, "gts" + id) : null;
        ThreadState gts = new ThreadState(id, mm, cpu, options, lock, mapping, sizes);
        engine.component(gts);
        threadStates.add(gts);
        return gts;
    }

    /** Has a CPU, which does nothing else, run the polling thread of its blade; while the machine is built. */
    public void pollFaults(Cpu cpu) {
        faults.poll(cpu);
    }

    /** The routine of a page fault on a context segment; slot 0: thread state. */
    public Routine segmentFault() {
        return segmentFault;
    }

    /** The routine of a user's call about a miss; slots: thread state, the user's control block. */
    public Routine callOs() {
        return callOs;
    }

    /** The routine that closes a context segment; slot 0: thread state. */
    public Routine closeSegment() {
        return closeSegment;
    }

    /** The routine of a request to unload a context; slots: thread state, whether its state is saved. */
    public Routine unloadRequest() {
        return unloadRequest;
    }

    /** The kernel's own contexts. */
    public KernelContexts kernelContexts() {
        return kernelContexts;
    }

    /** The routine of a request for an exception's detail; slots: thread state, the user's control block. */
    public Routine exceptionRequest() {
        return exceptionRequest;
    }

    /** The routines of users' requests. */
    public Requests requests() {
        return requests;
    }

    /** A thread may run on a core later; while the machine is being built. */
    public void mayRunOn(ThreadState gts, Cpu cpu) {
        if (gts.miss == MissMode.INTERRUPT) {
            faults.interrupt(cpu);
        }
    }

    /** A thread may have its context on a blade that none of its cores is on; while the machine is being built. */
    public void mayBePlacedOn(ThreadState gts, int blade, Cpu cpu) {
        mayRunOn(gts, machine.cpu(blade, machine.cpuOfBlade(cpu)));
    }

    /** A thread runs on another core from now on. */
    public void moved(ThreadState gts, Cpu cpu) {
        gts.place.moved(cpu);
    }

    /** The kernel's message queues. */
    public MessageQueues messageQueues() {
        return messageQueues;
    }

    /** The driver's counters. */
    public DriverStatistics statistics() {
        return statistics;
    }

    /** How a thread's misses are reported; a probe. */
    public MissMode missMode(int threadState) {
        return threadStates.get(threadState).miss;
    }

    /** State of a thread by number. */
    public ThreadState threadState(int id) {
        if (id != usedLast) {
            usedLast = engine.isTimed() ? id : NONE_USED;
            observer.threadStateUsed(id);
        }
        return threadStates.get(id);
    }

    /** The driver's views under /proc. */
    public ProcViews procViews() {
        return new ProcViews(this, machine.topology());
    }

    // ---- for the driver's routines ----

    Stealing stealing() {
        return stealing;
    }

    Engine engine() {
        return engine;
    }

    Kernel kernel() {
        return kernel;
    }

    DriverSpec costs() {
        return spec;
    }

    /** The rules it follows: orders, barriers, checks. */
    DriverSpec rules() {
        return spec;
    }

    long lockCostPs() {
        return kernelCosts.lockCostPs();
    }

    long syscallCostPs() {
        return kernelCosts.syscallCostPs();
    }

    long faultCostPs() {
        return kernelCosts.faultCostPs();
    }

    BladePlacement placement() {
        return placement;
    }

    /** A thread state by number for who does not use it: to find it, or for what never changes. */
    ThreadState found(int id) {
        return threadStates.get(id);
    }

    /** Whether who looks for a thread state, in the step that takes its lock, finds none any more. */
    boolean gone(Agent a, int id) {
        ThreadState gts = threadStates.get(id);
        return gts.mapping().dropped(a) && !gts.lock.inUse(a) && !gts.loaded();
    }

    /** Announces that a thread state was freed. */
    void threadStateFreed(int id) {
        usedLast = NONE_USED;
        statistics.count(DriverCounter.GTS_FREE);
        observer.threadStateFreed(id);
    }

    DriverObserver observer() {
        return observer;
    }

    Mm mm(int id) {
        return kernel.mm(id);
    }

    ChipletState chipletState(int index) {
        return placement.chiplet(index);
    }

    /** Number of the first thread state of an address space from a number on, or -1. */
    int nextThreadState(int mm, int from) {
        for (int id = from; id < threadStates.size(); id++) {
            if (threadStates.get(id).mm == mm) {
                return id;
            }
        }
        return -1;
    }

    AddressSpaceState addressSpace(int mm) {
        return addressSpaces.get(mm);
    }

    Routine tryDropin() {
        return tryDropin;
    }

    Routine preload() {
        return preload;
    }

    Routine loadContext() {
        return loadContext;
    }

    Routine unloadContext() {
        return unloadContext;
    }

    /** The routine that tells a loaded context's handle its thread's settings; slot 0: thread state, locked. */
    Routine updateContext() {
        return updateContext;
    }

    /** Whether fills go by other rules than the driver's own. */
    boolean ruled() {
        return fills != null;
    }

    /** Whether misses go to a table walker in place of a CPU. */
    boolean walkedByHardware() {
        return fills != null && fills.walkedByHardware();
    }

    /** What handling a miss costs the CPU that a fault interrupt takes; a table walker has no such costs. */
    long interruptCostPs(long cpuCostPs) {
        return walkedByHardware() ? 0 : cpuCostPs;
    }

    boolean fillsInInterrupt() {
        return walkedByHardware() || (spec.interruptWalk() && (fills == null || fills.fillsInInterrupt()));
    }

    /** The routine that flushes a range of an address space from every chiplet; slots: address space, start, end. */
    public Routine flushTlb() {
        return flushTlb;
    }

    Routine flushWholeTlb() {
        return flushWholeTlb;
    }

    void count(DriverCounter counter) {
        statistics.count(counter);
    }

    void timed(McsOperation operation, long startedPs) {
        statistics.timed(operation, engine.nowPs() - startedPs);
    }

    void took(DriverLatency latency, long startedPs) {
        if (engine.isTimed()) {
            probe.took(latency, engine.nowPs() - startedPs);
        }
    }

    /** The kernel has seen the end of an instruction of its own. */
    void ended(Chiplet chiplet, ControlBlock cb) {
        if (engine.isTimed()) {
            cb.ledger().mark(Why.POLL, engine.nowPs());
            probe.kernelInstruction(chiplet.index(), cb);
        }
    }

    /** Attributes the time since its last mark in a control block's account. */
    void mark(Chiplet chiplet, int cbr, Why reason) {
        chiplet.cb(cbr).mark(reason);
    }

    /** Time to copy or zero a context's control blocks, extended blocks and data segment. */
    long copyPs(ThreadState gts) {
        return AllocationMap.cbrs(gts.cbrMap()) * blockCopyPs() + segmentCopyPs(gts);
    }

    /** Time to copy or zero a control block and its extended block, a line each. */
    long blockCopyPs() {
        return 2 * spec.contextCopyLatencyPerLinePs();
    }

    /** Time to copy or zero a context's data segment. */
    long segmentCopyPs(ThreadState gts) {
        long lines = (long) AllocationMap.DSR_BYTES_PER_UNIT / ChipletMap.LINE_BYTES * gts.dsrUnits();
        return lines * spec.contextCopyLatencyPerLinePs();
    }

    /** Writes a context handle's configuration for a thread's context. */
    void configure(Agent agent, ContextHandle cch, ThreadState gts, int baseAsid) {
        gts.place.faultMap(faults.faultMap(gts));
        List<Integer> asids =
                IntStream.range(0, REGIONS).mapToObj(r -> baseAsid + r).toList();
        int mask = gts.sizes == null ? PageSize.KIB_4.mask() : gts.sizes.peek();
        List<Integer> sizes = Collections.nCopies(REGIONS, mask);
        cch.configure(
                agent,
                new ContextConfiguration(
                        gts.miss != MissMode.USER_POLLING,
                        gts.miss == MissMode.INTERRUPT,
                        false,
                        false,
                        gts.place.faultMap(),
                        false,
                        gts.cbrMap(),
                        gts.dsrMap(),
                        asids,
                        sizes));
    }
}
