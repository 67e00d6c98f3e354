package grusim.gru;

import grusim.engine.Engine;
import grusim.engine.Why;

/**
 * What a control block's unit does next: what is due first; at a tie the request in the lowest slot, then the miss, then
 * a new request. When no time passes, any of them may be next.
 */
final class CbrOrder {
    private final Engine engine;
    private final int mostLines;
    private final long statusWritePs;
    private final Signal resume;

    CbrOrder(Chiplet chiplet) {
        engine = chiplet.engine();
        mostLines = chiplet.spec().linesInFlightPerCbr();
        statusWritePs = chiplet.spec().statusWriteLatencyPs();
        resume = chiplet.tlbPort().resume();
    }

    /** Ends the step: goes on with what is due first. */
    void proceed(CbrUnit unit) {
        if (!engine.isTimed()) {
            proceedAnyhow(unit);
            return;
        }
        LineSlots slots = unit.slots;
        int first = slots.first();
        long due = first == LineSlots.NONE ? Long.MAX_VALUE : slots.duePs(first);
        boolean issue = mayIssue(unit);
        if (unit.missPhase != CbrUnit.NO_PHASE && unit.missPhasePs < due) {
            go(unit, unit.missPhase, unit.missPhasePs, Why.MISS_RECORD);
        } else if (issue && unit.issuePs < due) {
            go(unit, CbrRoutine.TRANSLATE, unit.issuePs, unit.issueWhy);
        } else if (first != LineSlots.NONE) {
            unit.slot = first;
            go(unit, slots.phase(first), due, Why.MEMORY);
        } else {
            settle(unit);
        }
    }

    private void go(CbrUnit unit, int pc, long atPs, Why reason) {
        unit.next(pc, Math.max(0, atPs - engine.nowPs()), reason);
    }

    private void proceedAnyhow(CbrUnit unit) {
        LineSlots slots = unit.slots;
        boolean issue = mayIssue(unit);
        boolean miss = unit.missPhase != CbrUnit.NO_PHASE;
        int ways = slots.active() + (issue ? 1 : 0) + (miss ? 1 : 0);
        if (ways == 0) {
            settle(unit);
            return;
        }
        int way = engine.choose(unit, ways);
        if (way < slots.active()) {
            unit.slot = slots.nth(way);
            unit.next(slots.phase(unit.slot), 0, Why.MEMORY);
        } else if (issue && way == slots.active()) {
            unit.next(CbrRoutine.TRANSLATE, 0, unit.issueWhy);
        } else {
            unit.next(unit.missPhase, 0, Why.MISS_RECORD);
        }
    }

    /** Nothing is under way and nothing can be begun: what does the instruction wait for? */
    private void settle(CbrUnit unit) {
        if (unit.missed) {
            unit.next(CbrRoutine.ANSWER, 0, Why.DROPIN);
        } else if (!unit.failing() && unit.queuedForLine) {
            unit.await(unit.wake(), CbrRoutine.TRANSLATE, Why.LINES_FULL);
        } else if (!unit.failing() && unit.poll.waits()) {
            poll(unit);
        } else if (!unit.failing() && unit.held) {
            unit.next(CbrRoutine.TRANSLATE, 0, unit.issueWhy);
        } else {
            endAfter(unit, 0);
        }
    }

    /** A poll's condition was false: it asks again, at once if the line has changed since. */
    private void poll(CbrUnit unit) {
        unit.stream = 0;
        unit.issueWhy = Why.CONDITION;
        if (unit.poll.unchanged()) {
            unit.await(resume, CbrRoutine.TRANSLATE, Why.CONDITION);
        } else {
            unit.next(CbrRoutine.TRANSLATE, 0, Why.CONDITION);
        }
    }

    /** Ends the step: after the given time the status is written, which takes its own. */
    void endAfter(CbrUnit unit, long delayPs) {
        unit.ending(true);
        unit.next(CbrRoutine.STATUS, delayPs + statusWritePs, Why.STATUS);
    }

    private boolean mayIssue(CbrUnit unit) {
        if (unit.missed
                || unit.held
                || unit.queuedForLine
                || unit.failing()
                || unit.poll.waits()
                || unit.slots.active() >= mostLines) {
            return false;
        }
        unit.stream = unit.streams.next();
        return unit.stream >= 0;
    }
}
