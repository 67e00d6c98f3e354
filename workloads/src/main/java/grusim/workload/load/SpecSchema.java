package grusim.workload.load;

import grusim.workload.Kind;
import grusim.workload.Knob;
import grusim.workload.Spec;
import grusim.workload.load.Shape.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of a spec, made from the annotations of the spec records, for editors.
 *
 * <p>It describes single values; how values have to fit each other, and the ranges of quantities with units, only the
 * loader checks.
 */
public final class SpecSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode definitions = NODES.objectNode();

    private SpecSchema() {}

    /** The schema. */
    public static ObjectNode json() {
        SpecSchema schema = new SpecSchema();
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "grusim spec");
        ObjectNode spec = schema.record(Shape.of(Spec.class), null);
        ((ObjectNode) spec.get("properties"))
                .set(Binder.SCHEMA, NODES.objectNode().put("type", "string"));
        spec.properties().forEach(e -> root.set(e.getKey(), e.getValue()));
        root.set("$defs", schema.definitions);
        return root;
    }

    private ObjectNode record(Shape shape, @Nullable String tag) {
        ObjectNode record = NODES.objectNode().put("type", "object");
        ObjectNode properties = record.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        if (tag != null) {
            properties.putObject(tag).put("const", Shape.word(shape.type()));
            required.add(tag);
        }
        for (Field field : shape.fields()) {
            properties.set(field.key(), property(field));
            if (field.knob().required()) {
                required.add(field.key());
            }
        }
        if (!required.isEmpty()) {
            record.set("required", required);
        }
        return record.put("additionalProperties", false);
    }

    private ObjectNode property(Field field) {
        ObjectNode property = switch (field.kind()) {
            case OBJECT, UNION -> reference(field.type());
            case LIST -> list(field);
            case SETTINGS -> settings();
            default -> single(field, field.type());
        };
        Knob knob = field.knob();
        property.put("description", knob.doc() + origin(knob));
        if (!knob.value().isEmpty()) {
            property.set(
                    "default",
                    field.kind() == Kind.UNION
                            ? NODES.stringNode(knob.value())
                            : Scalars.write(field, Scalars.fromText(field, knob.value())));
        }
        return property;
    }

    private static String origin(Knob knob) {
        if (knob.preset()) {
            return " Default: from the preset.";
        } else if (knob.era()) {
            return " Default: from kernel.era.";
        }
        return knob.source().equals(Knob.CHOICE) ? "" : " Default: " + knob.source() + ".";
    }

    private ObjectNode list(Field field) {
        Class<?> type = field.elementType();
        ObjectNode list = NODES.objectNode().put("type", "array");
        list.set("items", type.isRecord() || type.isSealed() ? reference(type) : single(field, type));
        return list;
    }

    private static ObjectNode settings() {
        ObjectNode settings = NODES.objectNode().put("type", "object");
        settings.putObject("additionalProperties")
                .putArray("type")
                .add("string")
                .add("number")
                .add("boolean");
        return settings;
    }

    private ObjectNode reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!definitions.has(name)) {
            definitions.putObject(name);
            definitions.set(name, type.isSealed() ? union(type) : record(Shape.of(type), null));
        }
        return NODES.objectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode union(Class<?> type) {
        String tag = Shape.tag(type);
        ObjectNode union = NODES.objectNode();
        ArrayNode alternatives = union.putArray("oneOf");
        for (Class<?> variant : Shape.variants(type)) {
            Shape shape = Shape.of(variant);
            if (tag == null && shape.keys().isEmpty()) {
                alternatives.addObject().put("const", Shape.word(variant));
            } else {
                alternatives.add(record(shape, tag));
            }
        }
        return union;
    }

    private static ObjectNode single(Field field, Class<?> type) {
        ObjectNode plain = plain(field, type);
        String word = field.knob().word();
        if (word.isEmpty()) {
            return plain;
        }
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(plain).addObject().put("const", word);
        return either;
    }

    private static ObjectNode plain(Field field, Class<?> type) {
        Knob knob = field.knob();
        ObjectNode node = NODES.objectNode();
        Kind kind = Scalars.elementKind(field, type);
        switch (kind) {
            case TEXT -> node.put("type", "string");
            case BOOLEAN -> node.put("type", "boolean");
            case WORD -> Scalars.words(type).forEach(node.withArray("enum")::add);
            case DECIMAL -> {
                node.put("type", "number");
                node.set("minimum", NODES.numberNode(new BigDecimal(knob.min())));
                node.set("maximum", NODES.numberNode(new BigDecimal(knob.max())));
            }
            case COUNT -> {
                node.put("type", "integer");
                node.set("minimum", JsonText.integer(Scalars.minimum(knob)));
                node.set("maximum", JsonText.integer(Scalars.maximum(knob, type)));
            }
            case VALUE -> {
                ArrayNode either = node.putArray("anyOf");
                ObjectNode integer = either.addObject().put("type", "integer");
                integer.set("minimum", JsonText.integer(BigInteger.TWO.pow(63).negate()));
                integer.set("maximum", JsonText.integer(BigInteger.TWO.pow(64).subtract(BigInteger.ONE)));
                either.addObject().put("type", "string").put("pattern", "^0x[0-9a-fA-F]{1,16}$");
            }
            default -> node.put("type", "string").put("pattern", pattern(kind));
        }
        return node;
    }

    private static String pattern(Kind kind) {
        List<String> units = Quantities.unitNames(kind);
        String sign = kind == Kind.SIZE_CHANGE ? "[+-]?" : "";
        return "^" + sign + "[0-9]{1,30}(\\.[0-9]{1,30})?[ ]?(" + String.join("|", units) + ")$";
    }
}
