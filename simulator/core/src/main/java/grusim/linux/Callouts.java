package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls an address space's notifier. Each call takes two steps of the calling routine: the cost, then the call; without a
 * notifier, or one that does not want the call, both go by for free.
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
        Routine callout = notifier == null ? null : notifier.rangeStart();
        if (callout == null) {
            agent.next(returnPc, 0, Why.VM);
            return;
        }
        counters.add(VmCounter.NOTIFIER_RANGES);
        observer.rangeStart(agent, mm.id(), start, end);
        agent.call(callout, returnPc, mm.id(), start, end);
    }

    /** As {@link #rangeStart}, for who must not sleep; the answer is to be looked at if there is one to {@code answeredPc}. */
    void tryRangeStart(Agent agent, Mm mm, long start, long end, int returnPc, int answeredPc) {
        SecondaryMmu notifier = mm.notifier(agent);
        Routine callout = notifier == null ? null : notifier.tryRangeStart();
        if (callout == null) {
            agent.next(returnPc, 0, Why.VM);
            return;
        }
        counters.add(VmCounter.NOTIFIER_RANGES);
        observer.rangeStart(agent, mm.id(), start, end);
        agent.call(callout, answeredPc, mm.id(), start, end);
    }

    /** Announces that a range has changed. */
    void rangeEnd(Agent agent, Mm mm, long start, long end, int returnPc) {
        call(agent, mm.notifier(agent), SecondaryMmu::rangeEnd, mm, start, end, returnPc);
    }

    /** Tells the observer that the callout of a range's end has returned, if there is such a callout. */
    void rangeEnded(Agent agent, Mm mm, long start, long end) {
        if (mm.coherent() && mm.calls(SecondaryMmu::rangeEnd)) {
            observer.rangeEnd(agent, mm.id(), start, end);
        }
    }

    /** Announces clears under the page-table lock. */
    void cleared(Agent agent, Mm mm, long start, long end, int returnPc) {
        count(mm, SecondaryMmu::cleared, VmCounter.NOTIFIER_CLEARS);
        call(agent, mm.notifier(agent), SecondaryMmu::cleared, mm, start, end, returnPc);
    }

    /** Announces that the CPUs' TLBs were flushed. */
    void flushed(Agent agent, Mm mm, long start, long end, int returnPc) {
        count(mm, SecondaryMmu::flushed, VmCounter.NOTIFIER_FLUSHES);
        call(agent, mm.notifier(agent), SecondaryMmu::flushed, mm, start, end, returnPc);
    }

    /** Announces that an address space is going to be copied. */
    void beforeFork(Agent agent, Mm mm, int returnPc) {
        call(
                agent,
                mm.notifier(agent),
                SecondaryMmu::beforeFork,
                mm,
                0,
                mm.vmas().limit(),
                returnPc);
    }

    /** Announces an attempt to unmap a page, without any spinlock. */
    void beforeUnmap(Agent agent, Mm mm, long vaddr, long pfn, int returnPc) {
        count(mm, SecondaryMmu::beforeUnmap, VmCounter.NOTIFIER_PAGES);
        call(agent, mm.notifier(agent), SecondaryMmu::beforeUnmap, mm, vaddr, pfn, returnPc);
    }

    /** Announces the end of an attempt to unmap a page, without any spinlock. */
    void afterUnmap(Agent agent, Mm mm, long vaddr, long pfn, int returnPc) {
        count(mm, SecondaryMmu::afterUnmap, VmCounter.NOTIFIER_PAGES);
        call(agent, mm.notifier(agent), SecondaryMmu::afterUnmap, mm, vaddr, pfn, returnPc);
    }

    /** Announces that page-table pages are about to be freed. */
    void tablesUnlinked(Agent agent, Mm mm, int returnPc) {
        call(agent, mm.notifier(agent), SecondaryMmu::tablesUnlinked, mm, 0, 0, returnPc);
    }

    /**
     * Announces that entries of a range lost rights and the CPUs' TLBs were flushed, to who wants to know of clears or of
     * flushes and of no ranges. Where Linux calls such a hook for each entry under its lock, this is one call after them.
     */
    void rightsLost(Agent agent, Mm mm, long start, long end, int returnPc) {
        if (mm.calls(SecondaryMmu::cleared)) {
            cleared(agent, mm, start, end, returnPc);
        } else {
            flushed(agent, mm, start, end, returnPc);
        }
    }

    /** Tells the observer that a callout after the clear has returned: nothing of the range may be used any more. */
    void invalidated(Agent agent, Mm mm, long start, long end) {
        if (mm.coherent()) {
            observer.rangeEnd(agent, mm.id(), start, end);
        }
    }

    private void count(Mm mm, Function<SecondaryMmu, @Nullable Routine> site, VmCounter counter) {
        if (mm.notified() && mm.calls(site)) {
            counters.add(counter);
        }
    }

    private static void call(
            Agent agent,
            @Nullable SecondaryMmu notifier,
            Function<SecondaryMmu, @Nullable Routine> site,
            Mm mm,
            long first,
            long second,
            int returnPc) {
        Routine callout = notifier == null ? null : site.apply(notifier);
        if (callout == null) {
            agent.next(returnPc, 0, Why.VM);
        } else {
            agent.call(callout, returnPc, mm.id(), first, second);
        }
    }

    /** Tells the observer that a fork is over: nobody who is to be told was not. */
    void forked(Agent agent, Mm parent) {
        if (parent.coherent()) {
            observer.writesTaken(agent, parent.id());
        }
    }

    /** Announces that a page's entry was cleared. */
    void invalidatePage(Agent agent, Mm mm, long vaddr, int returnPc) {
        SecondaryMmu notifier = mm.notifier(agent);
        Routine callout = notifier == null ? null : notifier.invalidatePage();
        if (callout == null) {
            agent.next(returnPc, 0, Why.VM);
            return;
        }
        counters.add(VmCounter.NOTIFIER_PAGES);
        agent.call(callout, returnPc, mm.id(), vaddr);
    }

    /** Tells the observer that the callout for a page has returned. */
    void pageInvalidated(Agent agent, Mm mm, long vaddr) {
        if (mm.coherent() && mm.calls(SecondaryMmu::invalidatePage)) {
            observer.pageInvalidated(agent, mm.id(), vaddr);
        }
    }
}
