package grusim.gru;

import grusim.isa.ExtendedOpcode;
import grusim.isa.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * What atomic memory operations write. They return the old value, zero-extended; operands are truncated to the element,
 * and sums wrap in it. Source: Linux driver drivers/misc/sgi-gru, gru_instructions.h.
 *
 * <p>Assumed: registered operations do what the others do (who else holds the word, and hears of it on zero, is not
 * modelled: there are no caches); a decrement of zero wraps, with update on zero too; polls compare with operand 2, as
 * compare-and-swap does.
 */
final class Amo {
    private static final int CODES = 16;
    private static final int FIRST = Opcode.GAMXR.code();
    private static final long LOW = 0xffff_ffffL;

    private static final @Nullable ExtendedOpcode[][] OPERATIONS = {
        table(Opcode.GAMXR), table(Opcode.GAMIR), table(Opcode.GAMIRR), table(Opcode.GAMER), table(Opcode.GAMERR)
    };

    private Amo() {}

    private static @Nullable ExtendedOpcode[] table(Opcode opcode) {
        @Nullable ExtendedOpcode[] table = new @Nullable ExtendedOpcode[CODES];
        for (ExtendedOpcode operation : ExtendedOpcode.of(opcode)) {
            table[operation.code()] = operation;
        }
        return table;
    }

    /** The operation of an atomic instruction. */
    static ExtendedOpcode operation(Opcode opcode, int exopc) {
        ExtendedOpcode operation = OPERATIONS[opcode.code() - FIRST][exopc];
        assert operation != null : opcode + " has no operation " + exopc;
        return operation;
    }

    /** The new value of the memory word, of which only the element's low bytes count. */
    static long apply(ExtendedOpcode operation, long old, long operand1, long operand2, int bytes) {
        return switch (operation) {
            case FETCH, POLL_EQUAL, POLL_NOT_EQUAL -> old;
            case CLEAR -> 0;
            case INCREMENT -> old + 1;
            case DECREMENT, DECREMENT_UPDATE_ON_ZERO -> old - 1;
            case SWAP -> operand1;
            case OR -> old | operand1;
            case AND -> old & operand1;
            case XOR -> old ^ operand1;
            case ADD -> old + operand1;
            case COMPARE_AND_SWAP -> old == truncate(operand2, bytes) ? operand1 : old;
            case QUEUE_CHECK_64 -> old + granted(old, 1);
            case QUEUE_CHECK_128 -> old + granted(old, 2);
            case CONDITIONAL_ADD -> old + granted(old, operand1 & LOW);
            case MASKED_COMPARE_EXCHANGE -> throw new AssertionError("takes its operands from the data segment");
        };
    }

    /** Whether a poll of an old value is satisfied; every other operation is. */
    static boolean satisfied(ExtendedOpcode operation, long old, long operand2, int bytes) {
        return switch (operation) {
            case POLL_EQUAL -> old == truncate(operand2, bytes);
            case POLL_NOT_EQUAL -> old != truncate(operand2, bytes);
            default -> true;
        };
    }

    /** The new value where masked bits that equal are replaced under a second mask. */
    static long maskedExchange(long old, long compare, long compareMask, long value, long valueMask) {
        boolean equal = ((old ^ compare) & compareMask) == 0;
        return equal ? (old & ~valueMask) | (value & valueMask) : old;
    }

    /** The lines of a queue that a queue check gives: all if {head, limit} has room for them, else none. */
    static long granted(long queue, long lines) {
        return (queue & LOW) + lines <= queue >>> Integer.SIZE ? lines : 0;
    }

    private static long truncate(long value, int bytes) {
        return value & (-1L >>> (Long.SIZE - bytes * Byte.SIZE));
    }
}
