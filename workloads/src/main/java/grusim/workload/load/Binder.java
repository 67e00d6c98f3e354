package grusim.workload.load;

import grusim.workload.Era;
import grusim.workload.EraRules;
import grusim.workload.KernelSpec;
import grusim.workload.Knob;
import grusim.workload.MachinePreset;
import grusim.workload.load.Shape.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns a document into spec records: every key known, every value checked, every gap filled, every origin noted. */
final class Binder {
    /** The key of a spec that names its schema, for editors. */
    static final String SCHEMA = "$schema";

    private static final String ERA = "era";
    private static final String SETTINGS = "paths and single values, such as {\"gru.killBits\": false}";
    private static final Origin GIVEN_NOWHERE = new Origin("default", Knob.CHOICE);

    private final Document document;
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    Binder(Document document) {
        this.document = document;
    }

    /** The record the whole document describes. */
    <T> T bind(Class<T> type) {
        ObjectNode root = document.root();
        JsonNode schema = root.get(SCHEMA);
        if (schema != null && !schema.isString()) {
            throw document.fail(SCHEMA, Scalars.shown(schema) + " is not a string", "the path of the JSON Schema");
        }
        return type.cast(object(Shape.of(type), root, "", Set.of(SCHEMA)));
    }

    /** The origin of each single value, in the order of the resolved spec. */
    Map<String, Origin> origins() {
        return origins;
    }

    private Object object(Shape shape, JsonNode node, String path, Set<String> besides) {
        if (!(node instanceof ObjectNode object)) {
            throw document.fail(path, Scalars.shown(node) + " is not an object", keys(shape));
        }
        for (String key : object.propertyNames()) {
            if (shape.field(key) == null && !besides.contains(key)) {
                throw document.fail(
                        Paths.child(path, key), "unknown key", keys(shape) + Nearest.hint(key, shape.keys()));
            }
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : shape.fields()) {
            String child = Paths.child(path, field.key());
            JsonNode given = object.get(field.key());
            if (given == null && field.knob().required()) {
                throw document.fail(path, "\"" + field.key() + "\" is missing", accepted(field));
            }
            values.add(given == null ? absent(field, child, values) : given(field, given, child));
        }
        return shape.make(values);
    }

    private static String keys(Shape shape) {
        return shape.keys().isEmpty() ? "no keys" : String.join(", ", shape.keys());
    }

    private static @Nullable String accepted(Field field) {
        return switch (field.kind()) {
            case LIST -> "an array";
            case OBJECT, UNION, SETTINGS -> "an object";
            default -> Scalars.accepted(field, field.type());
        };
    }

    private Object given(Field field, JsonNode node, String path) {
        return switch (field.kind()) {
            case OBJECT -> object(Shape.of(field.type()), node, path, Set.of());
            case UNION -> union(field.type(), node, path);
            case LIST -> list(field, node, path);
            case SETTINGS -> settings(node, path);
            default -> {
                Object value = Scalars.parse(field, field.type(), node, document, path);
                origins.put(path, new Origin(document.origin(path), Knob.CHOICE));
                yield value;
            }
        };
    }

    private @Nullable Object absent(Field field, String path, List<? extends @Nullable Object> before) {
        Knob knob = field.knob();
        if (knob.optional()) {
            return null;
        }
        if (knob.era()) {
            Era era = era();
            EraRules.Rule rule = EraRules.of(path);
            origins.put(path, new Origin("era " + era.spelling(), rule.source()));
            return Scalars.fromText(field, rule.value(era));
        }
        if (knob.preset()) {
            MachinePreset preset = (MachinePreset)
                    Objects.requireNonNull(before.get(0)); // a record with preset keys begins with its preset
            MachinePreset.Value value = preset.value(field.key());
            origins.put(path, new Origin("preset " + Shape.word(preset), value.source()));
            return Scalars.fromText(field, value.text());
        }
        switch (field.kind()) {
            case OBJECT -> {
                return object(Shape.of(field.type()), JsonNodeFactory.instance.objectNode(), path, Set.of());
            }
            case UNION -> {
                origins.put(path, new Origin("default", knob.source()));
                return word(field.type(), knob.value(), path);
            }
            case LIST -> {
                origins.put(path, GIVEN_NOWHERE);
                return List.of();
            }
            case SETTINGS -> {
                origins.put(path, GIVEN_NOWHERE);
                return Map.of();
            }
            default -> {
                origins.put(path, new Origin("default", knob.source()));
                return Scalars.fromText(field, knob.value());
            }
        }
    }

    /** The era of the kernel, which has to be known before the kernel's and the driver's rules are. */
    private Era era() {
        Field field = Objects.requireNonNull(Shape.of(KernelSpec.class).field(ERA));
        JsonNode given = document.root().path("kernel").get(ERA);
        return given == null
                ? (Era) Scalars.fromText(field, field.knob().value())
                : (Era) Scalars.parse(field, field.type(), given, document, Paths.child("kernel", ERA));
    }

    private Map<String, String> settings(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw document.fail(path, Scalars.shown(node) + " is not an object", SETTINGS);
        }
        if (object.isEmpty()) {
            origins.put(path, new Origin(document.origin(path), Knob.CHOICE));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String child = Paths.child(path, entry.getKey());
            JsonNode value = entry.getValue();
            if (value.isContainer() || value.isNull()) {
                throw document.fail(child, Scalars.shown(value) + " is not a single value", SETTINGS);
            }
            origins.put(child, new Origin(document.origin(child), Knob.CHOICE));
            settings.put(entry.getKey(), value.toString());
        }
        return settings;
    }

    private List<Object> list(Field field, JsonNode node, String path) {
        if (!(node instanceof ArrayNode array)) {
            throw document.fail(path, Scalars.shown(node) + " is not an array", "[ .. ]");
        }
        if (array.isEmpty()) {
            origins.put(path, new Origin(document.origin(path), Knob.CHOICE));
        }
        Class<?> type = field.elementType();
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String child = Paths.element(path, i);
            JsonNode element = array.get(i);
            if (type.isRecord()) {
                elements.add(object(Shape.of(type), element, child, Set.of()));
            } else if (type.isSealed()) {
                elements.add(union(type, element, child));
            } else {
                elements.add(Scalars.parse(field, type, element, document, child));
                origins.put(child, new Origin(document.origin(child), Knob.CHOICE));
            }
        }
        return elements;
    }

    private Object union(Class<?> type, JsonNode node, String path) {
        String tag = Shape.tag(type);
        if (tag != null) {
            return tagged(type, tag, node, path);
        }
        if (node.isString()) {
            origins.put(path, new Origin(document.origin(path), Knob.CHOICE));
            return word(type, node.stringValue(), path);
        }
        List<String> selectors = new ArrayList<>();
        @Nullable Shape chosen = null;
        for (Class<?> variant : Shape.variants(type)) {
            Shape shape = Shape.of(variant);
            String selector = shape.selector();
            if (selector != null) {
                selectors.add(selector);
                if (node.has(selector) && chosen != null) {
                    throw document.fail(
                            Paths.child(path, selector), "contradicts " + chosen.selector(), alternatives(type));
                }
                chosen = node.has(selector) ? shape : chosen;
            }
        }
        if (chosen == null) {
            String hint = node.isObject()
                    ? node.propertyNames().stream()
                            .map(key -> Nearest.hint(key, selectors))
                            .filter(h -> !h.isEmpty())
                            .findFirst()
                            .orElse("")
                    : "";
            throw document.fail(path, Scalars.shown(node) + " says not which it is", alternatives(type) + hint);
        }
        return object(chosen, node, path, Set.of());
    }

    private Object tagged(Class<?> type, String key, JsonNode node, String path) {
        List<String> tags = Shape.variants(type).stream().map(Shape::word).toList();
        String accepted = String.join(", ", tags);
        if (!node.isObject()) {
            throw document.fail(
                    path, Scalars.shown(node) + " is not an object", "{\"" + key + "\": one of " + accepted + ", ..}");
        }
        JsonNode tag = node.get(key);
        if (tag == null) {
            throw document.fail(path, "\"" + key + "\" is missing", accepted);
        }
        int index = tag.isString() ? tags.indexOf(tag.stringValue()) : -1;
        if (index < 0) {
            String hint = tag.isString() ? Nearest.hint(tag.stringValue(), tags) : "";
            throw document.fail(Paths.child(path, key), Scalars.shown(tag) + " is unknown", accepted + hint);
        }
        String tagPath = Paths.child(path, key);
        origins.put(tagPath, new Origin(document.origin(tagPath), Knob.CHOICE));
        return object(Shape.of(Shape.variants(type).get(index)), node, path, Set.of(key));
    }

    private Object word(Class<?> type, String word, String path) {
        for (Class<?> variant : Shape.variants(type)) {
            Shape shape = Shape.of(variant);
            if (shape.keys().isEmpty() && Shape.word(variant).equals(word)) {
                return shape.make(List.of());
            }
        }
        throw document.fail(path, Paths.quoted(word) + " is unknown", alternatives(type));
    }

    /** The shapes of an untagged union, in words. */
    static String alternatives(Class<?> type) {
        List<String> shapes = new ArrayList<>();
        for (Class<?> variant : Shape.variants(type)) {
            Shape shape = Shape.of(variant);
            shapes.add(
                    shape.keys().isEmpty()
                            ? "\"" + Shape.word(variant) + "\""
                            : "an object with \"" + shape.selector() + "\"");
        }
        return String.join(", ", shapes);
    }
}
