package grusim.cli;

import grusim.isa.BitField;
import grusim.isa.Layout;
import grusim.isa.handle.HandleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects to and from the words of a handle: the keys are the driver's field names, an absent field is zero. */
final class HandleJson {
    private static final String HANDLE = "handle";

    private HandleJson() {}

    /** The type an object names under the key {@code handle}, or null if it names none. */
    static @Nullable HandleType type(ObjectNode line) {
        JsonNode name = line.get(HANDLE);
        if (name == null) {
            return null;
        }
        List<String> mnemonics = new ArrayList<>();
        for (HandleType type : HandleType.values()) {
            mnemonics.add(type.mnemonic());
        }
        String accepted = String.join(", ", mnemonics);
        HandleType type = HandleType.find(StrictJson.text(HANDLE, name, accepted));
        if (type == null) {
            throw new UserError("handle: %s; accepted: %s".formatted(StrictJson.abbreviated(name), accepted));
        }
        return type;
    }

    /** The words of an object with the field names of a handle. */
    static long[] encode(HandleType type, ObjectNode fields) {
        long[] words = new long[Layout.WORDS];
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            if (!entry.getKey().equals(HANDLE)) {
                set(words, type.layout().field(entry.getKey()), entry.getValue());
            }
        }
        return words;
    }

    /** The object that encodes to these words. */
    static ObjectNode decode(HandleType type, long[] words) {
        type.layout().refuseReserved(words);
        ObjectNode fields = StrictJson.object().put(HANDLE, type.mnemonic());
        for (BitField field : type.layout().fields().values()) {
            if (field.count() == 1) {
                fields.put(field.name(), hexadecimal(field.get(words)));
            } else {
                ArrayNode array = fields.putArray(field.name());
                for (int i = 0; i < field.count(); i++) {
                    array.add(hexadecimal(field.get(words, i)));
                }
            }
        }
        return fields;
    }

    private static void set(long[] words, BitField field, JsonNode value) {
        if (field.count() == 1) {
            field.set(words, StrictJson.number(field.name(), value));
            return;
        }
        if (!value.isArray() || value.size() != field.count()) {
            throw new UserError("%s: %s; accepted: an array of %d numbers"
                    .formatted(field.name(), StrictJson.abbreviated(value), field.count()));
        }
        for (int i = 0; i < field.count(); i++) {
            String element = field.name() + "[" + i + "]";
            long number = StrictJson.number(element, Objects.requireNonNull(value.get(i)));
            field.check(element, number);
            field.set(words, i, number);
        }
    }

    private static String hexadecimal(long value) {
        return "0x" + Long.toHexString(value);
    }
}
