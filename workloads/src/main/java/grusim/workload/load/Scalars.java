package grusim.workload.load;

import grusim.workload.Kind;
import grusim.workload.Knob;
import grusim.workload.load.Quantities.Unreadable;
import grusim.workload.load.Shape.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Single values: from JSON with type and range checked, from the text of an annotation, and back to JSON. */
final class Scalars {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.TWO.pow(64);
    private static final BigInteger SIGNED_LIMIT = BigInteger.TWO.pow(63);

    private Scalars() {}

    /** Reads a value; the document says where an error is. */
    static Object parse(Field field, Class<?> type, JsonNode node, Document document, String path) {
        try {
            return read(field, type, field.kind() == Kind.WORD ? word(node, document.written(path)) : node);
        } catch (Unreadable e) {
            throw document.fail(
                    path, shown(node) + " " + e.getMessage(), accepted(field, type) + hint(field, type, node));
        }
    }

    /** A word set by an override may look like another kind of JSON value, as the version 4.20 does. */
    private static JsonNode word(JsonNode node, @Nullable String written) {
        return written != null && (node.isNumber() || node.isBoolean()) ? NODES.stringNode(written) : node;
    }

    /** Reads the text of a default; an error is one of this program. */
    static Object fromText(Field field, String text) {
        JsonNode node = switch (field.kind()) {
            case COUNT, DECIMAL, VALUE -> number(field, text);
            case BOOLEAN -> NODES.booleanNode(text.equals("true"));
            default -> NODES.stringNode(text);
        };
        try {
            return read(field, field.type(), node);
        } catch (Unreadable e) {
            throw new IllegalStateException(field.component() + ": default " + text + " " + e.getMessage(), e);
        }
    }

    private static JsonNode number(Field field, String text) {
        if (text.equals(field.knob().word())) {
            return NODES.stringNode(text);
        }
        return field.kind() == Kind.DECIMAL
                ? NODES.numberNode(new BigDecimal(text))
                : JsonText.integer(new BigInteger(text));
    }

    private static Object read(Field field, Class<?> type, JsonNode node) throws Unreadable {
        Knob knob = field.knob();
        boolean word =
                !knob.word().isEmpty() && node.isString() && node.stringValue().equals(knob.word());
        return switch (elementKind(field, type)) {
            case TEXT -> text(node);
            case BOOLEAN -> {
                if (!node.isBoolean()) {
                    throw new Unreadable("is not a truth value");
                }
                yield node.booleanValue();
            }
            case WORD -> constant(type, node);
            case DECIMAL -> decimal(knob, node);
            case VALUE -> {
                boolean optional = type == OptionalLong.class;
                yield word ? OptionalLong.empty() : optional ? OptionalLong.of(bits(node)) : (Object) bits(node);
            }
            case COUNT -> {
                long value = word ? -1 : count(knob, type, node);
                yield type == int.class ? (Object) (int) value : (Object) value;
            }
            case DURATION, SIZE, SIZE_CHANGE, RATE, BANDWIDTH -> word ? -1L : quantity(field, type, node);
            default -> throw new IllegalStateException(field.component() + " is not a single value");
        };
    }

    /** The kind of a value or, in a list of quantities, of an element. */
    static Kind elementKind(Field field, Class<?> type) {
        if (field.kind() != Kind.LIST) {
            return field.kind();
        }
        return type == Long.class ? Shape.quantityOf(field.component().getName()) : Kind.OBJECT;
    }

    private static String text(JsonNode node) throws Unreadable {
        if (!node.isString()) {
            throw new Unreadable("is not a string");
        }
        return node.stringValue();
    }

    private static Object constant(Class<?> type, JsonNode node) throws Unreadable {
        String text = text(node);
        for (Object constant : type.getEnumConstants()) {
            if (Shape.word(constant).equals(text)) {
                return constant;
            }
        }
        throw new Unreadable("is unknown");
    }

    private static BigDecimal decimal(Knob knob, JsonNode node) throws Unreadable {
        if (!node.isNumber()) {
            throw new Unreadable("is not a number");
        }
        BigDecimal value = node.decimalValue();
        if (value.compareTo(new BigDecimal(knob.min())) < 0 || value.compareTo(new BigDecimal(knob.max())) > 0) {
            throw new Unreadable("is out of range");
        }
        return value;
    }

    private static long count(Knob knob, Class<?> type, JsonNode node) throws Unreadable {
        if (!node.isIntegralNumber()) {
            throw new Unreadable("is not an integer");
        }
        BigInteger value = node.bigIntegerValue();
        if (value.compareTo(minimum(knob)) < 0 || value.compareTo(maximum(knob, type)) > 0) {
            throw new Unreadable("is out of range");
        }
        return value.longValueExact();
    }

    /** The smallest count a key accepts. */
    static BigInteger minimum(Knob knob) {
        return knob.min().isEmpty() ? BigInteger.ZERO : new BigInteger(knob.min());
    }

    /** The largest count a key accepts. */
    static BigInteger maximum(Knob knob, Class<?> type) {
        return knob.max().isEmpty()
                ? BigInteger.valueOf(type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE)
                : new BigInteger(knob.max());
    }

    private static long bits(JsonNode node) throws Unreadable {
        BigInteger value;
        if (node.isIntegralNumber()) {
            value = node.bigIntegerValue();
        } else if (node.isString() && node.stringValue().matches("0x[0-9a-fA-F]{1,16}")) {
            value = new BigInteger(node.stringValue().substring(2), 16);
        } else {
            throw new Unreadable("is not a 64-bit value");
        }
        if (value.compareTo(UNSIGNED_LIMIT) >= 0 || value.compareTo(SIGNED_LIMIT.negate()) < 0) {
            throw new Unreadable("does not fit 64 bits");
        }
        return value.longValue();
    }

    private static long quantity(Field field, Class<?> type, JsonNode node) throws Unreadable {
        Kind kind = elementKind(field, type);
        if (node.isNumber()) {
            throw new Unreadable("has no unit");
        }
        if (!node.isString()) {
            throw new Unreadable("is not a quantity");
        }
        long value = Quantities.parse(kind, node.stringValue());
        boolean inverse = kind == Kind.RATE;
        String low = inverse ? field.knob().max() : field.knob().min();
        String high = inverse ? field.knob().min() : field.knob().max();
        if ((!low.isEmpty() && value < Quantities.parse(kind, low))
                || (!high.isEmpty() && value > Quantities.parse(kind, high))) {
            throw new Unreadable("is out of range");
        }
        return value;
    }

    /** Writes a value as JSON, always the same way. */
    static JsonNode write(Field field, Object value) {
        boolean word = !field.knob().word().isEmpty();
        if (word && (value.equals(-1) || value.equals(-1L) || value.equals(OptionalLong.empty()))) {
            return NODES.stringNode(field.knob().word());
        }
        Kind kind = elementKind(field, value.getClass());
        return switch (kind) {
            case TEXT -> NODES.stringNode((String) value);
            case BOOLEAN -> NODES.booleanNode((Boolean) value);
            case WORD -> NODES.stringNode(Shape.word(value));
            case DECIMAL -> NODES.numberNode((BigDecimal) value);
            case COUNT -> NODES.numberNode(((Number) value).longValue());
            case VALUE -> {
                long bits = value instanceof OptionalLong o ? o.getAsLong() : (Long) value;
                yield bits >= 0 ? NODES.numberNode(bits) : NODES.stringNode(String.format("0x%016x", bits));
            }
            default -> NODES.stringNode(Quantities.format(kind, (Long) value));
        };
    }

    /** What a key accepts, in words. */
    static String accepted(Field field, Class<?> type) {
        Knob knob = field.knob();
        Kind kind = elementKind(field, type);
        String main = switch (kind) {
            case TEXT -> "a string";
            case BOOLEAN -> "true or false";
            case WORD -> String.join(", ", words(type));
            case VALUE -> "an integer or \"0x..\" of 64 bits";
            case COUNT -> "an integer " + minimum(knob) + " .. " + maximum(knob, type);
            case DECIMAL -> "a number " + knob.min() + " .. " + knob.max();
            default -> quantityAccepted(kind, knob);
        };
        return knob.word().isEmpty() ? main : main + " or \"" + knob.word() + "\"";
    }

    private static String quantityAccepted(Kind kind, Knob knob) {
        String smallest = kind == Kind.BANDWIDTH ? "0 B/s" : kind == Kind.SIZE ? "0 B" : "0 ns";
        String range = knob.max().isEmpty()
                ? ""
                : " in " + (knob.min().isEmpty() ? smallest : knob.min()) + " .. " + knob.max();
        return "a " + Quantities.noun(kind) + " such as \"" + Quantities.example(kind) + "\"" + range + " ("
                + String.join(", ", Quantities.unitNames(kind)) + ")";
    }

    /** The words of an enum. */
    static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Shape::word).toList();
    }

    private static String hint(Field field, Class<?> type, JsonNode node) {
        if (!node.isString()) {
            return "";
        }
        List<String> known = new ArrayList<>();
        if (elementKind(field, type) == Kind.WORD) {
            known.addAll(words(type));
        }
        if (!field.knob().word().isEmpty()) {
            known.add(field.knob().word());
        }
        return Nearest.hint(node.stringValue(), known);
    }

    /** A value as a message shows it. */
    static String shown(JsonNode node) {
        if (node.isObject()) {
            return "an object";
        } else if (node.isArray()) {
            return "an array";
        }
        return Paths.cut(node.toString());
    }
}
