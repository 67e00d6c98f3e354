package grusim.gru;

import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.Legality;
import grusim.isa.Opcode;
import grusim.isa.Operand;

/**
 * Which instructions a chiplet executes: those {@link Legality} accepts. The verdict on opcode, transfer type, extended
 * opcode and attributes is kept once found, since it is asked for every instruction.
 */
final class Legalities {
    private static final byte UNKNOWN = 0;
    private static final byte LEGAL = 1;
    private static final byte ILLEGAL = 2;

    private static final int EXOPC_BITS = 4;
    private static final int ATTRIBUTE_BITS = 4;
    private static final int XTYPE_BITS = 3;
    private static final int OPCODE_BITS = 4;

    private final byte[] verdicts = new byte[1 << (OPCODE_BITS + XTYPE_BITS + ATTRIBUTE_BITS + EXOPC_BITS)];

    /** Whether the instruction in a control block can be executed. */
    boolean executes(ControlBlock cb) {
        long word0 = cb.word(0);
        int opcode = InstructionLayout.OPC.intIn(word0);
        int exopc = InstructionLayout.EXOPC.intIn(word0);
        if (opcode >= 1 << OPCODE_BITS || exopc >= 1 << EXOPC_BITS) {
            return false;
        }
        int attributes = (InstructionLayout.IAA1.intIn(word0) << 2) | InstructionLayout.IAA0.intIn(word0);
        int key = ((((opcode << XTYPE_BITS) | InstructionLayout.XTYPE.intIn(word0)) << ATTRIBUTE_BITS) | attributes)
                        << EXOPC_BITS
                | exopc;
        byte verdict = verdicts[key];
        if (verdict == UNKNOWN) {
            verdict = executable(word0) ? LEGAL : ILLEGAL;
            verdicts[key] = verdict;
        }
        return verdict == LEGAL && countsLegal(opcode, cb);
    }

    private static boolean countsLegal(int opcode, ControlBlock cb) {
        long elements = cb.word(InstructionLayout.NELEM.word());
        if (opcode == Opcode.MESQ.code()) {
            return elements == 1 || elements == 2;
        }
        return opcode == Opcode.GAMXR.code()
                ? elements == Opcode.GAMXR.impliedElements()
                : opcode != Opcode.BCOPY.code() || Transfer.bufferBytes(cb) > 0;
    }

    private static boolean executable(long word0) {
        Instruction instruction = new Instruction(word0, 1, 0, 1, 0, 0, 0, 0);
        Opcode opcode = instruction.opcode();
        int implied = opcode == null ? 0 : opcode.impliedElements();
        return Legality.violation(implied == 0 ? instruction : instruction.with(Operand.NELEM, implied)) == null;
    }
}
