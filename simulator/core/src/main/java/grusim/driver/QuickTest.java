package grusim.driver;

import grusim.engine.Agent;
import grusim.machine.PhysicalMemory;

/**
 * One of the tests that the driver does on itself (gru_ktest in drivers/misc/sgi-gru/grukservices.c), on the kernel context
 * of the blade of the CPU that runs it. It returns {@link #PASSED} or the number of what failed.
 */
public abstract class QuickTest extends KernelService {
    public static final int PASSED = 0;

    private final PhysicalMemory memory;

    QuickTest(GruDriver driver, PhysicalMemory memory, String name, int slots) {
        super(driver, name, slots);
        this.memory = memory;
    }

    /** What the test does, in a few words. */
    public abstract String title();

    /** What a result other than {@link #PASSED} says. */
    public abstract String failure(long result);

    /** Readies the memory the test works on, before it is started. */
    public abstract void ready();

    /** The doubleword of memory at a physical address. */
    final long word(long address) {
        return memory.readWord(address >>> PhysicalMemory.FRAME_SHIFT, offset(address), Long.BYTES);
    }

    final void word(long address, long value) {
        memory.writeWord(address >>> PhysicalMemory.FRAME_SHIFT, offset(address), Long.BYTES, value);
    }

    private static int offset(long address) {
        return (int) address & (PhysicalMemory.FRAME_BYTES - 1);
    }

    /** Ends the routine by unlocking the kernel context. */
    final void unlock(Agent a, long result) {
        driver.kernelContexts().unlock(a, driver.kernelContexts().mine(a).blade);
        a.done(result);
    }
}
