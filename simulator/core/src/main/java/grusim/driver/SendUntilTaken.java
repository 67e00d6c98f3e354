package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;

/**
 * A caller that sends a message again whenever the queue is full or the way to it congested, after a pause. Where no time
 * passes it waits for room in place of the pause.
 *
 * <p>Slots: 0 queue, 1 tag, 2 lines. Returns OK or UNEXPECTED_CB_ERR.
 */
final class SendUntilTaken extends DriverRoutine {
    private static final int QUEUE = 0;
    private static final int TAG = 1;
    private static final int LINES = 2;

    private static final int SEND = 0;
    private static final int SENT = 1;
    private static final int ROOM = 2;

    SendUntilTaken(GruDriver driver) {
        super(driver, "caller of gru_send_message_gpa", 3);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case SEND -> "send";
            case SENT -> "was it sent?";
            case ROOM -> "wait for room in the queue";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case SEND -> a.call(driver.messageQueues().send(), SENT, a.local(QUEUE), a.local(TAG), a.local(LINES));
            case SENT -> sent(a);
            case ROOM -> {
                MessageQueue queue = driver.messageQueues().of((int) a.local(QUEUE));
                queue.block.look(a);
                if (queue.hasRoom((int) a.local(LINES))) {
                    a.next(SEND, 0, Why.POLL);
                } else {
                    a.await(queue.block.awaitable(), ROOM, Why.POLL);
                }
            }
            default -> throw noStep(pc);
        }
    }

    private void sent(Agent a) {
        boolean refused = a.result() == MessageResult.QUEUE_FULL || a.result() == MessageResult.CONGESTION;
        if (!refused) {
            a.done(a.result());
        } else if (driver.engine().isTimed()) {
            ((Cpu) a).pause(SEND, driver.costs().messages().retryDelayPs(), Why.THINK);
        } else {
            a.next(a.result() == MessageResult.QUEUE_FULL ? ROOM : SEND, 0, Why.POLL);
        }
    }
}
