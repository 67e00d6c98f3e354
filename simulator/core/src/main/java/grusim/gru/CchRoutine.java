package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.AllocationMap;
import grusim.isa.handle.CchCause;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhCause;
import grusim.isa.handle.TfhState;

/**
 * How a CCH carries out its commands. INTERRUPT stops a context's new requests; INTERRUPT_SYNC and DEALLOCATE also wait
 * until its requests under way have ended, no unanswered fault keeps it, no TFH command is at work and no status is yet
 * to be written. Source: Holt, linux-mm, July 2008 (deallocation waits for traffic and faults); the rest is assumed.
 */
final class CchRoutine extends UnitRoutine {
    private static final int TAKE = 0;
    private static final int ALLOCATE = 1;
    private static final int READY_TFH = 2;
    private static final int START = 3;
    private static final int INTERRUPT = 4;
    private static final int MAY_DEALLOCATE = 5;
    private static final int QUIET = 6;
    private static final int SETTLE_TFH = 7;
    private static final int SETTLE_CB = 8;
    private static final int FORGET = 9;
    private static final int RELEASE_CB = 10;
    private static final int RELEASE_TFH = 11;
    private static final int DEALLOCATE = 12;
    private static final int ANSWER = 13;

    private static final String[] STEPS = {
        "take the command",
        "ALLOCATE: take control blocks and data segment",
        "ALLOCATE: ready a TFH",
        "START: let requests go",
        "INTERRUPT: stop new requests",
        "DEALLOCATE: check the state",
        "wait for requests under way and unanswered faults",
        "wait for a TFH command at work",
        "wait for a status to be written",
        "DEALLOCATE: forget what a control block had begun",
        "DEALLOCATE: release a control block",
        "DEALLOCATE: release a TFH",
        "DEALLOCATE: give everything back",
        "answer"
    };

    private final ContextPasses passes;

    CchRoutine(Chiplet chiplet) {
        super(chiplet, "context configuration handle", 0, STEPS);
        passes = new ContextPasses(chiplet);
    }

    @Override
    public void step(Agent agent, int pc) {
        CchUnit unit = (CchUnit) agent;
        ContextHandle handle = chiplet.cch(unit.context());
        switch (pc) {
            case TAKE -> take(unit);
            case ALLOCATE -> after(unit, passes.allocate(unit, unit.context(), handle.words()), READY_TFH);
            case READY_TFH -> {
                chiplet.tfh(cb(unit)).rest(unit, TfhState.IDLE, TfhCause.NONE);
                nextBlock(unit, READY_TFH, ANSWER);
            }
            case START -> after(unit, passes.start(unit, unit.context(), handle.words()), ANSWER);
            case INTERRUPT ->
                after(
                        unit,
                        passes.interrupt(unit, unit.context(), unit.command, handle.words()),
                        unit.command == CchOpcode.INTERRUPT ? ANSWER : QUIET);
            case MAY_DEALLOCATE -> after(unit, passes.mayDeallocate(unit, unit.context(), handle.words()), QUIET);
            case QUIET -> {
                if (passes.quiet(unit, unit.context())) {
                    unit.next(SETTLE_TFH, 0, Why.CONTEXT_UNLOAD);
                } else {
                    unit.await(port.quiet(), QUIET, Why.CONTEXT_UNLOAD);
                }
            }
            case SETTLE_TFH -> {
                if (chiplet.tfh(cb(unit)).settled(unit)) {
                    unit.next(SETTLE_CB, 0, Why.CONTEXT_UNLOAD);
                } else {
                    unit.await(chiplet.cbr(cb(unit)).wake(), SETTLE_TFH, Why.CONTEXT_UNLOAD);
                }
            }
            case SETTLE_CB -> settleBlock(unit);
            case FORGET -> {
                port.forget(unit, cb(unit));
                unit.next(RELEASE_CB, 0, Why.CONTEXT_UNLOAD);
            }
            case RELEASE_CB -> {
                if (chiplet.cb(cb(unit)).released(unit)) {
                    unit.next(RELEASE_TFH, 0, Why.CONTEXT_UNLOAD);
                } else {
                    unit.await(chiplet.cbr(cb(unit)).wake(), RELEASE_CB, Why.CONTEXT_UNLOAD);
                }
            }
            case RELEASE_TFH -> {
                chiplet.tfh(cb(unit)).rest(unit, TfhState.INACTIVE, TfhCause.NONE);
                nextBlock(unit, FORGET, DEALLOCATE);
            }
            case DEALLOCATE -> {
                passes.deallocate(unit, unit.context());
                unit.next(ANSWER, chiplet.hubLatencyPs(), Why.CONTEXT_UNLOAD);
            }
            case ANSWER -> {
                handle.answer(unit, port.contexts().state(unit.context()), unit.answer());
                unit.done(0);
            }
            default -> throw new AssertionError("step " + pc);
        }
    }

    private void take(CchUnit unit) {
        if (unit.illegal) {
            after(unit, CchCause.ILLEGAL_OPCODE, ANSWER);
            return;
        }
        switch (unit.command) {
            case ALLOCATE -> unit.next(ALLOCATE, spec.cchAllocateLatencyPs(), Why.CONTEXT_LOAD);
            case START -> unit.next(START, spec.cchStartLatencyPs(), Why.CONTEXT_LOAD);
            case INTERRUPT, INTERRUPT_SYNC -> unit.next(INTERRUPT, spec.cchInterruptLatencyPs(), Why.CONTEXT_UNLOAD);
            case DEALLOCATE -> unit.next(MAY_DEALLOCATE, spec.cchDeallocateLatencyPs(), Why.CONTEXT_UNLOAD);
        }
    }

    private void after(CchUnit unit, CchCause cause, int pc) {
        unit.cause = cause;
        boolean last = pc == ANSWER || cause != CchCause.NONE;
        unit.next(last ? ANSWER : pc, last ? chiplet.hubLatencyPs() : 0, Why.COMMAND);
    }

    private void settleBlock(CchUnit unit) {
        if (!chiplet.cb(cb(unit)).settled(unit)) {
            unit.await(chiplet.cbr(cb(unit)).wake(), SETTLE_CB, Why.CONTEXT_UNLOAD);
        } else {
            nextBlock(unit, SETTLE_TFH, unit.command == CchOpcode.DEALLOCATE ? FORGET : ANSWER);
        }
    }

    /** CB number of the control block whose turn it is. */
    private int cb(CchUnit unit) {
        return AllocationMap.cbNumber(port.contexts().cbrMap(unit.context()), unit.done);
    }

    private void nextBlock(CchUnit unit, int again, int then) {
        unit.done++;
        if (unit.done < AllocationMap.cbrs(port.contexts().cbrMap(unit.context()))) {
            unit.next(again, 0, Why.COMMAND);
        } else {
            unit.done = 0;
            unit.next(then, then == ANSWER ? chiplet.hubLatencyPs() : 0, Why.COMMAND);
        }
    }
}
