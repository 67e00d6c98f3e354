package grusim.isa;

import static grusim.isa.Opcode.GAMER;
import static grusim.isa.Opcode.GAMERR;
import static grusim.isa.Opcode.GAMIR;
import static grusim.isa.Opcode.GAMIRR;
import static grusim.isa.Opcode.GAMXR;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an atomic memory operation does (field exopc); each belongs to some of the five AMO opcodes. AMOs return the old
 * value. Source: Linux driver drivers/misc/sgi-gru, gru_instructions.h.
 */
public enum ExtendedOpcode implements Coded {
    SWAP(0x00, "swap", GAMER, GAMERR),
    OR(0x01, "or", GAMER, GAMERR),
    AND(0x02, "and", GAMER, GAMERR),
    XOR(0x03, "xor", GAMER, GAMERR),
    ADD(0x04, "add", GAMER, GAMERR),
    /** Compares with operand 2 and, if equal, writes operand 1. */
    COMPARE_AND_SWAP(0x08, "cas", GAMER, GAMERR),
    /** Conditional add, the queue check: operand 1 counts units of 64 bytes. */
    CONDITIONAL_ADD(0x0c, "cadd", GAMER),
    POLL_EQUAL(0x09, "polleq", GAMERR),
    POLL_NOT_EQUAL(0x0a, "pollne", GAMERR),
    FETCH(0x01, "fetch", GAMIR, GAMIRR),
    CLEAR(0x02, "clear", GAMIR, GAMIRR),
    INCREMENT(0x05, "inc", GAMIR, GAMIRR),
    DECREMENT(0x07, "dec", GAMIR, GAMIRR),
    /** Queue check for a message of 64 bytes. */
    QUEUE_CHECK_64(0x0d, "qcheck64", GAMIR),
    /** Queue check for a message of 128 bytes. */
    QUEUE_CHECK_128(0x0e, "qcheck128", GAMIR),
    /** Decrement, update on zero. */
    DECREMENT_UPDATE_ON_ZERO(0x0f, "decz", GAMIRR),
    MASKED_COMPARE_EXCHANGE(0x0b, "mcx", GAMXR);

    private final int code;
    private final String mnemonic;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Opcode> opcodes;

    ExtendedOpcode(int code, String mnemonic, Opcode... opcodes) {
        this.code = code;
        this.mnemonic = mnemonic;
        this.opcodes = List.of(opcodes);
    }

    /** The extended opcodes of an opcode, in order of declaration. */
    public static List<ExtendedOpcode> of(Opcode opcode) {
        return Arrays.stream(values()).filter(e -> e.opcodes.contains(opcode)).toList();
    }

    /** The extended opcode with this code under an opcode, or null. */
    public static @Nullable ExtendedOpcode find(Opcode opcode, int code) {
        for (ExtendedOpcode extended : values()) {
            if (extended.code == code && extended.opcodes.contains(opcode)) {
                return extended;
            }
        }
        return null;
    }

    /** The extended opcode with this mnemonic under an opcode, or null. */
    public static @Nullable ExtendedOpcode find(Opcode opcode, String mnemonic) {
        for (ExtendedOpcode extended : values()) {
            if (extended.mnemonic.equals(mnemonic) && extended.opcodes.contains(opcode)) {
                return extended;
            }
        }
        return null;
    }

    @Override
    public int code() {
        return code;
    }

    /** The name in assembly. */
    public String mnemonic() {
        return mnemonic;
    }

    /** The opcodes that accept it. */
    public List<Opcode> opcodes() {
        return opcodes;
    }
}
