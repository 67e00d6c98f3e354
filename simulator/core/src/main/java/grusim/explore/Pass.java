package grusim.explore;

import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One pass over all states: what its threads share. The first thing found ends it for all. */
final class Pass {
    private static final long POLL_MS = 50;

    /** Bytes that a state in the table may take while the table grows. */
    private static final long BYTES_PER_STATE = 64;

    final Bounds bounds;
    final boolean sleepSets;
    final Visited visited = new Visited();

    /** Distinct states, where {@link #visited} tells apart more than that. */
    final Visited distinct;

    final LongConsumer ends;
    private final @Nullable StepKinds kinds;
    private final int threads;
    private final long memoryStates = Runtime.getRuntime().maxMemory() * 3 / 4 / BYTES_PER_STATE;
    private final ArrayDeque<Visit> given = new ArrayDeque<>();
    private int waiting;
    private volatile boolean hungry;
    private volatile boolean over;
    private @Nullable String found;
    private @Nullable Throwable failure;
    private @Nullable String bound;
    private boolean ended;

    Pass(Bounds bounds, @Nullable StepKinds kinds, int threads, LongConsumer ends) {
        this.bounds = bounds;
        this.kinds = kinds;
        this.sleepSets = kinds != null && bounds.wholePaths();
        this.distinct = bounds.preemptions() == Integer.MAX_VALUE ? visited : new Visited();
        this.threads = threads;
        this.ends = ends;
    }

    /** Whether all threads are to stop. */
    boolean over() {
        return over || stale();
    }

    /** Whether the pass took a step for silent that is not, so that what it visited means nothing. */
    boolean stale() {
        return kinds != null && kinds.stale();
    }

    /** Something is wrong in a state. */
    synchronized void found(String violation) {
        if (found == null) {
            found = violation;
        }
        stop();
    }

    /** A step cannot be taken. */
    synchronized void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        stop();
    }

    /** A bound leaves out states; the others are still visited. */
    synchronized void leftOut(String reason) {
        if (bound == null) {
            bound = reason;
        }
    }

    /** Ends the pass if these are as many states as may be visited, or as fit into memory. */
    void count(long states) {
        if (states >= bounds.states()) {
            end("states " + bounds.states());
        } else if (states >= memoryStates) {
            end("memory for " + memoryStates + " states");
        }
    }

    /** A bound ends the pass. */
    synchronized void end(String reason) {
        bound = reason;
        ended = true;
        stop();
    }

    private void stop() {
        over = true;
        notifyAll();
    }

    synchronized @Nullable String found() {
        return found;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    synchronized @Nullable String bound() {
        return bound;
    }

    /** Whether a bound ended it before its time. */
    synchronized boolean ended() {
        return ended;
    }

    /** Whether a thread has nothing to do. */
    boolean hungry() {
        return hungry;
    }

    /** Gives a visit to whoever is free. */
    synchronized void give(Visit visit) {
        given.addLast(visit);
        hungry = waiting > given.size();
        notifyAll();
    }

    /** A visit to walk from; waits for one to be given, and returns null when all threads wait or all are to stop. */
    synchronized @Nullable Visit take() throws InterruptedException {
        waiting++;
        while (given.isEmpty() && waiting < threads && !over()) {
            hungry = true;
            wait(POLL_MS);
        }
        Visit visit = over() ? null : given.pollFirst();
        if (visit == null) {
            notifyAll();
            return null;
        }
        waiting--;
        hungry = waiting > given.size();
        return visit;
    }
}
