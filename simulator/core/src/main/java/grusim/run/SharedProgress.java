package grusim.run;

import java.util.concurrent.CancellationException;

/**
 * Tells one listener how far several replications have come together: simulated time, steps and instructions of all of
 * them. Safe for several threads; the listener is told by one at a time.
 */
final class SharedProgress {
    private static final int STEPS = 0;
    private static final int SIMULATED = 1;
    private static final int INSTRUCTIONS = 2;

    private final RunProgress listener;
    private final int replications;
    private final long[][] reached;
    private final long[] sums = new long[3];

    /**
     * Progress of several replications.
     *
     * @param replications how many there will be, as far as is known
     * @param most how many there can be
     */
    SharedProgress(RunProgress listener, int replications, int most) {
        this.listener = listener;
        this.replications = replications;
        this.reached = new long[most][3];
    }

    /** What one replication tells; it ends by an exception once its thread is interrupted. */
    RunProgress of(int replication) {
        return (simulatedPs, steps, instructions, expectedInstructions) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("no longer wanted");
            }
            at(replication, simulatedPs, steps, instructions, expectedInstructions);
        };
    }

    private synchronized void at(int replication, long simulatedPs, long steps, long instructions, long expected) {
        advance(replication, SIMULATED, simulatedPs);
        advance(replication, STEPS, steps);
        advance(replication, INSTRUCTIONS, instructions);
        listener.at(sums[SIMULATED], sums[STEPS], sums[INSTRUCTIONS], expected < 0 ? -1 : expected * replications);
    }

    private void advance(int replication, int what, long to) {
        sums[what] += to - reached[replication][what];
        reached[replication][what] = to;
    }
}
