package grusim.gru;

import grusim.isa.ExtendedOpcode;
import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;
import grusim.machine.PhysicalMemory;

/** An atomic operation at the memory: reads the old value, writes the new one, and returns the old one as avalue. */
final class AtomicAccess {
    private final Chiplet chiplet;
    private final PhysicalMemory memory;

    AtomicAccess(Chiplet chiplet, PhysicalMemory memory) {
        this.chiplet = chiplet;
        this.memory = memory;
    }

    void operate(CbrUnit unit, long frame, int offset, int bytes) {
        ControlBlock cb = chiplet.cb(unit.number());
        Opcode opcode = unit.transfer.opcode();
        ExtendedOpcode operation = Amo.operation(opcode, InstructionLayout.EXOPC.intIn(unit.transfer.word0()));
        assert operation != null;
        long old = memory.readWord(frame, offset, bytes);
        long operand1 = cb.word(InstructionLayout.OPERAND_1.word());
        long operand2 = cb.word(InstructionLayout.OPERAND_2.word());
        memory.writeWord(frame, offset, bytes, Amo.apply(operation, old, operand1, operand2, bytes));
        unit.avalue = old;
    }
}
