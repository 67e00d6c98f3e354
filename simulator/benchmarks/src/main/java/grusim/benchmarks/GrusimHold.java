package grusim.benchmarks;

import grusim.engine.Event;
import grusim.engine.EventQueue;

/** The hold model on the engine's queue. */
final class GrusimHold extends HoldModel {
    private static final class Pending extends Event {}

    private final EventQueue queue;
    private final int tickShift;
    private long nowPs;

    /**
     * @param bucketShift logarithm of the queue's bucket width in picoseconds
     * @param tickShift logarithm of a tick in picoseconds
     */
    GrusimHold(int pending, int bucketShift, int tickShift) {
        this.queue = new EventQueue(bucketShift);
        this.tickShift = tickShift;
        for (int i = 0; i < pending; i++) {
            queue.schedule(new Pending(), (long) delays.next() << tickShift);
        }
    }

    @Override
    void hold(int events) {
        for (int i = 0; i < events; i++) {
            Event event = queue.poll();
            assert event != null;
            fire();
            nowPs = event.timePs();
            queue.schedule(event, nowPs + ((long) delays.next() << tickShift));
        }
    }

    @Override
    long nowTicks() {
        return nowPs >> tickShift;
    }
}
