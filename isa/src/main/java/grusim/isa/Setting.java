package grusim.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A field of an instruction that text and JSON name only where it differs from that of an instruction that starts: the
 * address attributes, and what a control block holds once the GRU has answered.
 */
public enum Setting {
    IAA0(InstructionLayout.IAA0, attributes()),
    IAA1(InstructionLayout.IAA1, attributes()),
    ICMD(InstructionLayout.ICMD, List.of()),
    ISTATUS(InstructionLayout.ISTATUS, statuses()),
    ISUBSTATUS(InstructionLayout.ISUBSTATUS, List.of()),
    TLB_FAULT_COLOR(InstructionLayout.TLB_FAULT_COLOR, List.of()),
    AVALUE(InstructionLayout.AVALUE, List.of());

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
    private final BitField field;

    @SuppressWarnings("ImmutableEnumChecker") // List.copyOf
    private final List<String> names;

    Setting(BitField field, List<String> names) {
        this.field = field;
        this.names = List.copyOf(names);
    }

    /** The setting with this key, or null. */
    public static @Nullable Setting find(String key) {
        for (Setting setting : values()) {
            if (setting.key().equals(key)) {
                return setting;
            }
        }
        return null;
    }

    /** The name in assembly and JSON. */
    public String key() {
        return field.name();
    }

    /** Where its value stands. */
    public BitField field() {
        return field;
    }

    /** Whether its value is written in hexadecimal. */
    public boolean hexadecimal() {
        return this == AVALUE;
    }

    /** A value as text. */
    String print(long value) {
        return names.isEmpty() ? Numeral.print(value, hexadecimal()) : names.get((int) value);
    }

    /** The value of a text: one of the names if the setting has names, else a number; empty if it is neither or too wide. */
    OptionalLong parse(String text) {
        if (!names.isEmpty()) {
            return names.contains(text) ? OptionalLong.of(names.indexOf(text)) : OptionalLong.empty();
        }
        OptionalLong value = Numeral.parse(text);
        return value.isPresent() && (value.getAsLong() & ~field.max()) == 0 ? value : OptionalLong.empty();
    }

    /** What {@link #parse} accepts, for messages. */
    String accepted() {
        return names.isEmpty() ? "0 .. " + Numeral.print(field.max(), hexadecimal()) : String.join(", ", names);
    }

    private static List<String> attributes() {
        List<String> names = new ArrayList<>();
        for (AddressAttribute attribute : AddressAttribute.values()) {
            names.add(attribute.mnemonic());
        }
        return names;
    }

    private static List<String> statuses() {
        List<String> names = new ArrayList<>();
        for (InstructionStatus status : InstructionStatus.values()) {
            names.add(status.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
