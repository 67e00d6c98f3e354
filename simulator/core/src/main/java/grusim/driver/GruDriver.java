package grusim.driver;

import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.machine.Machine;
import grusim.notifier.FillRules;
import grusim.notifier.SecondaryMmu;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.DriverSpec;
import grusim.workload.KernelSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The driver as a whole: its state of every chiplet, address space and thread, and its routines.
 *
 * <p>Models one context per thread, loaded on the thread's blade. Does not model placement checks.
 */
public final class GruDriver {
    /** Base page in bytes. */
    public static final long PAGE_BYTES = 4096;

    private final Engine engine;
    private final Machine machine;
    private final Kernel kernel;
    private final DriverSpec spec;
    private final KernelSpec kernelCosts;
    private final List<AddressSpaceState> addressSpaces = new ArrayList<>();
    private final ThreadStates threads;
    private final DriverStatistics statistics = new DriverStatistics();
    private final BladePlacement placement;
    private final FaultDelivery faults;
    private DriverObserver observer = DriverObserver.NONE;

    private DriverProbe probe = DriverProbe.NONE;

    private final Fills fills;
    private final Routine callOs;
    private final Routine segmentFault;
    private final Routine closeSegment;
    private final Routine unloadRequest;
    private final Routine exceptionRequest;
    private final ContextSwitch contextSwitch;
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
        threads = new ThreadStates(this, engine);
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
        fills = new Fills(this);
        callOs = new CallOs(this);
        segmentFault = new SegmentFault(this);
        closeSegment = new CloseSegment(this);
        unloadRequest = new UnloadRequest(this);
        contextSwitch = new ContextSwitch(this, faults);
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
        fills.by(rules);
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
        ThreadState gts = threads.create(mm.id(), cpu, options, kernel.hugePages());
        if (options.miss() == MissMode.INTERRUPT) {
            faults.interrupt(cpu);
        }
        return gts;
    }

    /** Makes the state of a kernel context, which interrupts a core when instructions that ask for that end. */
    ThreadState createKernelState(Cpu cpu) {
        ContextOptions options = new ContextOptions(0, 0, MissMode.USER_POLLING, 0, false);
        ThreadState gts = threads.create(ThreadState.KERNEL, cpu, options, false);
        faults.interrupt(cpu);
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
        return threads.found(threadState).miss;
    }

    /** The states of its threads. */
    public ThreadStates threads() {
        return threads;
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

    DriverObserver observer() {
        return observer;
    }

    Mm mm(int id) {
        return kernel.mm(id);
    }

    ChipletState chipletState(int index) {
        return placement.chiplet(index);
    }

    AddressSpaceState addressSpace(int mm) {
        return addressSpaces.get(mm);
    }

    Routine preload() {
        return preload;
    }

    Fills fills() {
        return fills;
    }

    ContextSwitch contextSwitch() {
        return contextSwitch;
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
}
