package grusim.isa;

import static grusim.isa.Operand.ADDR;
import static grusim.isa.Operand.BUFSIZE;
import static grusim.isa.Operand.DEST;
import static grusim.isa.Operand.NELEM;
import static grusim.isa.Operand.OPERAND1;
import static grusim.isa.Operand.OPERAND2;
import static grusim.isa.Operand.STRIDE;
import static grusim.isa.Operand.TRI0;
import static grusim.isa.Operand.TRI1;
import static grusim.isa.Operand.VALUE;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sixteen instructions and the operands of each. Source: Linux driver drivers/misc/sgi-gru, gru_instructions.h.
 */
public enum Opcode implements Coded {
    /** Completes. */
    NOP(0x00),
    /** Copies memory to memory through {@code bufsize} lines of the data segment. */
    BCOPY(0x01, ADDR, DEST, TRI0, NELEM, BUFSIZE),
    /** Gathers elements at a stride into the data segment. */
    VLOAD(0x02, ADDR, TRI0, NELEM, STRIDE),
    /** Gathers elements by an index vector that lies in the data segment at tri1. */
    IVLOAD(0x03, ADDR, TRI0, TRI1, NELEM),
    /** Scatters elements of the data segment at a stride. */
    VSTORE(0x04, ADDR, TRI0, NELEM, STRIDE),
    /** Scatters elements by an index vector. */
    IVSTORE(0x05, ADDR, TRI0, TRI1, NELEM),
    /** Fills elements at a stride with a value. */
    VSET(0x06, ADDR, VALUE, NELEM, STRIDE),
    /** Fills elements named by an index vector with a value. */
    IVSET(0x07, ADDR, TRI1, VALUE, NELEM),
    /** Sends a message of one or two lines to a queue. */
    MESQ(0x08, ADDR, TRI0, NELEM),
    /** Masked compare and exchange; always four elements. */
    GAMXR(0x09, ADDR),
    /** AMO with an implicit operand. */
    GAMIR(0x0a, ADDR),
    /** Registered AMO with an implicit operand. */
    GAMIRR(0x0b, ADDR),
    /** AMO with explicit operands. */
    GAMER(0x0c, ADDR, OPERAND1, OPERAND2),
    /** Registered AMO with explicit operands. */
    GAMERR(0x0d, ADDR, OPERAND1, OPERAND2),
    /** Stores a block of the data segment. */
    BSTORE(0x0e, ADDR, DEST, TRI0, NELEM),
    /** Flushes lines. */
    VFLUSH(0x0f, ADDR, NELEM, STRIDE);

    private static final Codes<Opcode> CODES = Codes.of("opcode", values());

    private final int code;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Operand> operands;

    Opcode(int code, Operand... operands) {
        this.code = code;
        this.operands = List.of(operands);
    }

    /** The opcode with this code, or null. */
    public static @Nullable Opcode find(int code) {
        return CODES.find(code);
    }

    /** The opcode with this code; others are refused. */
    public static Opcode of(int code) {
        return CODES.at(code);
    }

    /** The opcode with this mnemonic, or null. */
    public static @Nullable Opcode find(String mnemonic) {
        for (Opcode opcode : values()) {
            if (opcode.mnemonic().equals(mnemonic)) {
                return opcode;
            }
        }
        return null;
    }

    @Override
    public int code() {
        return code;
    }

    /** The name in assembly and JSON. */
    public String mnemonic() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operands it reads, in the order in which they are written. */
    public List<Operand> operands() {
        return operands;
    }

    /** The extended opcodes it accepts; empty if it has none. */
    public List<ExtendedOpcode> extendedOpcodes() {
        return ExtendedOpcode.of(this);
    }

    /** Whether it is an atomic memory operation. */
    public boolean atomic() {
        return switch (this) {
            case GAMXR, GAMIR, GAMIRR, GAMER, GAMERR -> true;
            default -> false;
        };
    }

    /** The number of elements that goes without saying; 0 if the instruction names it or has none. */
    public int impliedElements() {
        return this == GAMXR ? 4 : 0;
    }

    /** The transfer type that goes without saying, or null if the instruction names one. */
    public @Nullable TransferType impliedTransferType() {
        return switch (this) {
            case NOP -> TransferType.BYTE;
            case MESQ -> TransferType.CACHE_LINE;
            case GAMXR -> TransferType.DOUBLEWORD;
            default -> null;
        };
    }
}
