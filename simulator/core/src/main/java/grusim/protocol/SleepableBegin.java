package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.Pte;
import grusim.machine.PhysicalMemory;
import grusim.workload.Protocol.Rule;

/**
 * A range's start that may sleep does everything: it waits out the fills that insert a page, blocks new ones, marks those that
 * are getting their page as invalid, flushes the device and drops the pins of the range. Its end only lets fills in again.
 *
 * <p>A fill sleeps while a range changes, puts its request on a list and lets ranges begin while it gets and pins the page.
 * Then it keeps ranges out until the device has the entry. A request that was marked meanwhile asks for its page again, and
 * its user's call returns -EAGAIN after three retries. Callouts under the reverse map's lock sleep too, as the patches that
 * made those locks sleep would have had it. Does not model work left to the home node of a page, and that a second fill of
 * a page waits for the first.
 *
 * <p>Source: SGI's XPMEM driver, version 003 of April 2008, linux-mm.
 */
class SleepableBegin extends Design<SleepableBegin.Space> {
    private final boolean holdsOff;

    SleepableBegin(Surroundings around) {
        super(around, mm -> new Space(around, mm));
        holdsOff = around.keeps(Rule.HOLD_OFF);
        at(Hook.RANGE_START, revoking());
        at(Hook.RANGE_END, lettingIn());
        at(
                Hook.RELEASE,
                revoke(script("xpmem release", CALLOUT_SLOTS + 1)
                                .then("have the driver release its contexts", this::releaseDriver)
                                .then("admit no more fills", (a, here) -> {
                                    space(a).pins.close(a);
                                    counted(a, here + 1);
                                }))
                        .then("let fills in", this::endRange)
                        .end());
        at(Hook.ENTER, request());
        at(Hook.ADMIT, admission());
        at(
                Hook.FILLED,
                script("page inserted", FILL_SLOTS)
                        .then("let ranges begin", (a, here) -> letIn(a, here + 1))
                        .end());
    }

    /** A callout that takes a range away from the device and keeps fills out. */
    final Routine revoking() {
        return revoke(script("xpmem invalidate_start", CALLOUT_SLOTS + 1)).end();
    }

    /** A callout that lets fills in again. */
    final Routine lettingIn() {
        return script("xpmem invalidate_end", CALLOUT_SLOTS)
                .then("let fills in", this::endRange)
                .end();
    }

    private Script revoke(Script script) {
        script.then("block fills", (a, here) -> {
                    if (space(a).ranges.begin(a)) {
                        counted(a, here + 1);
                    } else {
                        a.await(space(a).ranges, here, Why.LOCK);
                    }
                })
                .then("mark page requests invalid", (a, here) -> {
                    space(a).requests.invalidate(a, a.local(VADDR), a.local(END));
                    counted(a, here + 1);
                })
                .then("flush the device", (a, here) -> flush(a, here + 1));
        return unpin(script, space -> space.pins);
    }

    private void endRange(Agent a, int here) {
        space(a).ranges.end(a);
        counted(a, here + 1);
    }

    private Routine request() {
        return script("xpmem page fault", FILL_SLOTS)
                .then("sleep while a range changes", (a, here) -> keepOut(a, here, here + 1))
                .then("put a page request on the list", (a, here) -> {
                    space(a).requests.request(a, page(a));
                    go(a, here + 1);
                })
                .then("let ranges begin", (a, here) -> letIn(a, here + 1))
                .end();
    }

    private Routine admission() {
        int use = 4;
        int again = 5;
        int giveUp = 6;
        return script("xpmem insert a page", FILL_SLOTS)
                .then("sleep while a range changes", (a, here) -> keepOut(a, here, here + 1))
                .then("is the page request still valid?", (a, here) -> {
                    go(
                            a,
                            switch (space(a).requests.finish(a)) {
                                case USE -> here + 1;
                                case AGAIN -> again;
                                case GIVE_UP -> giveUp;
                            });
                })
                .then("note the pin", (a, here) -> {
                    go(
                            a,
                            switch (space(a).pins.pin(a, page(a), Pte.pfn(a.local(PTE)))) {
                                case NEWLY -> use;
                                case BEFORE -> here + 1;
                                case NEVER -> giveUp;
                            });
                })
                .then("put_page, the page is pinned already", (a, here) -> {
                    around.kernel().userPages().unpin(a, Pte.pfn(a.local(PTE)));
                    go(a, here + 1);
                })
                .then("insert the page", (a, here) -> a.done(a.local(PTE)))
                .then("let ranges begin, find the page again", (a, here) -> letIn(a, here + 2))
                .then("let ranges begin, give up", (a, here) -> letIn(a, here + 2))
                .then("return", (a, here) -> a.done(AGAIN))
                .then("return", (a, here) -> a.done(GIVE_UP));
    }

    private void keepOut(Agent a, int here, int next) {
        if (!holdsOff || space(a).ranges.keepOut(a)) {
            go(a, next);
        } else {
            a.await(space(a).ranges, here, Why.RANGE_ACTIVE);
        }
    }

    private void letIn(Agent a, int next) {
        if (holdsOff) {
            space(a).ranges.letIn(a);
        }
        go(a, next);
    }

    private static long page(Agent a) {
        return a.local(VADDR) & -PhysicalMemory.FRAME_BYTES;
    }

    /** The ranges being changed, the fills that get a page, and the pins. */
    static final class Space {
        private final Underway ranges;
        private final PageRequests requests;
        private final PinTable pins;

        private Space(Surroundings around, int mm) {
            ranges = new Underway(around.engine(), "mm" + mm + " n_recall_PFNs");
            requests = new PageRequests(around.engine(), "mm" + mm + " page_requests");
            pins = new PinTable(around.engine(), "mm" + mm + " pins");
        }
    }

    @Override
    public boolean revokesPins() {
        return true;
    }

    @Override
    public Lookup lookup() {
        return Lookup.PIN;
    }
}
