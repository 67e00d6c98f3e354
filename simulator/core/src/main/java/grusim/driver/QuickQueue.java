package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * Test 1: a queue of eight lines takes four messages of one line and refuses the fifth, and all four are received in order.
 */
final class QuickQueue extends QuickTest {
    private static final int MESSAGES = 6;
    private static final int FITTING = 4;
    private static final int SENDER = 0;

    private static final int COUNT = 0;

    private static final int WRONG_RESULT = 100;

    private final MessageQueue queue;

    QuickQueue(GruDriver driver, PhysicalMemory memory, MessageQueue queue) {
        super(driver, memory, "quicktest1", 1);
        this.queue = queue;
    }

    @Override
    public String title() {
        return "fill a message queue of 8 lines and empty it";
    }

    @Override
    public String failure(long result) {
        return result >= WRONG_RESULT
                ? "%d messages were taken, then a send returned %d; expected %d, then %d (queue full)"
                        .formatted((result - WRONG_RESULT) % 10, (result - WRONG_RESULT) / 10, FITTING, 2)
                : "%d messages were received in order, expected %d".formatted(result - 1, FITTING);
    }

    @Override
    public void ready() {}

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "send a message";
            case 1 -> "was the message taken?";
            case 2 -> "receive a message";
            case 3 -> "was there a message?";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        MessageQueues queues = driver.messageQueues();
        switch (pc) {
            case 0 -> a.call(queues.send(), 1, queue.id, MessageQueues.tag(SENDER, (int) a.local(COUNT)), 1);
            case 1 -> sent(a);
            case 2 -> a.call(queues.receive(), 3, queue.id, 0);
            case 3 -> {
                int count = (int) a.local(COUNT);
                if (a.result() == 0 || MessageQueues.number(a.result()) != count) {
                    a.done(count == FITTING ? PASSED : count + 1);
                } else {
                    a.local(COUNT, count + 1);
                    a.call(queues.free(), 2, queue.id, 1);
                }
            }
            default -> throw noStep(pc);
        }
    }

    private static void sent(Agent a) {
        long count = a.local(COUNT);
        if (a.result() == MessageResult.CONGESTION) {
            a.next(0, 0, Why.POLL);
        } else if (a.result() == MessageResult.OK && count + 1 < MESSAGES) {
            a.local(COUNT, count + 1);
            a.next(0, 0, Why.POLL);
        } else if (a.result() == MessageResult.QUEUE_FULL && count == FITTING) {
            a.local(COUNT, 0);
            a.next(2, 0, Why.POLL);
        } else {
            a.done(WRONG_RESULT + 10 * a.result() + count);
        }
    }
}
