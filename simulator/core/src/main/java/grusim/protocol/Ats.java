package grusim.protocol;

import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.workload.AtsSpec;
import grusim.workload.Protocol.Rule;

/**
 * Shared virtual addressing: the device asks the IOMMU, which walks the process's own tables, and keeps the answer in its
 * TLB (ATS); a page that is absent is asked for from the OS (PRI). Source: PCI Express, Address Translation Services; Linux
 * Documentation/arch/x86/sva.rst, Documentation/mm/mmu_notifier.rst, arch_invalidate_secondary_tlbs.
 *
 * <p>No lock is taken by a walk. An entry is flushed from the device in the critical section that cleared it, which waits
 * for the device; the device discards translations that were under way (kill bits). Page-table pages are freed when the
 * walks that began before have ended, and on release the tables are taken from the IOMMU first. Where the CPUs' TLBs are
 * flushed for another reason than a clear, as for the pages a fork shares, the device's is too.
 *
 * <p>A fault map of a core stands for a walker of the IOMMU; a page request is served in the user's call. Contexts that poll
 * for their misses use page requests only. What the IOMMU itself caches is not modelled. Without the rule the device is
 * flushed at the end of the range.
 */
final class Ats extends Design<Ats.Space> {
    Ats(Surroundings around, AtsSpec costs) {
        super(around, mm -> new Space(around, mm));
        Routine flush = script("iommu invalidate", CALLOUT_SLOTS)
                .then("flush the device", (a, here) -> flush(a, here + 1))
                .then("note that the CPU's clears are flushed", (a, here) -> {
                    space(a).flushed.set(a, true);
                    a.done(0);
                });
        Routine flushed = script("arch_invalidate_secondary_tlbs", CALLOUT_SLOTS)
                .then("are the clears flushed?", (a, here) -> {
                    boolean done = space(a).flushed.set(a, false);
                    go(a, done ? here + 2 : here + 1);
                })
                .then("flush the device", (a, here) -> flush(a, here + 1))
                .end();
        at(Hook.TABLES_UNLINKED, drain(script("iommu drain", CALLOUT_SLOTS)).end());
        if (around.keeps(Rule.INVALIDATE_UNDER_LOCK)) {
            at(Hook.CLEARED, flush);
            at(Hook.FLUSHED, flushed);
        } else {
            at(Hook.RANGE_END, flush);
        }
        at(Hook.RELEASE, releasing());
        at(
                Hook.ENTER,
                script("ats translation request", FILL_SLOTS)
                        .then("send the request", (a, here) -> {
                            boolean page = a.local(MAY_SLEEP) != 0;
                            long costPs = page ? costs.pageRequestLatencyPs() : costs.translationLatencyPs();
                            a.next(page ? here + 2 : here + 1, costPs, Why.PAGE_WALK);
                        })
                        .then(
                                "begin the walk",
                                (a, here) -> a.done(space(a).walks.begin(a) ? 1 : REFUSED))
                        .then("serve the page request", (a, here) -> a.done(0)));
        at(
                Hook.ADMIT,
                script("ats completion", FILL_SLOTS)
                        .then("end the walk", (a, here) -> {
                            if (a.local(TICKET) == 0) {
                                long costPs = costs.pageResponseLatencyPs() + costs.translationLatencyPs();
                                a.next(here + 1, costPs, Why.PAGE_FAULT);
                            } else {
                                space(a).walks.end(a);
                                a.done(a.local(PTE));
                            }
                        })
                        .then("answer the page request, translate", (a, here) -> a.done(a.local(PTE))));
        at(
                Hook.ABANDONED,
                script("ats completion without a translation", FILL_SLOTS).then("end the walk", (a, here) -> {
                    if (a.local(TICKET) != 0) {
                        space(a).walks.end(a);
                    }
                    a.done(0);
                }));
    }

    private Script drain(Script script) {
        return script.then("note the walks under way", (a, here) -> {
                    space(a).walks.drain(a);
                    a.next(here + 1, 0, Why.INVALIDATE);
                })
                .then("wait for the walks under way", (a, here) -> {
                    if (space(a).walks.drained(a)) {
                        a.next(here + 1, 0, Why.INVALIDATE);
                    } else {
                        a.await(space(a).walks, here, Why.INVALIDATE);
                    }
                });
    }

    private Routine releasing() {
        Routine driver = around.driver().notifier().release();
        Script script = script("iommu_sva_mm_release", CALLOUT_SLOTS).then("take the tables away", (a, here) -> {
            space(a).walks.detach(a);
            a.local(VADDR, 0);
            a.local(END, around.kernel().mm((int) a.local(MM)).vmas().limit());
            a.next(here + 1, 0, Why.INVALIDATE);
        });
        drain(script).then("flush the device", (a, here) -> flush(a, here + 1));
        if (driver != null) {
            script.then("release the driver's state", (a, here) -> a.call(driver, here + 1, a.local(MM)));
        }
        return script.end();
    }

    /** The walks under way, and which CPUs have flushed what they cleared last. */
    static final class Space {
        private final WalksInFlight walks;
        private final CpuNotes flushed;

        private Space(Surroundings around, int mm) {
            walks = new WalksInFlight(around.engine(), "mm" + mm + " iommu walks");
            flushed = new CpuNotes(around.engine());
        }
    }

    @Override
    public boolean fillsInInterrupt() {
        return true;
    }

    @Override
    public boolean walkedByHardware() {
        return true;
    }

    @Override
    public Lookup lookup() {
        return Lookup.WALK;
    }

    @Override
    public Why entering() {
        return Why.PAGE_WALK;
    }
}
