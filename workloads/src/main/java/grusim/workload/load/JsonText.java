package grusim.workload.load;

import grusim.workload.SpecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strict JSON text to a tree, noting the line of every value: no duplicate keys, no trailing text, bounded depth,
 * decimals exact.
 */
final class JsonText {
    /** The deepest nesting accepted. */
    static final int MAXIMUM_DEPTH = 64;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH + 8)
                    .maxNumberLength(100)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private final String file;
    private final JsonParser parser;
    private final Map<String, Integer> lines = new TreeMap<>();

    private JsonText(String text, String file) {
        this.file = file;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    /** Reads a whole text; fills in the line of each path. */
    static JsonNode read(String text, String file, Map<String, Integer> lines) {
        JsonText reader = new JsonText(text, file);
        try {
            if (reader.parser.nextToken() == null) {
                throw new SpecException(file + ":1: is empty; accepted: a JSON object");
            }
            JsonNode root = reader.value("", 0);
            if (reader.parser.nextToken() != null) {
                throw reader.fail("", "text after the end of the spec");
            }
            lines.putAll(reader.lines);
            return root;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String message = e.getOriginalMessage().replaceFirst("(?s) \\(start marker.*", "");
            throw new SpecException(file + ":" + line + ": not JSON: " + message);
        }
    }

    private JsonNode value(String path, int depth) {
        lines.put(path, line());
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(path, deeper(path, depth));
            case START_ARRAY -> array(path, deeper(path, depth));
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(decimal(path));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw fail(path, "unexpected " + token);
        };
    }

    private int deeper(String path, int depth) {
        if (depth >= MAXIMUM_DEPTH) {
            throw fail("", "nested deeper than " + MAXIMUM_DEPTH + " levels at " + Paths.cut(path));
        }
        return depth + 1;
    }

    private ObjectNode object(String path, int depth) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String child = Paths.child(path, key);
            if (object.has(key)) {
                throw fail(child, "duplicate key; first given on line " + lines.get(child));
            }
            parser.nextToken();
            object.set(key, value(child, depth));
        }
        return object;
    }

    private ArrayNode array(String path, int depth) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(Paths.element(path, array.size()), depth));
        }
        return array;
    }

    private BigDecimal decimal(String path) {
        BigDecimal value = parser.getDecimalValue();
        if (Math.abs((long) value.scale()) > 100) {
            throw fail(path, "number out of range");
        }
        return value;
    }

    /** An integer node, the same for equal numbers. */
    static JsonNode integer(BigInteger value) {
        return value.bitLength() <= 63 ? NODES.numberNode(value.longValueExact()) : NODES.numberNode(value);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private SpecException fail(String path, String what) {
        return new SpecException(file + ":" + line() + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }
}
