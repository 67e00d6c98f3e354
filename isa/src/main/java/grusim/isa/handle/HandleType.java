package grusim.isa.handle;

import grusim.isa.Layout;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The five kinds of handle in a chiplet's system control area: how many there are and where they begin. Source: Linux
 * driver drivers/misc/sgi-gru, gruhandles.h.
 */
public enum HandleType {
    TFM(0x0_0000, 16),
    TGH(0x0_8000, 24),
    CBE(0x1_0000, 128),
    TFH(0x1_8000, 128),
    CCH(0x2_0000, 16);

    private final long offset;
    private final int count;

    HandleType(long offset, int count) {
        this.offset = offset;
        this.count = count;
    }

    /** The type with this name in lower case, or null. */
    public static @Nullable HandleType find(String mnemonic) {
        for (HandleType type : values()) {
            if (type.mnemonic().equals(mnemonic)) {
                return type;
            }
        }
        return null;
    }

    /** The name in JSON. */
    public String mnemonic() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where the first one lies, from the start of the system control area. */
    public long offset() {
        return offset;
    }

    /** How many a chiplet has. */
    public int count() {
        return count;
    }

    /** The fields of its eight words. */
    public Layout layout() {
        return switch (this) {
            case TFM -> Tfm.LAYOUT;
            case TGH -> Tgh.LAYOUT;
            case CBE -> Cbe.LAYOUT;
            case TFH -> Tfh.LAYOUT;
            case CCH -> Cch.LAYOUT;
        };
    }
}
