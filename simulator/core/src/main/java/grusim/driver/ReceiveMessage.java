package grusim.driver;

import static grusim.driver.DriverCounter.MESQ_RECEIVE;
import static grusim.driver.DriverCounter.MESQ_RECEIVE_NONE;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Looks for the next message (gru_get_next_message): passes no-op messages over, and takes a message of two lines only when
 * both are there. A receiver that waits looks again whenever a word of the queue changes.
 *
 * <p>Slots: 0 queue, 1 whether to wait. Returns the message's first word, 0 if there is none. The message stays where it is
 * until {@link FreeMessage}.
 */
final class ReceiveMessage extends DriverRoutine {
    private static final int QUEUE = 0;
    private static final int WAITS = 1;
    private static final int HEADER = 2;
    private static final int SECOND = 3;

    private static final int LOOK = 0;
    private static final int LOOK_AT_SECOND = 1;
    private static final int RESTORE = 2;
    private static final int PASSED_OVER = 3;
    private static final int READ = 4;

    ReceiveMessage(GruDriver driver) {
        super(driver, "gru_get_next_message", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case LOOK -> "read the next line's header";
            case LOOK_AT_SECOND -> "read the second line's present byte";
            case RESTORE -> "restore the second line's first byte";
            case READ -> "the line is read";
            case PASSED_OVER -> "the no-op message is passed over";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        MessageQueue queue = driver.messageQueues().of((int) a.local(QUEUE));
        switch (pc) {
            case LOOK -> look(a, queue);
            case LOOK_AT_SECOND -> lookAtSecond(a, queue);
            case RESTORE -> {
                int present2 = MessageContent.present2(a.local(HEADER));
                long word = MessageContent.withPresent(a.local(SECOND), present2);
                queue.block.store(a, queue.next() + MessageQueue.LINE, word, Order.RELAXED);
                received(a);
            }
            case READ -> received(a);
            case PASSED_OVER -> a.next(LOOK, 0, Why.POLL);
            default -> throw noStep(pc);
        }
    }

    private void look(Agent a, MessageQueue queue) {
        long header = queue.block.load(a, queue.next(), Order.RELAXED);
        a.local(HEADER, header);
        switch (MessageContent.present(header)) {
            case MessageContent.NOOP ->
                a.call(driver.messageQueues().free(), PASSED_OVER, queue.id, MessageContent.lines(header, 2));
            case MessageContent.EMPTY -> none(a, queue);
            default -> {
                int read = MessageContent.lines(header, 2) == 2 ? LOOK_AT_SECOND : READ;
                a.next(read, driver.costs().messages().lineCostPs(), Why.POLL);
            }
        }
    }

    private void lookAtSecond(Agent a, MessageQueue queue) {
        long second = queue.block.load(a, queue.next() + MessageQueue.LINE, Order.RELAXED);
        a.local(SECOND, second);
        boolean waits = driver.rules().messages().waitForBothLines();
        if (waits && MessageContent.present(second) == MessageContent.EMPTY) {
            none(a, queue);
        } else {
            a.next(RESTORE, driver.costs().messages().lineCostPs(), Why.POLL);
        }
    }

    private void none(Agent a, MessageQueue queue) {
        driver.count(MESQ_RECEIVE_NONE);
        if (a.local(WAITS) != 0) {
            a.await(queue.block.awaitable(), LOOK, Why.POLL);
        } else {
            a.done(0);
        }
    }

    /** Ends the routine: the message can be read. */
    private void received(Agent a) {
        driver.count(MESQ_RECEIVE);
        driver.messageQueues().received(a, (int) a.local(QUEUE), a.local(HEADER), a.local(SECOND));
        a.done(a.local(HEADER));
    }
}
