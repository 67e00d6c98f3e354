package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.ControlBlock;
import grusim.isa.ExceptionCause;
import grusim.isa.InstructionStatus;
import grusim.isa.Layout;
import grusim.isa.handle.Cbe;

/**
 * Waits for the instruction on the CPU's own control block of the kernel context, and starts it again up to three times
 * after an exception whose causes allow that (gru_wait, gru_retry_exception in drivers/misc/sgi-gru/grukservices.c).
 *
 * <p>Returns {@link #IDLE} or {@link #EXCEPTION}.
 */
final class WaitBlock extends DriverRoutine {
    static final int IDLE = 0;
    static final int EXCEPTION = 1;

    /** Times an instruction is started again: EXCEPTION_RETRY_LIMIT. */
    private static final int MOST_RETRIES = 3;

    private static final int RETRIES = 0;

    private final long[] extended = new long[Layout.WORDS];

    WaitBlock(GruDriver driver) {
        super(driver, "gru_wait", 1);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "read the status";
            case 1 -> "read the extended block";
            case 2 -> "start it again";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ControlBlock cb = driver.kernelContexts().block(a);
        switch (pc) {
            case 0 -> {
                InstructionStatus status = cb.status(a);
                if (status == InstructionStatus.ACTIVE) {
                    a.await(cb.awaitable(), 0, Why.POLL);
                } else if (status == InstructionStatus.IDLE) {
                    ended(a, cb, IDLE);
                } else if (cb.substatus() != 0) {
                    ended(a, cb, EXCEPTION);
                } else {
                    a.next(1, 0, Why.POLL);
                }
            }
            case 1 -> {
                cb.extended(a, extended);
                int executed = (int) Cbe.CBREXECSTATUS.get(extended);
                boolean retryable = ExceptionCause.retryable((int) Cbe.ECAUSE.get(extended), cb.substatus(), executed);
                if (retryable && a.local(RETRIES) < MOST_RETRIES) {
                    a.next(2, 0, Why.POLL);
                } else {
                    ended(a, cb, EXCEPTION);
                }
            }
            case 2 -> {
                a.local(RETRIES, a.local(RETRIES) + 1);
                cb.restart(a);
                a.next(0, 0, Why.START);
            }
            default -> throw noStep(pc);
        }
    }

    private void ended(Agent a, ControlBlock cb, int how) {
        KernelContexts kernels = driver.kernelContexts();
        driver.ended(kernels.chiplet(kernels.mine(a)), cb);
        a.done(how);
    }
}
