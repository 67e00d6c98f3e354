package grusim.gru;

import grusim.isa.CbrExecutionStatus;
import grusim.isa.CbrState;
import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.Cch;
import grusim.isa.handle.TfhState;
import java.util.Arrays;

/**
 * How a control block's unit looks to software that reads its extended block (CBE): the instruction's word 0 copied, how
 * far it has come, and why it failed. The bases "so far" are where the next request of each stream begins, so that a
 * miss of a BCOPY is found exactly at one of them. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h, and the use
 * of these words in grufault.c; that a message send keeps the old head in idef6cpy once its queue check is done is assumed.
 */
final class CbeView {
    private static final long COPIED = Cbe.IMACPY.mask()
            | Cbe.XTYPECPY.mask()
            | Cbe.IAA0CPY.mask()
            | Cbe.IAA1CPY.mask()
            | Cbe.OPCCPY.mask()
            | Cbe.EXOPCCPY.mask()
            | Cbe.IDEF2CPY.mask();

    private CbeView() {}

    static void fill(CbrUnit unit, Chiplet chiplet, long[] into) {
        Arrays.fill(into, 0);
        boolean idle = unit.idle();
        Cbe.CBRSTATE.set(into, state(unit, chiplet).code());
        if (idle && !unit.failing()) {
            return;
        }
        Cbe.CBREXECSTATUS.set(into, executionStatus(unit, chiplet));
        if (!unit.decoded && unit.ecause == 0) {
            return;
        }
        Transfer transfer = unit.transfer;
        ControlBlock cb = chiplet.cb(unit.number());
        into[0] = transfer.word0() & COPIED;
        Cbe.IDEF4CPY.set(into, cb.word(InstructionLayout.TRI1_BUFSIZE.word()) & Cbe.IDEF4CPY.max());
        Cbe.IDEF4UPD.set(
                into, cb.word(InstructionLayout.TRI1_BUFSIZE.word()) + transfer.indexBytes() & Cbe.IDEF4UPD.max());
        Cbe.IDEF2UPD.set(into, transfer.tri0() + transfer.issued(0) & Cbe.IDEF2UPD.max());
        Cbe.IDEF5CPY.set(into, cb.word(InstructionLayout.NELEM.word()));
        progress(transfer, cb, into);
        if (transfer.opcode() == Opcode.MESQ && transfer.totalBytes(1) != 0) {
            Cbe.IDEF6CPY.set(into, unit.avalue);
            Cbe.IDEF3UPD.set(into, transfer.address(1, transfer.issued(1)));
        }
        if (unit.ecause != 0) {
            Cbe.IDEF1UPD.set(into, unit.detail0);
            Cbe.IDEF3UPD.set(into, unit.detail1);
        }
        Cbe.ECAUSE.set(into, unit.ecause);
    }

    private static void progress(Transfer transfer, ControlBlock cb, long[] into) {
        long next = transfer.address(0, transfer.issued(0));
        Cbe.IDEF1UPD.set(into, next);
        if (transfer.buffer() != 0) {
            long end = transfer.base0() + transfer.totalBytes();
            long lines = transfer.issued(0) == transfer.totalBytes()
                    ? 0
                    : (end - 1) / Transfer.LINE - next / Transfer.LINE + 1;
            Cbe.IDEF6CPY.set(into, lines);
            Cbe.IDEF3UPD.set(into, transfer.address(1, transfer.issued(1)));
            Cbe.IDEF5UPD.set(into, transfer.elementsLeft(transfer.issued(1)));
        } else {
            if (transfer.opcode() == Opcode.BSTORE) {
                Cbe.IDEF1UPD.set(into, cb.word(InstructionLayout.BASE_ADDRESS_0.word()) + transfer.issued(0));
                Cbe.IDEF3UPD.set(into, next);
            }
            Cbe.IDEF5UPD.set(into, transfer.elementsLeft(transfer.issued(0)));
        }
    }

    private static int executionStatus(CbrUnit unit, Chiplet chiplet) {
        int status = unit.failing() ? CbrExecutionStatus.EXCEPTION.mask() : 0;
        if (unit.ecause != 0 && unit.aborted) {
            status |= CbrExecutionStatus.ABORT.mask();
        }
        if (!unit.idle()) {
            status |= CbrExecutionStatus.PENDING.mask();
        }
        if (chiplet.tlbPort().misses().invalidated(unit.number())) {
            status |= CbrExecutionStatus.TLB_INVALIDATE.mask();
        }
        return status;
    }

    static CbrState state(CbrUnit unit, Chiplet chiplet) {
        boolean busy = unit.slots.active() > 0;
        if (unit.idle()) {
            return chiplet.tlbPort().contexts().owner(unit.number()) == ContextTable.NOBODY
                    ? CbrState.INACTIVE
                    : CbrState.IDLE;
        }
        if (missing(unit, chiplet)) {
            if (userPolling(unit, chiplet)) {
                return busy ? CbrState.BUSY_INTERRUPTED_MISS_UPM : CbrState.INTERRUPTED_MISS_UPM;
            }
            return busy ? CbrState.BUSY_INTERRUPT_MISS_FMM : CbrState.INTERRUPTED_MISS_FMM;
        }
        if (unit.held) {
            return busy ? CbrState.BUSY_INTERRUPT : CbrState.INTERRUPTED;
        }
        if (unit.queuedForLine) {
            return CbrState.QUEUED;
        }
        return busy ? CbrState.WAIT_RESPONSE : unit.decoded ? CbrState.REQUEST_ISSUE : CbrState.PE_CHECK;
    }

    /** Whether the unit's miss is not answered yet; the unit itself learns of the answer a step later. */
    private static boolean missing(CbrUnit unit, Chiplet chiplet) {
        boolean recorded = unit.missPhase != CbrRoutine.RECORD;
        return unit.missed && !(recorded && chiplet.tfh(unit.number()).recorded() == TfhState.IDLE);
    }

    /** Whether the user has to call the OS for the miss: by the context's mode, or because a command turned the miss so. */
    private static boolean userPolling(CbrUnit unit, Chiplet chiplet) {
        return Cch.TFM_FAULT_BIT_ENABLE.in(unit.mode) == 0
                || chiplet.tfh(unit.number()).missState() == TfhState.MISS_UPM;
    }
}
