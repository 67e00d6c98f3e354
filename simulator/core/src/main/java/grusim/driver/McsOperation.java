package grusim.driver;

import java.util.Locale;

/** Handle commands the driver waits for and times, by the names of its mcs_statistics file. */
public enum McsOperation {
    CCH_ALLOCATE,
    CCH_START,
    CCH_INTERRUPT,
    CCH_INTERRUPT_SYNC,
    CCH_DEALLOCATE,
    TFH_WRITE_ONLY,
    TFH_WRITE_RESTART,
    TGH_INVALIDATE;

    /** The name in the driver's mcs_statistics file. */
    public String statistic() {
        return name().toLowerCase(Locale.ROOT);
    }
}
