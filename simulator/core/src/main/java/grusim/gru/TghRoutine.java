package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.handle.TghState;

/**
 * How a TGH invalidates: mark the outstanding misses, remove the matching entries one page (or, in a purge, one set) at a
 * time, keep the control blocks of the named contexts from new requests, wait until those under way have ended, and let
 * them go on. Steps are named after the states of the TGH; that this is their order is assumed.
 *
 * <p>The time is a fixed part after the marks plus a part for each page the command names; a purge of 1,024 pages spreads
 * the latter over the sets.
 */
final class TghRoutine extends UnitRoutine {
    private static final int MARK = 0;
    private static final int PE_INVAL = 1;
    private static final int INTERRUPT_INVAL = 2;
    private static final int WAITDONE = 3;
    private static final int RESTART_CTX = 4;
    private static final int ANSWER = 5;

    private static final String[] STEPS = {
        "PE_INVAL: mark outstanding misses",
        "PE_INVAL: remove entries",
        "INTERRUPT_INVAL: stop the contexts' requests",
        "WAITDONE: wait for requests under way",
        "RESTART_CTX: let the contexts go on",
        "IDLE: answer"
    };

    private final InvalidatePasses passes;

    TghRoutine(Chiplet chiplet) {
        super(chiplet, "TLB global handle", 0, STEPS);
        passes = new InvalidatePasses(chiplet);
    }

    @Override
    public void step(Agent agent, int pc) {
        TghUnit unit = (TghUnit) agent;
        TlbGlobalHandle handle = chiplet.tgh(unit.number());
        Invalidation by = handle.invalidation();
        switch (pc) {
            case MARK -> {
                unit.phase(TghState.PE_INVAL);
                passes.mark(unit, by);
                chiplet.observer()
                        .invalidateBegun(
                                chiplet.index(),
                                unit.number(),
                                by.asid(),
                                by.vaddr(),
                                by.sizeCode(),
                                by.pages(),
                                by.global());
                unit.next(PE_INVAL, spec.tghFixedLatencyPs() + partPs(by, 0), Why.INVALIDATE);
            }
            case PE_INVAL -> removeNext(unit, by);
            case INTERRUPT_INVAL -> {
                unit.phase(TghState.INTERRUPT_INVAL);
                passes.interruptContexts(unit, by.contextBitmap());
                unit.next(WAITDONE, 0, Why.INVALIDATE);
            }
            case WAITDONE -> {
                unit.phase(TghState.WAITDONE);
                if (passes.drained(unit, by.contextBitmap())) {
                    unit.next(RESTART_CTX, 0, Why.INVALIDATE);
                } else {
                    unit.await(port.quiet(), WAITDONE, Why.INVALIDATE);
                }
            }
            case RESTART_CTX -> {
                unit.phase(TghState.RESTART_CTX);
                passes.restartContexts(unit, by.contextBitmap());
                unit.next(ANSWER, chiplet.hubLatencyPs(), Why.INVALIDATE);
            }
            case ANSWER -> {
                unit.phase(TghState.IDLE);
                chiplet.counters().invalidates++;
                chiplet.observer()
                        .invalidateEnded(
                                chiplet.index(), unit.number(), by.asid(), by.vaddr(), by.sizeCode(), by.pages());
                handle.answer(unit);
                unit.done(0);
            }
            default -> throw new AssertionError("step " + pc);
        }
    }

    private void removeNext(TghUnit unit, Invalidation by) {
        if (by.purge()) {
            passes.removeSet(unit, by, unit.done);
        } else {
            passes.removePage(unit, by, unit.done);
        }
        unit.done++;
        if (unit.done < parts(by)) {
            unit.next(PE_INVAL, partPs(by, unit.done), Why.INVALIDATE);
        } else {
            unit.next(INTERRUPT_INVAL, 0, Why.INVALIDATE);
        }
    }

    private int parts(Invalidation by) {
        return by.purge() ? port.tlb().sets() : by.pages();
    }

    /** Time of the n-th part, such that all parts add up to the pages' time exactly. */
    private long partPs(Invalidation by, int n) {
        long wholePs = by.pages() * spec.tghPerPageLatencyPs();
        int parts = parts(by);
        return wholePs * (n + 1) / parts - wholePs * n / parts;
    }
}
