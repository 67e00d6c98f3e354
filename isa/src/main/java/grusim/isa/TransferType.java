package grusim.isa;

import org.jspecify.annotations.Nullable;

/**
 * The element an instruction moves (field xtype). Codes 4, 5 and 7 mean nothing. Source: Linux driver
 * drivers/misc/sgi-gru, gru_instructions.h.
 */
public enum TransferType implements Coded {
    BYTE(0, "b", 1),
    SHORT(1, "s", 2),
    WORD(2, "w", 4),
    DOUBLEWORD(3, "dw", 8),
    CACHE_LINE(6, "cl", 64);

    private static final Codes<TransferType> CODES = Codes.of("transfer type", values());

    private final int code;
    private final String mnemonic;
    private final int bytes;

    TransferType(int code, String mnemonic, int bytes) {
        this.code = code;
        this.mnemonic = mnemonic;
        this.bytes = bytes;
    }

    /** The type with this code, or null. */
    public static @Nullable TransferType find(int code) {
        return CODES.find(code);
    }

    /** The type with this code; others are refused. */
    public static TransferType of(int code) {
        return CODES.at(code);
    }

    /** The type with this mnemonic (b, s, w, dw, cl), or null. */
    public static @Nullable TransferType find(String mnemonic) {
        for (TransferType type : values()) {
            if (type.mnemonic.equals(mnemonic)) {
                return type;
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
        return mnemonic;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }
}
