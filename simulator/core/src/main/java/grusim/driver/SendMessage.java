package grusim.driver;

import static grusim.driver.DriverCounter.MESQ_PAGE_OVERFLOW;
import static grusim.driver.DriverCounter.MESQ_SEND;
import static grusim.driver.DriverCounter.MESQ_SEND_AMO_NACKED;
import static grusim.driver.DriverCounter.MESQ_SEND_FAILED;
import static grusim.driver.DriverCounter.MESQ_SEND_LB_OVERFLOW;
import static grusim.driver.DriverCounter.MESQ_SEND_PUT_NACKED;
import static grusim.driver.DriverCounter.MESQ_SEND_QLIMIT_REACHED;
import static grusim.driver.DriverCounter.MESQ_SEND_UNEXPECTED_ERROR;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Sends a message of one or two lines (gru_send_message_gpa). A full queue, a refusal by the hub and lines that could not be
 * put are handled; what to do about {@link MessageResult#CONGESTION} and {@link MessageResult#QUEUE_FULL} is the caller's.
 *
 * <p>Slots: 0 queue, 1 tag, 2 lines. Returns a {@link MessageResult}.
 */
final class SendMessage extends SendRoutine {
    private static final int RESULT = 3;

    private static final int ENTER = 0;
    private static final int LOCK = 1;
    private static final int START = 2;
    private static final int ENDED = 3;
    private static final int HANDLED = 4;
    private static final int UNLOCK = 5;

    SendMessage(GruDriver driver) {
        super(driver, "gru_send_message_gpa", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "enter";
            case LOCK -> "lock the kernel context";
            case START -> "start the MESQ";
            case ENDED -> "the MESQ has ended";
            case HANDLED -> "the failure is handled";
            case UNLOCK -> "unlock the kernel context";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContexts kernels = driver.kernelContexts();
        switch (pc) {
            case ENTER -> {
                driver.count(MESQ_SEND);
                a.call(kernels.lock(), START, kernels.mine(a).blade);
            }
            case LOCK -> a.call(kernels.lock(), START, kernels.mine(a).blade);
            case START -> {
                write(a);
                send(a, (int) a.local(LINES), ENDED);
            }
            case ENDED -> {
                if (idle(a)) {
                    result(a, MessageResult.OK);
                } else {
                    failed(a);
                }
            }
            case HANDLED -> result(a, (int) a.result());
            case UNLOCK -> unlock(a, kernels);
            default -> throw noStep(pc);
        }
    }

    private void failed(Agent a) {
        switch (substatus(a)) {
            case NO_ERROR -> {
                driver.count(MESQ_SEND_UNEXPECTED_ERROR);
                result(a, MessageResult.UNEXPECTED_CB_ERR);
            }
            case LB_OVERFLOWED -> {
                driver.count(MESQ_SEND_LB_OVERFLOW);
                result(a, MessageResult.CONGESTION);
            }
            case QLIMIT_REACHED -> {
                driver.count(MESQ_SEND_QLIMIT_REACHED);
                a.call(driver.messageQueues().queueFull(), HANDLED, a.local(QUEUE), a.local(TAG), a.local(LINES));
            }
            case AMO_NACKED -> {
                driver.count(MESQ_SEND_AMO_NACKED);
                result(a, MessageResult.CONGESTION);
            }
            case PUT_NACKED -> {
                driver.count(MESQ_SEND_PUT_NACKED);
                a.call(driver.messageQueues().putNacked(), HANDLED, a.local(QUEUE), a.local(TAG), a.local(LINES));
            }
            case PAGE_OVERFLOW -> {
                driver.count(MESQ_PAGE_OVERFLOW);
                throw stops(queue(a));
            }
        }
    }

    private static void result(Agent a, int result) {
        a.local(RESULT, result);
        a.next(UNLOCK, 0, Why.POLL);
    }

    private void unlock(Agent a, KernelContexts kernels) {
        kernels.unlock(a, kernels.mine(a).blade);
        int result = (int) a.local(RESULT);
        if (result == MessageResult.AGAIN) {
            a.next(LOCK, 0, Why.POLL);
            return;
        }
        if (result != MessageResult.OK) {
            driver.count(MESQ_SEND_FAILED);
        }
        a.done(result);
    }
}
