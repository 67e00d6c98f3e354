package grusim.gru;

import grusim.isa.ExtendedOpcode;
import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;
import grusim.machine.PhysicalMemory;
import grusim.machine.RacingBlock;

/**
 * An atomic operation at the memory: reads the old value, writes the new one, and returns the old one as avalue.
 *
 * <p>A masked compare-exchange takes four doublewords from the data segment at tri0: value to compare with, mask of the
 * comparison, new value, mask of the bits replaced (order assumed). A poll that is not satisfied watches its line.
 */
final class AtomicAccess {
    private static final int EXCHANGE_COMPARE = 0;
    private static final int EXCHANGE_COMPARE_MASK = 8;
    private static final int EXCHANGE_VALUE = 16;
    private static final int EXCHANGE_VALUE_MASK = 24;
    /** Bytes of a masked compare-exchange's operands. */
    static final int EXCHANGE_BYTES = 32;

    private final Chiplet chiplet;
    private final PhysicalMemory memory;
    private final DataSegment segment;
    private final int watcher;

    AtomicAccess(Chiplet chiplet, PhysicalMemory memory) {
        this.chiplet = chiplet;
        this.memory = memory;
        segment = chiplet.dataSegment();
        watcher = memory.watches().listener(chiplet::watchedLineChanged);
    }

    void operate(CbrUnit unit, long frame, int offset, int bytes) {
        ControlBlock cb = chiplet.cb(unit.number());
        Opcode opcode = unit.transfer.opcode();
        RacingBlock racing = memory.racing(frame);
        if (racing != null) {
            race(unit, cb, racing, frame, offset);
            return;
        }
        long old = memory.readWord(frame, offset, bytes);
        unit.avalue = old;
        if (opcode == Opcode.GAMXR) {
            memory.writeWord(frame, offset, bytes, exchanged(unit.transfer, old));
            return;
        }
        ExtendedOpcode operation = Amo.operation(opcode, InstructionLayout.EXOPC.intIn(unit.transfer.word0()));
        long operand1 = cb.word(InstructionLayout.OPERAND_1.word());
        long operand2 = cb.word(InstructionLayout.OPERAND_2.word());
        if (!Amo.satisfied(operation, old, operand2, bytes) && memory.functional()) {
            unit.poll.unsatisfied();
            memory.watches().watch(watcher, frame, offset);
        } else if (operation != ExtendedOpcode.FETCH) {
            memory.writeWord(frame, offset, bytes, Amo.apply(operation, old, operand1, operand2, bytes));
        }
    }

    /** An operation on a doubleword for which agents race; polls there are not modelled. */
    private static void race(CbrUnit unit, ControlBlock cb, RacingBlock racing, long frame, int offset) {
        Opcode opcode = unit.transfer.opcode();
        ExtendedOpcode operation = Amo.operation(opcode, InstructionLayout.EXOPC.intIn(unit.transfer.word0()));
        long old = racing.word(frame, offset);
        long operand1 = cb.word(InstructionLayout.OPERAND_1.word());
        long operand2 = cb.word(InstructionLayout.OPERAND_2.word());
        unit.avalue = old;
        racing.replace(unit, frame, offset, old, Amo.apply(operation, old, operand1, operand2, Long.BYTES));
    }

    private long exchanged(Transfer transfer, long old) {
        int map = transfer.segmentMap();
        long at = transfer.tri0();
        return Amo.maskedExchange(
                old,
                segment.word(map, at + EXCHANGE_COMPARE),
                segment.word(map, at + EXCHANGE_COMPARE_MASK),
                segment.word(map, at + EXCHANGE_VALUE),
                segment.word(map, at + EXCHANGE_VALUE_MASK));
    }
}
