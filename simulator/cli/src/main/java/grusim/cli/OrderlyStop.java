package grusim.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While work is done under it, a signal that ends the process (Ctrl-C) first interrupts the working thread and waits,
 * at most a few seconds, until it has cleaned up: so that no unfinished files stay behind.
 */
final class OrderlyStop {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private OrderlyStop(Thread worker, Console console) {
        hook = new Thread(() -> stop(worker, console), "orderly stop");
    }

    /** Work that ends with an exit code. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException;
    }

    /** Does the work on this thread. */
    static int during(Console console, Work work) throws IOException {
        OrderlyStop stop = new OrderlyStop(Thread.currentThread(), console);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        try {
            return work.run();
        } finally {
            stop.done();
        }
    }

    private void stop(Thread worker, Console console) {
        worker.interrupt();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                console.err().println("grusim: stopped before unfinished files were removed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void done() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            return; // the hook waits no longer
        }
    }
}
