package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.linux.AtomicWalk;
import grusim.linux.Pte;

/**
 * Fills under the page-table lock: having found the page, the fill takes the lock, reads the entry again and keeps the lock
 * until the device has the entry. Who clears entries under that lock does so wholly before or wholly after, and a flush of
 * the device after the clear finds what was filled before it.
 *
 * <p>A fault interrupt may not spin for that lock, so it leaves misses to the user's call. Kept for each address space is
 * nothing but its number.
 */
abstract class LockedFill extends Design<Integer> {
    /** Slot of whether the fill is for a write. */
    private static final int WRITE = 4;

    /**
     * Makes the fill's side.
     *
     * @param locks whether a fill takes the lock at all
     * @param rereads whether it heeds what it reads under the lock
     */
    LockedFill(Surroundings around, boolean locks, boolean rereads) {
        super(around, mm -> mm);
        if (locks) {
            at(Hook.ADMIT, admission(rereads));
            at(Hook.FILLED, done());
        }
    }

    private Routine admission(boolean rereads) {
        return script("insert under the page-table lock", FILL_SLOTS)
                .then(
                        "take the page-table lock and read the entry again",
                        (a, here) ->
                                a.call(around.kernel().userPages().lockPte(), here + 1, a.local(MM), a.local(VADDR)))
                .then("is there still a page?", (a, here) -> {
                    long pte = a.result();
                    if (pte == AtomicWalk.NO_TABLE) {
                        a.done(AGAIN);
                    } else if (!rereads) {
                        a.done(a.local(PTE));
                    } else if (serves(pte, a)) {
                        a.done(pte);
                    } else {
                        go(a, here + 1);
                    }
                })
                .then("release the page-table lock, find the page again", (a, here) -> unlockPte(a, here + 1))
                .then("return", (a, here) -> a.done(AGAIN));
    }

    private static boolean serves(long pte, Agent a) {
        return Pte.present(pte) && !Pte.protNone(pte) && (a.local(WRITE) == 0 || Pte.writable(pte));
    }

    private Routine done() {
        return script("inserted under the page-table lock", FILL_SLOTS)
                .then("release the page-table lock", (a, here) -> unlockPte(a, here + 1))
                .end();
    }

    private void unlockPte(Agent a, int next) {
        around.kernel().userPages().unlockPte(a, space(a));
        counted(a, next);
    }
}
