package grusim.driver;

import static grusim.driver.DriverCounter.MESQ_QF_LOCKED;
import static grusim.driver.DriverCounter.MESQ_QF_NOOP_NOT_FULL;
import static grusim.driver.DriverCounter.MESQ_QF_SWITCH_HEAD_FAILED;
import static grusim.driver.DriverCounter.MESQ_QF_UNEXPECTED_ERROR;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.ExtendedOpcode;

/**
 * What a sender does when its half of the queue is full (send_message_queue_full): takes the other half, if the receiver
 * has handed it back, fills what is left of this one with a no-op message, and moves the head over.
 *
 * <p>Slots: 0 queue, 1 tag, 2 lines. Returns AGAIN, QUEUE_FULL or UNEXPECTED_CB_ERR.
 */
final class QueueFull extends SendRoutine {
    /** Head and limit as the sender knows them. */
    private static final int HEAD = 3;

    private static final int HALF = 4;

    private static final int TAKE = 0;
    private static final int TAKEN = 1;
    private static final int PAD = 2;
    private static final int PADDED = 3;
    private static final int GIVEN_BACK = 4;
    private static final int SWITCH = 5;
    private static final int SWITCHED = 6;
    private static final int FREED = 7;

    QueueFull(GruDriver driver) {
        super(driver, "send_message_queue_full", 5);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case TAKE -> "fetch and clear the other half's hstatus";
            case TAKEN -> "was the other half handed back?";
            case PAD -> "anything left of this half?";
            case PADDED -> "the no-op message is sent or refused";
            case GIVEN_BACK -> "the other half is given back";
            case SWITCH -> "compare and swap the head";
            case SWITCHED -> "was the head moved?";
            case FREED -> "the other half is given back, the head had moved";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        MessageQueue queue = queue(a);
        switch (pc) {
            case TAKE -> {
                long word = returned(a);
                a.local(HEAD, word);
                a.local(HALF, MessageQueue.limit(word) == queue.qlines ? 0 : 1);
                if (driver.rules().messages().halfLock()) {
                    operate(a, ExtendedOpcode.CLEAR, queue.hstatus((int) a.local(HALF)), TAKEN);
                } else {
                    a.next(PAD, 0, Why.POLL);
                }
            }
            case TAKEN -> taken(a);
            case PAD -> pad(a);
            case PADDED -> {
                if (a.result() != MessageResult.OK) {
                    driver.count(MESQ_QF_NOOP_NOT_FULL);
                    operate(a, ExtendedOpcode.INCREMENT, queue.hstatus((int) a.local(HALF)), GIVEN_BACK);
                } else {
                    a.local(HEAD, a.local(HEAD) + 1);
                    a.next(SWITCH, 0, Why.POLL);
                }
            }
            case GIVEN_BACK, FREED -> again(a);
            case SWITCH -> swapHead(a, a.local(HEAD), queue.start((int) a.local(HALF)), SWITCHED);
            case SWITCHED -> {
                if (!idle(a) || returned(a) == a.local(HEAD)) {
                    again(a);
                } else {
                    driver.count(MESQ_QF_SWITCH_HEAD_FAILED);
                    operate(a, ExtendedOpcode.INCREMENT, queue.hstatus((int) a.local(HALF)), FREED);
                }
            }
            default -> throw noStep(pc);
        }
    }

    private void taken(Agent a) {
        if (!idle(a)) {
            again(a);
        } else if (returned(a) == 0) {
            driver.count(MESQ_QF_LOCKED);
            a.done(MessageResult.QUEUE_FULL);
        } else {
            a.next(PAD, 0, Why.POLL);
        }
    }

    private void pad(Agent a) {
        long word = a.local(HEAD);
        if (MessageQueue.head(word) != MessageQueue.limit(word)
                && driver.rules().messages().padding()) {
            a.call(driver.messageQueues().sendNoop(), PADDED, a.local(QUEUE), a.local(TAG), a.local(LINES));
        } else {
            a.next(SWITCH, 0, Why.POLL);
        }
    }

    /** Ends the routine: the message is to be sent again, unless the last instruction failed. */
    private void again(Agent a) {
        if (idle(a)) {
            a.done(MessageResult.AGAIN);
        } else {
            driver.count(MESQ_QF_UNEXPECTED_ERROR);
            a.done(MessageResult.UNEXPECTED_CB_ERR);
        }
    }
}
