package grusim.driver;

import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.AllocationMap;
import grusim.linux.lock.Completion;
import grusim.linux.lock.LockWaits;
import grusim.linux.lock.RwSemaphore;

/**
 * The kernel's own context on a blade (gru_blade_state): one control block and 256 bytes of data segment for each CPU of
 * the blade, and what was reserved for asynchronous use behind them. It is loaded when the kernel first uses it, and again
 * after it was stolen.
 *
 * <p>The semaphore guards everything: who uses the context holds it for reading, so that nobody unloads it; who loads,
 * unloads or resizes it holds it for writing. Source: Linux driver drivers/misc/sgi-gru, grukservices.c.
 */
public final class KernelContext implements Stateful {
    /** Bytes of data segment for each CPU: GRU_NUM_KERNEL_DSR_BYTES. */
    static final int DSR_BYTES_PER_CPU = 256;

    final int blade;
    final ThreadState gts;
    final RwSemaphore semaphore;
    /** Counts ends of asynchronous instructions. */
    final Completion asyncDone;

    /** The chiplet it is loaded on, or -1 for the roomiest of its blade. */
    final int chiplet;

    private final int cpus;
    private int asyncCbrs;
    private int asyncDsrBytes;

    KernelContext(Engine engine, int blade, int chiplet, int cpus, ThreadState gts) {
        this.blade = blade;
        this.chiplet = chiplet;
        this.cpus = cpus;
        this.gts = gts;
        semaphore = new RwSemaphore(engine, "blade" + blade + " bs_kgts_sema", LockWaits.UNCOUNTED);
        asyncDone = new Completion(engine, "blade" + blade + " bs_async_wq");
        resize();
        engine.component(this);
    }

    /** Whether somebody has reserved resources for asynchronous use; to be asked by who holds the semaphore. */
    boolean reserved() {
        return asyncCbrs + asyncDsrBytes != 0;
    }

    /** Sets what is reserved for asynchronous use, by who holds the semaphore for writing while it is not loaded. */
    void reserve(int cbrs, int dsrBytes) {
        asyncCbrs = cbrs;
        asyncDsrBytes = dsrBytes;
    }

    /** Makes the next load take what is wanted by now. */
    void resize() {
        gts.resize(cpus + asyncCbrs, AllocationMap.dsrUnits(cpus * DSR_BYTES_PER_CPU + asyncDsrBytes));
    }

    /** CB number of a CPU's control block, counting the asynchronous ones behind the CPUs'. */
    int cb(int cpuOfBlade) {
        return AllocationMap.cbNumber(gts.cbrMap(), cpuOfBlade);
    }

    /** The first asynchronous control block, counted in the context. */
    int firstAsync() {
        return cpus;
    }

    /** Where a CPU's part of the data segment begins. */
    static int dsrOffset(int cpuOfBlade) {
        return cpuOfBlade * DSR_BYTES_PER_CPU;
    }

    /** The semaphore; for probes and tests. */
    public RwSemaphore semaphore() {
        return semaphore;
    }

    /** Whether it is loaded; for probes and tests. */
    public boolean loaded() {
        return gts.loaded();
    }

    /** Its thread state; for probes and tests. */
    public ThreadState threadState() {
        return gts;
    }

    @Override
    public void state(StateIo io) {
        asyncCbrs = io.i32(asyncCbrs);
        asyncDsrBytes = io.i32(asyncDsrBytes);
        if (io.loading()) {
            resize();
        }
    }
}
