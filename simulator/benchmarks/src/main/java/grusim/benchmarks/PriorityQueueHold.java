package grusim.benchmarks;

import java.util.PriorityQueue;

/** The hold model on {@link PriorityQueue}. */
final class PriorityQueueHold extends HoldModel {
    private final PriorityQueue<JdkEvent> queue = new PriorityQueue<>();
    private long sequence;
    private long now;

    PriorityQueueHold(int pending) {
        for (int i = 0; i < pending; i++) {
            schedule(new JdkEvent(), delays.next());
        }
    }

    private void schedule(JdkEvent event, long time) {
        event.due(time, sequence++);
        queue.add(event);
    }

    @Override
    void hold(int events) {
        for (int i = 0; i < events; i++) {
            JdkEvent event = queue.remove();
            fire();
            now = event.time();
            schedule(event, now + delays.next());
        }
    }

    @Override
    long nowTicks() {
        return now;
    }
}
