package grusim.engine;

import org.jspecify.annotations.Nullable;

/**
 * Where one piece of work's time went. Each mark attributes all time since the mark before, so the parts add up to the
 * whole by construction and nothing is left over.
 */
public final class Ledger implements Stateful {
    private static final int REASONS = Why.values().length;

    private final long[] spentPs = new long[REASONS];
    private long startPs;
    private long markPs;
    /** Reasons that have time, as bits. */
    private long reasons;

    private @Nullable LedgerObserver observer;

    /** Sets who is told of the account as it grows, or nobody. */
    public void observer(@Nullable LedgerObserver listener) {
        observer = listener;
    }

    /** Begins a new account at the given time. */
    public void start(long nowPs) {
        for (long left = reasons; left != 0; left &= left - 1) {
            spentPs[Long.numberOfTrailingZeros(left)] = 0;
        }
        reasons = 0;
        startPs = nowPs;
        markPs = nowPs;
        if (observer != null) {
            observer.started(nowPs);
        }
    }

    /** Makes this the same account as another. */
    public void copy(Ledger other) {
        System.arraycopy(other.spentPs, 0, spentPs, 0, REASONS);
        startPs = other.startPs;
        markPs = other.markPs;
        reasons = other.reasons;
    }

    /** Attributes the time since the last mark to a reason. */
    public void mark(Why reason, long nowPs) {
        assert nowPs >= markPs : "time runs backwards: " + markPs + " to " + nowPs;
        if (nowPs != markPs) {
            spentPs[reason.ordinal()] += nowPs - markPs;
            reasons |= 1L << reason.ordinal();
            if (observer != null) {
                observer.spent(reason, markPs, nowPs);
            }
            markPs = nowPs;
        }
    }

    /** Attributes to one reason what all others had, but for those in {@code kept}, bits by {@link Why#ordinal()}. */
    public void fold(Why into, long kept) {
        long folded = reasons & ~kept & ~(1L << into.ordinal());
        for (long left = folded; left != 0; left &= left - 1) {
            int reason = Long.numberOfTrailingZeros(left);
            spentPs[into.ordinal()] += spentPs[reason];
            spentPs[reason] = 0;
        }
        reasons = (reasons & ~folded) | (folded == 0 ? 0 : 1L << into.ordinal());
    }

    /** The reasons that have time, as bits by {@link Why#ordinal()}. */
    public long reasons() {
        return reasons;
    }

    /** Picoseconds attributed to a reason. */
    public long spentPs(Why reason) {
        return spentPs[reason.ordinal()];
    }

    /** Picoseconds attributed to the reason of an ordinal. */
    public long spentPs(int reason) {
        return spentPs[reason];
    }

    /** Time of the last mark. */
    public long markPs() {
        return markPs;
    }

    /** Picoseconds from the start to the last mark. */
    public long totalPs() {
        return markPs - startPs;
    }

    @Override
    public void state(StateIo io) {
        if (io.timed()) {
            io.array(spentPs);
            startPs = io.i64(startPs);
            markPs = io.i64(markPs);
            reasons = io.i64(reasons);
        }
    }

    /** Asserts that the parts add up to the whole. */
    public void check() {
        assert sumPs() == totalPs() : "parts sum to " + sumPs() + " ps of " + totalPs() + " ps";
    }

    private long sumPs() {
        long sum = 0;
        for (long part : spentPs) {
            sum += part;
        }
        return sum;
    }
}
