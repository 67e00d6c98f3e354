package grusim.run;

import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;

/** How often locks of one kind were taken, how long agents waited for them and how long they held them. */
final class LockTimes {
    private final String kind;
    private long acquisitions;
    private long contended;
    private long waited;
    private long waitPs;
    private long longestWaitPs;
    private long holds;
    private long holdPs;
    private long longestHoldPs;

    LockTimes(String kind) {
        this.kind = kind;
    }

    /** The name in results, such as {@code mmap_sem.read}. */
    String kind() {
        return kind;
    }

    long waitPs() {
        return waitPs;
    }

    void taken() {
        acquisitions++;
    }

    void contended() {
        contended++;
    }

    void waited(long ps) {
        waited++;
        waitPs += ps;
        longestWaitPs = Math.max(longestWaitPs, ps);
    }

    void held(long ps) {
        holds++;
        holdPs += ps;
        longestHoldPs = Math.max(longestHoldPs, ps);
    }

    void report(RunResultBuilder result) {
        add(result, "acquisitions", "events", "Times the lock was taken, downgrades to shared included.", acquisitions);
        add(result, "contended", "events", "Times an agent found the lock taken and began to wait.", contended);
        add(result, "wait", "ps", "Time that agents waited until they had the lock.", waitPs);
        add(result, "waitMean", "ps", "Mean wait of those that have got the lock after one.", mean(waitPs, waited));
        add(result, "waitMax", "ps", "Longest wait for the lock.", longestWaitPs);
        add(result, "hold", "ps", "Time that the lock was held and given back.", holdPs);
        add(result, "holdMean", "ps", "Mean time from taking the lock to giving it back.", mean(holdPs, holds));
        add(result, "holdMax", "ps", "Longest time from taking the lock to giving it back.", longestHoldPs);
    }

    private static long mean(long totalPs, long count) {
        return count == 0 ? 0 : (totalPs + count / 2) / count;
    }

    private void add(RunResultBuilder result, String key, String unit, String description, long value) {
        result.counter(new StatDeclaration("lock." + kind + "." + key, unit, description, "model"), value);
    }
}
