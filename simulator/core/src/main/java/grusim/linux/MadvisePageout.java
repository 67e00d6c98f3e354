package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * madvise(2) with MADV_PAGEOUT: reclaims the pages of a range that nobody shares, used or not (Linux mm/madvise.c, 5.4).
 * There is no range callout: reclaim announces each page as it always does. Only a present page of the range costs anything.
 */
final class MadvisePageout extends MadviseCall {
    private final ReclaimPages reclaimPages;

    MadvisePageout(Kernel kernel, ReclaimPages reclaimPages) {
        super(kernel, "madvise(PAGEOUT)");
        this.reclaimPages = reclaimPages;
    }

    @Override
    void part(Agent agent, Mm mm, long start, long end) {
        agent.call(reclaimPages, NEXT_VMA, Long.MAX_VALUE, mm.id() + 1L, start, end);
        agent.local(ReclaimPages.ALONE, 1);
    }

    @Override
    void worked(Agent agent, Mm mm) {
        agent.next(NEXT_VMA, 0, Why.VM);
    }

    @Override
    String partName() {
        return "reclaim_pages";
    }
}
