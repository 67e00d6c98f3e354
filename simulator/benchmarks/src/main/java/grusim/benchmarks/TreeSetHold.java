package grusim.benchmarks;

import java.util.TreeSet;

/** The hold model on {@link TreeSet}. */
final class TreeSetHold extends HoldModel {
    private final TreeSet<JdkEvent> queue = new TreeSet<>();
    private long sequence;
    private long now;

    TreeSetHold(int pending) {
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
            JdkEvent event = queue.pollFirst();
            assert event != null;
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
