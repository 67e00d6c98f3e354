package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * What a sender does when its place in the queue is taken but a line of the message was not put (send_message_put_nacked):
 * stores the message again, both of its lines cleared first so that the receiver never takes one of each, and then, if a
 * message is to interrupt the receiver, sends no-op messages until one gets through or 200 have not.
 *
 * <p>Slots: 0 queue, 1 tag, 2 lines. Returns OK or UNEXPECTED_CB_ERR: the message has been sent whatever becomes of the
 * no-op messages.
 */
final class PutNacked extends SendRoutine {
    /** No-op messages sent besides the first: MAX_GRU_RETRY of the driver's loop. */
    private static final int MOST_NOOPS = 200;

    private static final int PLACE = 3;
    private static final int LOOPS = 4;

    private static final int CLEAR = 0;
    private static final int CLEARED = 1;
    private static final int STORED = 2;
    private static final int TRIGGER = 3;
    private static final int TRIGGERED = 4;

    PutNacked(GruDriver driver) {
        super(driver, "send_message_put_nacked", 5);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case CLEAR -> "clear both lines";
            case CLEARED -> "store the message again";
            case STORED -> "the message is stored";
            case TRIGGER -> "send a no-op message to interrupt the receiver";
            case TRIGGERED -> "has the no-op message got through?";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        int lines = (int) a.local(LINES);
        switch (pc) {
            case CLEAR -> {
                a.local(PLACE, queue(a).line(MessageQueue.head(returned(a))));
                if (lines == 2 && driver.rules().messages().clearBeforeStore()) {
                    clear(a, a.local(PLACE), lines, CLEARED);
                } else {
                    store(a, a.local(PLACE), lines, STORED);
                }
            }
            case CLEARED -> {
                if (idle(a)) {
                    store(a, a.local(PLACE), lines, STORED);
                } else {
                    a.done(MessageResult.UNEXPECTED_CB_ERR);
                }
            }
            case STORED -> {
                if (!idle(a)) {
                    a.done(MessageResult.UNEXPECTED_CB_ERR);
                } else if (queue(a).interrupts) {
                    a.next(TRIGGER, 0, Why.POLL);
                } else {
                    a.done(MessageResult.OK);
                }
            }
            case TRIGGER ->
                a.call(driver.messageQueues().sendNoop(), TRIGGERED, a.local(QUEUE), a.local(TAG), a.local(LINES));
            case TRIGGERED -> triggered(a);
            default -> throw noStep(pc);
        }
    }

    private static void triggered(Agent a) {
        boolean again = a.result() == MessageResult.AGAIN || a.result() == MessageResult.CONGESTION;
        if (again && a.local(LOOPS) < MOST_NOOPS) {
            a.local(LOOPS, a.local(LOOPS) + 1);
            a.next(TRIGGER, 0, Why.POLL);
        } else {
            a.done(again ? MessageResult.OK : a.result());
        }
    }
}
