package grusim.driver;

import static grusim.driver.DriverCounter.UNLOCK_KERNEL_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.gru.Chiplet;
import grusim.gru.ContextConfiguration;
import grusim.gru.ControlBlock;
import grusim.isa.handle.Cch;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own contexts, one for each blade whose kernel uses the GRU, and the services that use them: waiting for
 * asynchronous instructions, copying and reading by physical address.
 *
 * <p>Source: Linux driver drivers/misc/sgi-gru, grukservices.c. Does not model the preemption that a CPU turns off while it
 * uses its control block: a CPU of this model runs one thread.
 */
public final class KernelContexts {
    /** The fault map of the core that takes a kernel context's interrupts, the first of its blade. */
    static final int FAULT_MAP = 0;

    private static final int ANY_CHIPLET = -1;

    private final GruDriver driver;
    private final Machine machine;
    private final @Nullable KernelContext[] contexts;
    private final Routine lock;
    private final Routine load;
    private final Routine unload;
    private final Routine reserveAsync;
    private final Routine waitAsync;
    private final Routine waitBlock;
    private final Routine copyGpa;
    private final Routine readGpa;

    KernelContexts(GruDriver driver, Machine machine) {
        this.driver = driver;
        this.machine = machine;
        contexts = new @Nullable KernelContext[machine.topology().blades()];
        lock = new LockKernelContext(driver);
        load = new LoadKernelContext(driver);
        unload = new UnloadKernelContext(driver);
        reserveAsync = new ReserveAsync(driver);
        waitAsync = new WaitAsync(driver);
        waitBlock = new WaitBlock(driver);
        copyGpa = new CopyGpa(driver);
        readGpa = new ReadGpa(driver);
    }

    /** Lets the kernel on a blade use the GRU; while the machine is built, after the chiplets of the blade. */
    public KernelContext allow(int blade) {
        return allow(blade, ANY_CHIPLET);
    }

    /** As {@link #allow(int)}, its context on one chiplet of the blade and no other. */
    public KernelContext allow(int blade, int chiplet) {
        KernelContext known = contexts[blade];
        if (known != null) {
            return known;
        }
        int cpus = machine.topology().cpusPerBlade();
        KernelContext made = new KernelContext(
                driver.engine(), blade, chiplet, cpus, driver.createKernelState(machine.cpu(blade, 0)));
        contexts[blade] = made;
        return made;
    }

    /** Whether the kernel on a blade uses the GRU. */
    boolean allowed(int blade) {
        return contexts[blade] != null;
    }

    /** The kernel context of a blade that may use it. */
    public KernelContext of(int blade) {
        KernelContext kernel = contexts[blade];
        if (kernel == null) {
            throw new IllegalStateException("blade " + blade + " has no kernel context");
        }
        return kernel;
    }

    /** The kernel context whose thread state this is, or null for a user's. */
    @Nullable
    KernelContext owning(ThreadState gts) {
        for (KernelContext kernel : contexts) {
            if (kernel != null && kernel.gts == gts) {
                return kernel;
            }
        }
        return null;
    }

    /** The kernel context of the CPU's blade. */
    KernelContext mine(Agent cpu) {
        return of(machine.blade((Cpu) cpu));
    }

    /** The chiplet a kernel context is loaded on. */
    Chiplet chiplet(KernelContext kernel) {
        return driver.chipletState(kernel.gts.chiplet()).chiplet;
    }

    /** The CPU's own control block, while it keeps the context locked. */
    ControlBlock block(Agent cpu) {
        KernelContext kernel = mine(cpu);
        return chiplet(kernel).cb(kernel.cb(core(cpu)));
    }

    /** The n-th asynchronous control block of a blade, while its context is kept locked. */
    public ControlBlock asyncBlock(int blade, int n) {
        KernelContext kernel = of(blade);
        return chiplet(kernel).cb(kernel.cb(kernel.firstAsync() + n));
    }

    /** Where the CPU's own part of the kernel context's data segment begins. */
    int dsrOffset(Agent cpu) {
        return KernelContext.dsrOffset(core(cpu));
    }

    /** Where the asynchronous part of a blade's data segment begins. */
    public int asyncDsrOffset(int blade) {
        return KernelContext.dsrOffset(of(blade).firstAsync());
    }

    private int core(Agent cpu) {
        return machine.cpuOfBlade((Cpu) cpu);
    }

    /** Writes bytes of a kernel context's data segment. */
    void writeDsr(KernelContext kernel, int offset, byte[] from, int bytes) {
        chiplet(kernel).dataSegment().write(kernel.gts.dsrMap(), offset, from, 0, bytes);
    }

    /** Reads bytes of a kernel context's data segment. */
    void readDsr(KernelContext kernel, int offset, byte[] into, int bytes) {
        chiplet(kernel).dataSegment().read(kernel.gts.dsrMap(), offset, into, 0, bytes);
    }

    /** The routine that keeps a blade's context loaded until it is unlocked, loading it first; slot 0: blade. */
    public Routine lock() {
        return lock;
    }

    /** Ends the use of a kernel context. The one access of the step. */
    public void unlock(Agent agent, int blade) {
        driver.count(UNLOCK_KERNEL_CONTEXT);
        of(blade).semaphore.upRead(agent);
    }

    Routine load() {
        return load;
    }

    /** The routine that unloads a blade's context, whose semaphore the caller holds for writing; slot 0: blade. */
    Routine unload() {
        return unload;
    }

    /** The routine that reserves asynchronous resources; slots: blade, control blocks, bytes of data segment. */
    public Routine reserveAsync() {
        return reserveAsync;
    }

    /** The routine that waits for one asynchronous instruction to end; slot 0: blade. */
    public Routine waitAsync() {
        return waitAsync;
    }

    /** The routine that waits for the instruction on the CPU's own control block. */
    Routine waitBlock() {
        return waitBlock;
    }

    /** The routine that copies by physical address; slots: to, from, bytes. Returns 0, or -1 after an exception. */
    public Routine copyGpa() {
        return copyGpa;
    }

    /** The routine that reads a doubleword by physical address; slot 0: address. Returns it. */
    public Routine readGpa() {
        return readGpa;
    }

    /**
     * The driver's tests of itself on a blade, in order, while the machine is built; the blade's kernel may use the GRU
     * from then on.
     *
     * @param chiplet the chiplet of the blade they are done on
     */
    public List<QuickTest> quickTests(int blade, int chiplet) {
        allow(blade, chiplet);
        long first = driver.kernel().frames().reserve(blade, 2) << PhysicalMemory.FRAME_SHIFT;
        PhysicalMemory memory = machine.memory();
        MessageQueue queue = driver.messageQueues()
                .create("quicktest1 of chiplet " + chiplet, blade, 8L * MessageQueue.LINE, 0, false);
        return List.of(
                new QuickLoadStore(driver, memory, first),
                new QuickQueue(driver, memory, queue),
                new QuickAsync(driver, memory, first),
                new QuickCopy(driver, memory, first, first + PhysicalMemory.FRAME_BYTES));
    }

    /** What a kernel context's handle says: no faults, unmapped mode, interrupts of done bits to the first core. */
    static ContextConfiguration configuration(ThreadState gts) {
        return new ContextConfiguration(
                false,
                false,
                true,
                true,
                FAULT_MAP,
                true,
                gts.cbrMap(),
                gts.dsrMap(),
                Collections.nCopies(Cch.REGIONS, 0),
                Collections.nCopies(Cch.REGIONS, 0));
    }
}
