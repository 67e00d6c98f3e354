package grusim.gru;

import grusim.isa.ExtendedOpcode;
import grusim.isa.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * What atomic memory operations write. They return the old value; operands are truncated to the element. Source: Linux
 * driver drivers/misc/sgi-gru, gru_instructions.h. Registered operations, queue checks and polls are not modelled.
 */
final class Amo {
    private static final int CODES = 16;

    private static final @Nullable ExtendedOpcode[][] OPERATIONS = {table(Opcode.GAMIR), table(Opcode.GAMER)};

    private Amo() {}

    private static @Nullable ExtendedOpcode[] table(Opcode opcode) {
        @Nullable ExtendedOpcode[] table = new @Nullable ExtendedOpcode[CODES];
        for (ExtendedOpcode operation : ExtendedOpcode.of(opcode)) {
            switch (operation) {
                case FETCH, CLEAR, INCREMENT, DECREMENT, SWAP, OR, AND, XOR, ADD, COMPARE_AND_SWAP ->
                    table[operation.code()] = operation;
                default -> {}
            }
        }
        return table;
    }

    /** The operation of a GAMIR or GAMER, or null if this model has none. */
    static @Nullable ExtendedOpcode operation(Opcode opcode, int exopc) {
        return exopc < CODES ? OPERATIONS[opcode == Opcode.GAMIR ? 0 : 1][exopc] : null;
    }

    /** The new value of the memory word, of which only the element's low bytes count. */
    static long apply(ExtendedOpcode operation, long old, long operand1, long operand2, int bytes) {
        return switch (operation) {
            case FETCH -> old;
            case CLEAR -> 0;
            case INCREMENT -> old + 1;
            case DECREMENT -> old - 1;
            case SWAP -> operand1;
            case OR -> old | operand1;
            case AND -> old & operand1;
            case XOR -> old ^ operand1;
            case ADD -> old + operand1;
            case COMPARE_AND_SWAP -> old == (operand2 & -1L >>> (Long.SIZE - bytes * Byte.SIZE)) ? operand1 : old;
            default -> throw new AssertionError(operation + " is not executed");
        };
    }
}
