package grusim.isa;

import java.util.OptionalLong;

/** Unsigned 64-bit numbers as text: decimal, or hexadecimal after 0x. */
public final class Numeral {
    /** What {@link #parse} accepts, for messages. */
    public static final String ACCEPTED = "a number from 0 to 0xffffffffffffffff, decimal or 0x...";

    private Numeral() {}

    /** The value of a numeral; empty if the text is none or does not fit into 64 bits. */
    public static OptionalLong parse(String text) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        String digits = hexadecimal ? text.substring(2) : text;
        if (digits.isEmpty() || Character.digit(digits.charAt(0), 16) < 0) {
            return OptionalLong.empty(); // parseUnsignedLong would take a sign
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(digits, hexadecimal ? 16 : 10));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A value in hexadecimal or decimal. */
    public static String print(long value, boolean hexadecimal) {
        return hexadecimal ? "0x" + Long.toHexString(value) : Long.toUnsignedString(value);
    }
}
