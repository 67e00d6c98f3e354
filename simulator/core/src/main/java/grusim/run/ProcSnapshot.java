package grusim.run;

import grusim.driver.ProcViews;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The driver's views at one moment of a run, as somebody who reads the files under /proc then would find them; taken
 * between steps, so that reading changes nothing.
 */
public final class ProcSnapshot {
    /** The moment before the first thread closes its context, while what the run used is still loaded. */
    public static final long FIRST_CLOSE = -1;

    /** The end of the run, when every thread has closed its context. */
    public static final long END = Long.MAX_VALUE;

    private final long atPs;
    private final Map<String, String> files = new LinkedHashMap<>();

    /**
     * Waits for a moment.
     *
     * @param atPs simulated time in picoseconds, {@link #FIRST_CLOSE} or {@link #END}
     */
    public ProcSnapshot(long atPs) {
        this.atPs = atPs;
    }

    /** Whether the moment lies before a time and has not come. */
    boolean dueBefore(long timePs) {
        return files.isEmpty() && atPs >= 0 && atPs < timePs;
    }

    /** Simulated time of the moment. */
    long atPs() {
        return atPs;
    }

    /** A thread is about to close its context. */
    void closing(ProcViews views) {
        if (atPs == FIRST_CLOSE) {
            take(views);
        }
    }

    /** Takes the views now, unless they were taken. */
    void take(ProcViews views) {
        if (files.isEmpty()) {
            files.put("statistics", views.statistics());
            files.put("mcs_statistics", views.mcsStatistics());
            files.put("cch_status", views.cchStatus());
            files.put("gru_status", views.gruStatus());
        }
    }

    /** The files by name; empty before the moment. */
    public Map<String, String> files() {
        return Map.copyOf(files);
    }
}
