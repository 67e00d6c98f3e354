package grusim.protocol;

import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.machine.PhysicalMemory;

/**
 * A page says whether it is exported, and an exported page is recalled before its entry is cleared: the device is flushed
 * and the pin dropped first, so that reclaim finds no foreign reference. Reclaim calls out with no lock held but the page's,
 * other unmappings at the range's start. Fills sleep, and those under way are thrown away, until the VM is done.
 *
 * <p>A page is exported as long as the table of pins names it. Without the hold-off a fill may pin the page again between
 * its recall and its clear: it is then pinned, mapped nowhere, and never seen by the reverse map again. Source: Christoph
 * Lameter's export notifiers and Andrea Arcangeli's answer, linux-mm, January 2008.
 */
final class ExportNotifier extends SleepableBegin {
    private final CpuNotes reclaims;

    ExportNotifier(Surroundings around) {
        super(around);
        reclaims = new CpuNotes(around.engine());
        Routine recall = revoking();
        Routine letIn = lettingIn();
        at(
                Hook.BEFORE_UNMAP,
                script("export notifier: recall a page", CALLOUT_SLOTS)
                        .then("recall the page", (a, here) -> {
                            reclaims.set(a, true);
                            long page = a.local(VADDR) & -PhysicalMemory.FRAME_BYTES;
                            a.call(recall, here + 1, a.local(MM), page, page + PhysicalMemory.FRAME_BYTES);
                        })
                        .end());
        at(
                Hook.AFTER_UNMAP,
                script("export notifier: the page is unmapped", CALLOUT_SLOTS)
                        .then("the page may be exported again", (a, here) -> {
                            reclaims.set(a, false);
                            a.call(letIn, here + 1, a.local(MM));
                        })
                        .end());
        at(Hook.RANGE_START, unlessReclaiming("export notifier: recall a range", recall));
        at(Hook.RANGE_END, unlessReclaiming("export notifier: the range is unmapped", letIn));
    }

    private Routine unlessReclaiming(String name, Routine routine) {
        return script(name, CALLOUT_SLOTS)
                .then("is the page recalled already?", (a, here) -> {
                    if (reclaims.isSet(a)) {
                        a.next(here + 1, 0, Why.INVALIDATE);
                    } else {
                        a.call(routine, here + 1, a.local(MM), a.local(VADDR), a.local(END));
                    }
                })
                .end();
    }
}
