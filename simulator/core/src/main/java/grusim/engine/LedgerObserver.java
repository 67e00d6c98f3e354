package grusim.engine;

/** Is told where the time of one piece of work goes, as it becomes known. */
public interface LedgerObserver {
    /** A new account begins. */
    void started(long atPs);

    /** The time between two moments, the first of which is the last mark, went to a reason. */
    void spent(Why reason, long fromPs, long toPs);
}
