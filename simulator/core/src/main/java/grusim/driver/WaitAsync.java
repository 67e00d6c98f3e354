package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;

/** Waits until one more asynchronous instruction of a blade's kernel context has ended (gru_wait_async_cbr). Slot 0: blade. */
final class WaitAsync extends DriverRoutine {
    private static final int BLADE = 0;

    WaitAsync(GruDriver driver) {
        super(driver, "gru_wait_async_cbr", 1);
    }

    @Override
    public String stepName(int pc) {
        return "wait for the completion";
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContext kernel = driver.kernelContexts().of((int) a.local(BLADE));
        if (kernel.asyncDone.take(a)) {
            a.done(0);
        } else {
            a.await(kernel.asyncDone, pc, Why.POLL);
        }
    }
}
