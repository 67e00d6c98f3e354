package grusim.gru;

import grusim.isa.InstructionLayout;
import grusim.isa.MessageQueueSubstatus;
import grusim.isa.handle.Cbe;
import grusim.machine.PhysicalMemory;
import grusim.machine.RacingBlock;
import grusim.workload.InjectedError;

/**
 * A message send: adds the message's lines to the head of the queue, if its limit allows, then puts the lines where the
 * old head says. The queue begins with {head, limit} in its first doubleword and lies in one page of the TLB. Sources:
 * Linux driver drivers/misc/sgi-gru, gru_instructions.h and grukservices.c; that a put outside the page of the head is the
 * page overflow is assumed.
 *
 * <p>Whatever goes wrong ends the instruction with status EXCEPTION, no cause and a substatus; avalue is {head, limit} as
 * the queue check found them. Without functional data every check succeeds and the message goes to the first place.
 */
final class MessageSend {
    /** First line for messages: two lines of the queue's header come before it. */
    private static final long FIRST_LINE = 2;

    private static final long HEAD = 0xffff_ffffL;

    private final PhysicalMemory memory;
    private final ErrorInjection errors;

    MessageSend(Chiplet chiplet, PhysicalMemory memory) {
        this.memory = memory;
        errors = chiplet.errors();
    }

    /** The queue check, done at the queue's memory. */
    void check(CbrUnit unit, long lines, long frame, int offset) {
        long vaddr = unit.transfer.base0();
        if (errors.strikes(InjectedError.LB_OVERFLOW, unit, vaddr)) {
            unit.substatus = MessageQueueSubstatus.LB_OVERFLOWED.code();
        } else if (errors.strikes(InjectedError.AMO_NACK, unit, vaddr)) {
            unit.substatus = MessageQueueSubstatus.AMO_NACKED.code();
        } else if (!memory.functional()) {
            unit.avalue = FIRST_LINE;
        } else {
            RacingBlock racing = memory.racing(frame);
            long queue = racing == null ? memory.readWord(frame, offset, Long.BYTES) : racing.word(frame, offset);
            long granted = Amo.granted(queue, lines);
            unit.avalue = queue;
            if (granted == 0) {
                unit.substatus = MessageQueueSubstatus.QLIMIT_REACHED.code();
            }
            if (racing != null) {
                racing.replace(unit, frame, offset, queue, queue + granted);
            } else if (granted != 0) {
                memory.writeWord(frame, offset, Long.BYTES, queue + granted);
            }
        }
    }

    /** The queue check has answered: where do the lines go? */
    void checked(CbrUnit unit, long lines) {
        Transfer transfer = unit.transfer;
        if (unit.substatus != 0 || unit.ecause != 0) {
            return;
        }
        long to = place(unit);
        long bytes = lines * Transfer.LINE;
        if (((to | (to + bytes - 1)) ^ transfer.base0()) >>> unit.pageShift != 0) {
            unit.substatus = MessageQueueSubstatus.PAGE_OVERFLOW.code();
        } else {
            transfer.putAt(to, bytes);
        }
    }

    /** Goes on behind the queue check of a send whose context was unloaded: the extended block kept the old head. */
    static void resume(CbrUnit unit, long lines, long[] extended) {
        Transfer transfer = unit.transfer;
        unit.avalue = Cbe.IDEF6CPY.get(extended);
        transfer.putAt(place(unit), lines * Transfer.LINE);
        transfer.advance(1, (int) (Cbe.IDEF3UPD.get(extended) - transfer.base1()));
    }

    /** Where the first line goes that the queue check made room for. */
    private static long place(CbrUnit unit) {
        return unit.transfer.base0() + (unit.avalue & HEAD) * Transfer.LINE;
    }

    /** Whether the put of a line at its memory is refused. */
    boolean refused(CbrUnit unit) {
        if (errors.strikes(InjectedError.PUT_NACK, unit, unit.transfer.base0())) {
            unit.substatus = MessageQueueSubstatus.PUT_NACKED.code();
            return true;
        }
        return false;
    }

    /** Lines of the message in a control block. */
    static long lines(ControlBlock cb) {
        return cb.word(InstructionLayout.NELEM.word());
    }
}
