package grusim.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Does numbered jobs on several threads and gives their results in order, so that what is made of them does not depend
 * on timing. Jobs beyond those that are surely wanted are begun only for threads that would otherwise rest. One thread
 * takes results; closing interrupts what is no longer wanted and waits for its end.
 */
final class InOrder<R> implements AutoCloseable {
    private final IntFunction<R> job;
    private final int wanted;
    private final int most;
    private final int workers;
    private final @Nullable ExecutorService pool;
    private final Deque<Future<R>> begun = new ArrayDeque<>();
    private int taken;

    /**
     * Prepares the jobs 0 to {@code most} - 1.
     *
     * @param workers threads that work on them; with one it is the thread that takes the results
     * @param wanted how many results will be taken in any case
     */
    InOrder(int workers, int wanted, int most, IntFunction<R> job) {
        this.job = job;
        this.wanted = wanted;
        this.most = most;
        this.workers = workers;
        this.pool = workers == 1 || most == 1 ? null : Executors.newFixedThreadPool(Math.min(workers, most));
    }

    /** The next result; whatever the job threw is thrown. */
    R next() {
        if (pool == null) {
            return job.apply(taken++);
        }
        int until = Math.min(most, Math.max(wanted, taken + workers));
        while (taken + begun.size() < until) {
            int number = taken + begun.size();
            begun.add(pool.submit(() -> job.apply(number)));
        }
        taken++;
        return result(begun.remove());
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("no longer wanted");
        }
    }

    @Override
    public void close() {
        if (pool == null) {
            return;
        }
        pool.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
