package grusim.driver;

import grusim.engine.Agent;

/**
 * A user's request to flush the GRU's translations of a range (gru_user_flush_tlb): a flush like that of a callout, without
 * counting the range active. Slots and results as {@link SegmentRequest}; 4 start, 5 end.
 */
final class UserFlushTlb extends SegmentRequest {
    private static final int START = OWN;
    private static final int END = OWN + 1;

    UserFlushTlb(GruDriver driver) {
        super(driver, "gru_user_flush_tlb", OWN + 2, DriverCounter.USER_FLUSH_TLB);
    }

    @Override
    void locked(Agent a, ThreadState gts, int pc) {
        a.call(driver.flushTlb(), UNLOCK, gts.mm, a.local(START), a.local(END));
    }

    @Override
    String ownName(int pc) {
        return "flush the range";
    }
}
