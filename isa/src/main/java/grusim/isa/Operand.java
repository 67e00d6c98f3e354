package grusim.isa;

import org.jspecify.annotations.Nullable;

/**
 * A named operand of an instruction and the field it stands in. Several operands share a field: which one is meant
 * depends on the opcode. Source: Linux driver drivers/misc/sgi-gru, gru_instructions.h.
 */
public enum Operand {
    ADDR("addr", InstructionLayout.BASE_ADDRESS_0, true),
    TRI0("tri0", InstructionLayout.TRI0, false),
    TRI1("tri1", InstructionLayout.TRI1_BUFSIZE, false),
    BUFSIZE("bufsize", InstructionLayout.TRI1_BUFSIZE, false),
    NELEM("nelem", InstructionLayout.NELEM, false),
    STRIDE("stride", InstructionLayout.OPERAND_1, false),
    OPERAND1("operand1", InstructionLayout.OPERAND_1, true),
    VALUE("value", InstructionLayout.OPERAND_2, true),
    DEST("dest", InstructionLayout.OPERAND_2, true),
    OPERAND2("operand2", InstructionLayout.OPERAND_2, true);

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
    private final BitField field;

    private final boolean hexadecimal;

    Operand(String key, BitField field, boolean hexadecimal) {
        this.key = key;
        this.field = field;
        this.hexadecimal = hexadecimal;
    }

    /** The operand with this key, or null. */
    public static @Nullable Operand find(String key) {
        for (Operand operand : values()) {
            if (operand.key.equals(key)) {
                return operand;
            }
        }
        return null;
    }

    /** The name in assembly and JSON. */
    public String key() {
        return key;
    }

    /** Where its value stands. */
    public BitField field() {
        return field;
    }

    /** Whether it is written in hexadecimal (addresses and data) rather than decimal (counts and offsets). */
    public boolean hexadecimal() {
        return hexadecimal;
    }
}
