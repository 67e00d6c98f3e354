package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;

/**
 * Calls an address space's notifier. Each call takes two steps of the calling routine: the cost, then the call; without a
 * notifier both go by for free.
 */
final class Callouts {
    private final long callCostPs;
    private final VmCounters counters;
    private VmObserver observer = VmObserver.NONE;

    Callouts(long callCostPs, VmCounters counters) {
        this.callCostPs = callCostPs;
        this.counters = counters;
    }

    void observer(VmObserver listener) {
        observer = listener;
    }

    /** Ends the step that precedes a callout. */
    void prepare(Agent agent, Mm mm, int pc) {
        agent.next(pc, mm.notified() ? callCostPs : 0, Why.VM);
    }

    /** Announces that a range is going to change. */
    void rangeStart(Agent agent, Mm mm, long start, long end, int returnPc) {
        SecondaryMmu notifier = mm.notifier(agent);
        if (notifier == null) {
            agent.next(returnPc, 0, Why.VM);
            return;
        }
        counters.add(VmCounter.NOTIFIER_RANGES);
        observer.rangeStart(agent, mm.id(), start, end);
        agent.call(notifier.rangeStart(), returnPc, mm.id(), start, end);
    }

    /** Announces that a range has changed. */
    void rangeEnd(Agent agent, Mm mm, long start, long end, int returnPc) {
        SecondaryMmu notifier = mm.notifier(agent);
        if (notifier == null) {
            agent.next(returnPc, 0, Why.VM);
        } else {
            agent.call(notifier.rangeEnd(), returnPc, mm.id(), start, end);
        }
    }

    /** Tells the observer that the callout of a range's end has returned. */
    void rangeEnded(Agent agent, Mm mm, long start, long end) {
        if (mm.notified()) {
            observer.rangeEnd(agent, mm.id(), start, end);
        }
    }

    /** Announces that a page's entry was cleared. */
    void invalidatePage(Agent agent, Mm mm, long vaddr, int returnPc) {
        SecondaryMmu notifier = mm.notifier(agent);
        if (notifier == null) {
            agent.next(returnPc, 0, Why.VM);
            return;
        }
        counters.add(VmCounter.NOTIFIER_PAGES);
        agent.call(notifier.invalidatePage(), returnPc, mm.id(), vaddr);
    }

    /** Tells the observer that the callout for a page has returned. */
    void pageInvalidated(Agent agent, Mm mm, long vaddr) {
        if (mm.notified()) {
            observer.pageInvalidated(agent, mm.id(), vaddr);
        }
    }
}
