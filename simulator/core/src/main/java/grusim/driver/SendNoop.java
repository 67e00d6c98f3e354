package grusim.driver;

import static grusim.driver.DriverCounter.MESQ_NOOP;
import static grusim.driver.DriverCounter.MESQ_NOOP_AMO_NACKED;
import static grusim.driver.DriverCounter.MESQ_NOOP_LB_OVERFLOW;
import static grusim.driver.DriverCounter.MESQ_NOOP_PAGE_OVERFLOW;
import static grusim.driver.DriverCounter.MESQ_NOOP_PUT_NACKED;
import static grusim.driver.DriverCounter.MESQ_NOOP_QLIMIT_REACHED;
import static grusim.driver.DriverCounter.MESQ_NOOP_UNEXPECTED_ERROR;

import grusim.engine.Agent;

/**
 * Sends a no-op message of one line (send_noop_message), its header in the place of the message's, which is put back after.
 *
 * <p>Slots: 0 queue, 1 tag, 2 lines. Returns OK if it was sent or refused for the limit, AGAIN if it was sent but had to be
 * stored again, CONGESTION or UNEXPECTED_CB_ERR.
 */
final class SendNoop extends SendRoutine {
    private static final int START = 0;
    private static final int ENDED = 1;
    private static final int STORED = 2;

    SendNoop(GruDriver driver) {
        super(driver, "send_noop_message", 3);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case START -> "start the MESQ of a no-op message";
            case ENDED -> "the MESQ has ended";
            case STORED -> "the line is stored again";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case START -> {
                driver.count(MESQ_NOOP);
                writeNoop(a);
                send(a, 1, ENDED);
            }
            case ENDED -> {
                if (idle(a)) {
                    result(a, MessageResult.OK);
                } else {
                    failed(a);
                }
            }
            case STORED -> result(a, idle(a) ? MessageResult.AGAIN : MessageResult.UNEXPECTED_CB_ERR);
            default -> throw noStep(pc);
        }
    }

    private void failed(Agent a) {
        switch (substatus(a)) {
            case NO_ERROR -> {
                driver.count(MESQ_NOOP_UNEXPECTED_ERROR);
                result(a, MessageResult.UNEXPECTED_CB_ERR);
            }
            case LB_OVERFLOWED -> {
                driver.count(MESQ_NOOP_LB_OVERFLOW);
                result(a, MessageResult.CONGESTION);
            }
            case QLIMIT_REACHED -> {
                driver.count(MESQ_NOOP_QLIMIT_REACHED);
                result(a, MessageResult.OK);
            }
            case AMO_NACKED -> {
                driver.count(MESQ_NOOP_AMO_NACKED);
                result(a, MessageResult.CONGESTION);
            }
            case PUT_NACKED -> {
                driver.count(MESQ_NOOP_PUT_NACKED);
                store(a, queue(a).line(MessageQueue.head(returned(a))), 1, STORED);
            }
            case PAGE_OVERFLOW -> {
                driver.count(MESQ_NOOP_PAGE_OVERFLOW);
                throw stops(queue(a));
            }
        }
    }

    private void result(Agent a, int result) {
        write(a);
        a.done(result);
    }
}
