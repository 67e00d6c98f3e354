package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Gives the lines of a message back (gru_free_message): empties them, and hands a half of the queue back to the senders when
 * the receiver leaves it. All of a line's first word is emptied, of which the driver empties the present byte.
 *
 * <p>Slots: 0 queue, 1 the message's lines.
 */
final class FreeMessage extends DriverRoutine {
    private static final int QUEUE = 0;
    private static final int LINES = 1;
    private static final int HALF = 2;

    private static final int EMPTY_SECOND = 0;
    private static final int EMPTY_FIRST = 1;
    private static final int HAND_BACK = 2;
    private static final int RETURN = 3;

    FreeMessage(GruDriver driver) {
        super(driver, "gru_free_message", 3);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case EMPTY_SECOND -> "empty the second line";
            case EMPTY_FIRST -> "empty the first line";
            case HAND_BACK -> "hand the half back";
            case RETURN -> "return";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        MessageQueue queue = driver.messageQueues().of((int) a.local(QUEUE));
        long costPs = driver.costs().messages().lineCostPs();
        switch (pc) {
            case EMPTY_SECOND -> {
                if (a.local(LINES) == 2) {
                    queue.block.store(a, queue.next() + MessageQueue.LINE, 0, Order.RELAXED);
                    a.next(EMPTY_FIRST, costPs, Why.COMPUTE);
                } else {
                    emptyFirst(a, queue);
                }
            }
            case EMPTY_FIRST -> emptyFirst(a, queue);
            case HAND_BACK -> {
                queue.block.store(a, queue.hstatus((int) a.local(HALF)), 1, Order.RELAXED);
                a.done(0);
            }
            case RETURN -> a.done(0);
            default -> throw noStep(pc);
        }
    }

    private void emptyFirst(Agent a, MessageQueue queue) {
        queue.block.store(a, queue.next(), 0, Order.RELAXED);
        a.local(HALF, queue.advance((int) a.local(LINES)));
        a.next(a.local(HALF) < 0 ? RETURN : HAND_BACK, driver.costs().messages().lineCostPs(), Why.COMPUTE);
    }
}
