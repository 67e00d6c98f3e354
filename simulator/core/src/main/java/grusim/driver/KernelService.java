package grusim.driver;

import grusim.engine.Agent;
import grusim.gru.ControlBlock;

/**
 * A service that the driver does with instructions on its CPU's control block of the kernel context, whose lock it holds
 * meanwhile. Addresses are physical.
 */
abstract class KernelService extends DriverRoutine {
    KernelService(GruDriver driver, String name, int slots) {
        super(driver, name, slots);
    }

    /** The CPU's own control block. */
    final ControlBlock block(Agent a) {
        return driver.kernelContexts().block(a);
    }

    /** Ends the step: starts an instruction on the CPU's own control block; at {@code next} it has ended, see {@link #idle}. */
    final void start(Agent a, long[] words, int next) {
        block(a).start(a, words);
        a.call(driver.kernelContexts().waitBlock(), next);
    }

    /** Whether the instruction has ended without an exception, in the step after {@link #start}. */
    static boolean idle(Agent a) {
        return a.result() == WaitBlock.IDLE;
    }
}
