package grusim.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the constant of an enum by the code the hardware uses for it. Immutable; any thread.
 *
 * @param <E> the enum
 */
public final class Codes<E extends Enum<E> & Coded> {
    private final List<@Nullable E> byCode = new ArrayList<>();
    private final String what;
    private final String accepted;

    private Codes(String what, E[] values) {
        this.what = what;
        List<String> names = new ArrayList<>();
        for (E value : values) {
            while (byCode.size() <= value.code()) {
                byCode.add(null);
            }
            byCode.set(value.code(), value);
            names.add(value.code() + " " + value.name().toLowerCase(Locale.ROOT));
        }
        accepted = String.join(", ", names);
    }

    /** A table of the constants of one enum; {@code what} is its name in messages. */
    public static <E extends Enum<E> & Coded> Codes<E> of(String what, E[] values) {
        return new Codes<>(what, values);
    }

    /** The constant with this code, or null if the code has no meaning. */
    public @Nullable E find(int code) {
        return code >= 0 && code < byCode.size() ? byCode.get(code) : null;
    }

    /** The constant with this code; a code without meaning is refused. */
    public E at(int code) {
        E found = find(code);
        if (found == null) {
            throw new EncodingException("%s: no code %d; accepted: %s".formatted(what, code, accepted));
        }
        return found;
    }
}
