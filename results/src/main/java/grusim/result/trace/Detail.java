package grusim.result.trace;

import org.jspecify.annotations.Nullable;

/**
 * A named value that says more about an event.
 *
 * @param text the value if it is a text, else null
 * @param number the value if it is no text
 * @param address whether the number is an address, shown in hexadecimal
 */
public record Detail(String name, @Nullable String text, long number, boolean address) {
    /** A number. */
    public static Detail of(String name, long number) {
        return new Detail(name, null, number, false);
    }

    /** A text. */
    public static Detail of(String name, String text) {
        return new Detail(name, text, 0, false);
    }

    /** An address. */
    public static Detail address(String name, long address) {
        return new Detail(name, null, address, true);
    }

    /** The value in words. */
    public String value() {
        return text != null ? text : address ? "0x" + Long.toHexString(number) : Long.toString(number);
    }
}
