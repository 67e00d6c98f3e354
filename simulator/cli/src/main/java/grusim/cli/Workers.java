package grusim.cli;

import grusim.run.RunProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * Runs independent jobs on several threads and reports them in their order, so that output does not depend on timing.
 * After a failure the other jobs are interrupted, and have ended when the failure is thrown.
 */
final class Workers {
    private Workers() {}

    /** A job that may fail to read or write. */
    @FunctionalInterface
    interface Job<T, R> {
        R run(T input) throws IOException;
    }

    /** Runs all jobs; returns the worst exit code of the reports. */
    static <T, R> int inOrder(int workers, List<T> inputs, Job<T, R> job, ToIntFunction<R> report) throws IOException {
        check(workers);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(workers, Math.max(1, inputs.size())));
        try {
            List<Future<R>> running = new ArrayList<>();
            for (T input : inputs) {
                running.add(pool.submit(() -> job.run(input)));
            }
            int worst = ExitCode.DONE;
            for (Future<R> future : running) {
                worst = Math.max(worst, report.applyAsInt(result(future)));
            }
            return worst;
        } finally {
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    /** Refuses a number of workers that is none. */
    static void check(int workers) {
        if (workers < 1) {
            throw new UserError("--workers " + workers + "; accepted: 1 and above");
        }
    }

    /** How many workers each of some jobs may have for itself. */
    static int each(int workers, int jobs) {
        return Math.max(1, workers / Math.max(1, jobs));
    }

    /** Progress of a simulation inside a job: hands on what it is told, unless the job is no longer wanted. */
    static RunProgress stoppable(RunProgress progress) {
        return (simulatedPs, steps, instructions, expectedInstructions) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("no longer wanted");
            }
            progress.at(simulatedPs, steps, instructions, expectedInstructions);
        };
    }

    /** Waits until all jobs have let go of their files, even when interrupted. */
    private static void awaitEnd(ExecutorService pool) {
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

    private static <R> R result(Future<R> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof UncheckedIOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        }
    }
}
