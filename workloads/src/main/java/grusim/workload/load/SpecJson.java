package grusim.workload.load;

import grusim.workload.load.Shape.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes spec records as the canonical JSON tree: every key, in the order of the records but those left out, each value one way only. */
final class SpecJson {
    private SpecJson() {}

    /** The tree of a spec record. */
    static ObjectNode write(Object record) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Field field : Shape.of(record.getClass()).fields()) {
            Object value = field.read(record);
            if (value != null) {
                object.set(field.key(), value(field, value));
            }
        }
        return object;
    }

    private static JsonNode value(Field field, Object value) {
        return switch (field.kind()) {
            case OBJECT -> write(value);
            case UNION -> variant(field.type(), value);
            case LIST -> list(field, (List<?>) value);
            case SETTINGS -> settings((Map<?, ?>) value);
            default -> Scalars.write(field, value);
        };
    }

    private static ObjectNode settings(Map<?, ?> settings) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        settings.forEach((path, json) ->
                object.set((String) path, JsonText.read((String) json, (String) path, new TreeMap<>())));
        return object;
    }

    private static ArrayNode list(Field field, List<?> elements) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        Class<?> type = field.elementType();
        for (Object element : elements) {
            if (type.isRecord()) {
                array.add(write(element));
            } else if (type.isSealed()) {
                array.add(variant(type, element));
            } else {
                array.add(Scalars.write(field, element));
            }
        }
        return array;
    }

    private static JsonNode variant(Class<?> union, Object record) {
        String tag = Shape.tag(union);
        if (tag == null) {
            return Shape.of(record.getClass()).keys().isEmpty()
                    ? JsonNodeFactory.instance.stringNode(Shape.word(record.getClass()))
                    : write(record);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put(tag, Shape.word(record.getClass()));
        write(record).properties().forEach(e -> object.set(e.getKey(), e.getValue()));
        return object;
    }
}
