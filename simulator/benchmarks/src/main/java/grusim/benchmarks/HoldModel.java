package grusim.benchmarks;

/**
 * The hold model on one pending-event set: take the first event, run its trivial callback, schedule it again after the
 * next delay of the table. The number of pending events stays the same.
 */
abstract class HoldModel {
    private static final long TABLE_SEED = 20080724;

    final DelayTable delays = new DelayTable(TABLE_SEED);
    private long fired;

    /** Holds for the given number of events. */
    abstract void hold(int events);

    /** Time of the event taken last, in ticks. */
    abstract long nowTicks();

    /** The callback of every event. */
    final void fire() {
        fired++;
    }

    /** Number of callbacks so far. */
    final long fired() {
        return fired;
    }
}
