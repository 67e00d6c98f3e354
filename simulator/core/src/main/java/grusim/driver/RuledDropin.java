package grusim.driver;

import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_RANGE_ACTIVE;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.Pte;
import grusim.linux.VmCounter;
import grusim.notifier.FillRules;

/**
 * A fill by the rules of an invalidation protocol in place of the driver's own. One that is refused while it must not
 * sleep is left to the user's call; one that is not admitted begins again, or ends without an entry. If the protocol wants to know when the device
 * has the entry, the fill waits for the fault handle to come to rest.
 */
final class RuledDropin extends Dropin {
    private static final int TICKET = OWN;

    /** Slot of the protocol's answer when it does not admit the entry. */
    private static final int ANSWER = OWN + 1;

    /** Slot of the step after a fill was abandoned. */
    private static final int AFTER = OWN + 2;

    private static final int ENTERED = OWN_STEP;
    private static final int ADMITTED = OWN_STEP + 1;
    private static final int ADMIT = OWN_STEP + 2;
    private static final int TAKEN = OWN_STEP + 3;
    private static final int FILLED = OWN_STEP + 4;
    private static final int UNPIN = OWN_STEP + 5;
    private static final int ABANDON = OWN_STEP + 6;

    private final FillRules rules;

    RuledDropin(GruDriver driver, FillRules rules) {
        super(driver, OWN + 3);
        this.rules = rules;
    }

    @Override
    String ownName(int pc) {
        return switch (pc) {
            case GUARD -> "enter the fill";
            case ENTERED -> "entered";
            case ADMIT -> "may the entry be used?";
            case ADMITTED -> "admitted?";
            case TAKEN -> "has the device taken the entry?";
            case FILLED -> "filled";
            case UNPIN -> "put_page, the entry is not used";
            case ABANDON -> "leave the fill";
            default -> throw noStep(pc);
        };
    }

    @Override
    void guard(Agent a) {
        Routine enter = rules.enter();
        driver.engine().memory().fence(a, Fence.READ);
        if (enter == null) {
            a.next(lookUp(a), 0, Why.DROPIN);
        } else {
            a.call(enter, ENTERED, mm(a).id(), a.local(VADDR), atomic(a) ? 0 : 1);
        }
    }

    @Override
    void beforeWalk(Agent a) {
        // What has to come before the walk is part of entering.
    }

    @Override
    boolean walks(Agent a) {
        return rules.lookup() == FillRules.Lookup.WALK
                && (atomic(a) || (driver.rules().userWalk() && !rules.walkedByHardware()));
    }

    private int lookUp(Agent a) {
        return atomic(a) && rules.walkedByHardware() ? WALK : FIND_VMA;
    }

    @Override
    void abandon(Agent a, int pc) {
        if (rules.abandoned() == null) {
            a.next(pc, 0, Why.DROPIN);
        } else {
            a.local(AFTER, pc);
            a.next(ABANDON, 0, Why.DROPIN);
        }
    }

    @Override
    Routine userPage() {
        return rules.lookup() == FillRules.Lookup.PIN
                ? driver.kernel().userPages().pin()
                : driver.kernel().userPages().get();
    }

    @Override
    void found(Agent a, long pte) {
        if (rules.admit() == null) {
            accept(a, pte);
        } else {
            a.local(PTE, pte);
            a.next(ADMIT, 0, Why.DROPIN);
        }
    }

    @Override
    void written(Agent a) {
        if (rules.filled() == null) {
            a.done(DONE);
        } else {
            a.next(TAKEN, 0, Why.DROPIN);
        }
    }

    @Override
    void ownStep(Agent a, int pc) {
        switch (pc) {
            case ENTERED -> {
                a.local(TICKET, a.result());
                mark(a, rules.entering());
                if (a.result() == FillRules.REFUSED) {
                    driver.count(TLB_DROPIN_FAIL_RANGE_ACTIVE);
                    refuse(a, RANGE_ACTIVE);
                } else {
                    a.next(lookUp(a), 0, Why.DROPIN);
                }
            }
            case ABANDON -> {
                Routine abandoned = rules.abandoned();
                assert abandoned != null;
                a.call(abandoned, (int) a.local(AFTER), mm(a).id(), a.local(VADDR), a.local(TICKET));
            }
            case ADMIT -> {
                Routine admit = rules.admit();
                assert admit != null;
                long write = a.local(WRITE);
                long maySleep = atomic(a) ? 0 : 1;
                a.call(admit, ADMITTED, mm(a).id(), a.local(VADDR), a.local(TICKET), a.local(PTE));
                a.local(4, write);
                a.local(5, maySleep);
            }
            case ADMITTED -> admitted(a, a.result());
            case UNPIN -> {
                driver.kernel().userPages().unpin(a, Pte.pfn(a.local(PTE)));
                notAdmitted(a);
            }
            case TAKEN -> {
                if (tfh(a).commanded(a)) {
                    a.await(tfh(a).awaitable(), TAKEN, Why.DROPIN);
                } else {
                    Routine filled = rules.filled();
                    assert filled != null;
                    a.call(filled, FILLED, mm(a).id(), a.local(VADDR), a.local(TICKET), a.local(PTE));
                }
            }
            case FILLED -> a.done(DONE);
            default -> throw noStep(pc);
        }
    }

    private void admitted(Agent a, long pte) {
        mark(a, Why.LOCK);
        if (pte > FillRules.AGAIN) {
            accept(a, pte);
            return;
        }
        driver.kernel().counters().add(VmCounter.FILLS_DISCARDED);
        a.local(ANSWER, pte);
        if (rules.lookup() == FillRules.Lookup.PIN) {
            a.next(UNPIN, 0, Why.DROPIN);
        } else {
            notAdmitted(a);
        }
    }

    private void notAdmitted(Agent a) {
        if (a.local(ANSWER) == FillRules.GIVE_UP) {
            refuse(a, AGAIN);
        } else if (atomic(a)) {
            refuse(a, RANGE_ACTIVE);
        } else {
            a.next(READ_TFH, 0, Why.DROPIN);
        }
    }
}
