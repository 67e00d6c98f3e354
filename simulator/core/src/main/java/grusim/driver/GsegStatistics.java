package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.ChipletMap;

/**
 * A user's request for its context's own statistics (gru_get_gseg_statistics): one line is copied out; an address without
 * segment is answered with zeros and success. Slots and results as {@link SegmentRequest}.
 */
final class GsegStatistics extends SegmentRequest {
    /** struct gru_gseg_statistics: 8 words. */
    static final int BYTES = 64;

    GsegStatistics(GruDriver driver) {
        super(driver, "gru_get_gseg_statistics", OWN, null);
    }

    @Override
    int withoutSegment() {
        return 0;
    }

    @Override
    void locked(Agent a, ThreadState gts, int pc) {
        long lines = BYTES / ChipletMap.LINE_BYTES;
        a.next(UNLOCK, lines * driver.costs().contextCopyLatencyPerLinePs(), Why.OS_CALL);
    }

    @Override
    String ownName(int pc) {
        return "copy the statistics out";
    }
}
