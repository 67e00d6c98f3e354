package grusim.gru;

import grusim.engine.Engine;
import grusim.engine.Why;
import grusim.isa.ExceptionCause;
import grusim.isa.InstructionStatus;
import grusim.isa.handle.Cch;
import grusim.isa.handle.TfhCause;
import grusim.isa.handle.TfhState;

/**
 * The way of a TLB miss: it is written into the TFH, then announced by the context's mode (a bit in the fault map, with
 * or without an interrupt, or CALL_OS in the control block), and its answer is waited for. The instruction restarts at
 * the very request that missed. An entry found to be wrong goes the same way, in state HW_ERR (assumed; the driver answers
 * any handle that shows an exception).
 */
final class MissPath {
    private final Engine engine;
    private final Chiplet chiplet;
    private final TlbPort port;
    private final DeviceCounters counters;
    private final CbrOrder order;

    MissPath(Chiplet chiplet) {
        this.chiplet = chiplet;
        engine = chiplet.engine();
        port = chiplet.tlbPort();
        counters = chiplet.counters();
        order = chiplet.order();
    }

    /** A lookup missed: the unit's requests under way go on, and the miss is recorded. */
    void begin(CbrUnit unit) {
        unit.missed = true;
        unit.account.missBegins();
        unit.resolving = true;
        unit.mode = port.contexts().mode(unit.context);
        unit.missCause = port.missCause();
        unit.missAsid = port.missAsid();
        unit.missPhase = CbrRoutine.RECORD;
        unit.missPhasePs = engine.nowPs() + chiplet.spec().missRecordLatencyPs();
    }

    private static boolean faultMapMode(CbrUnit unit) {
        return Cch.TFM_FAULT_BIT_ENABLE.in(unit.mode) != 0;
    }

    void record(CbrUnit unit) {
        Transfer transfer = unit.transfer;
        long vaddr = transfer.address(unit.stream, transfer.issued(unit.stream));
        unit.account.markMiss(Why.MISS_RECORD, engine.nowPs());
        TfhState mode = faultMapMode(unit) ? TfhState.MISS_FMM : TfhState.MISS_UPM;
        TfhState state = (unit.missCause & TlbPort.HARDWARE) != 0 ? TfhState.HW_ERR : mode;
        int cause = unit.missCause & ~TlbPort.HARDWARE;
        chiplet.tfh(unit.number()).record(unit, state, cause, unit.context, vaddr, unit.missAsid);
        boolean write = transfer.writes(unit.stream);
        chiplet.observer().missRecorded(chiplet.index(), unit.context, unit.number(), unit.missAsid, vaddr, write);
        missPhase(unit, CbrRoutine.ANNOUNCE);
    }

    void announce(CbrUnit unit) {
        if (faultMapMode(unit)) {
            boolean interrupt = Cch.TLB_INT_ENABLE.in(unit.mode) != 0;
            counters.faultInterrupts += interrupt ? 1 : 0;
            chiplet.tfm(Cch.TLB_INT_SELECT.intIn(unit.mode)).fault(unit, unit.number(), interrupt);
            chiplet.observer().faultBitSet(chiplet.index(), unit.context, unit.number());
        } else {
            counters.callOs++;
            chiplet.cb(unit.number()).answer(unit, InstructionStatus.CALL_OS);
        }
        missPhase(unit, CbrRoutine.RECORDED);
    }

    void recorded(CbrUnit unit) {
        port.answers().recorded(unit, unit.number());
        missPhase(unit, CbrUnit.NO_PHASE);
    }

    private void missPhase(CbrUnit unit, int next) {
        unit.missPhase = next;
        unit.missPhasePs = engine.nowPs();
        order.proceed(unit);
    }

    /** Looks for the answer, and goes on or waits. */
    void answer(CbrUnit unit) {
        long word = chiplet.tfh(unit.number()).read(unit);
        if (TlbFaultHandle.state(word) != TfhState.IDLE) {
            unit.await(unit.wake(), CbrRoutine.ANSWER, Why.DROPIN);
            return;
        }
        unit.missed = false;
        unit.account.markMiss(Why.DRAIN, engine.nowPs());
        if (unit.ecause == 0 && TlbFaultHandle.cause(word) == TfhCause.INSTRUCTION_EXCEPTION) {
            long vaddr = unit.transfer.address(unit.stream, unit.transfer.issued(unit.stream));
            unit.fail(ExceptionCause.OS_FATAL_TLB_FAULT.mask(), vaddr, 0);
        } else if (unit.ecause == 0) {
            unit.issuePs = engine.nowPs();
            unit.issueWhy = Why.RESTART;
        }
        order.proceed(unit);
    }
}
