package grusim.cli;

import java.math.BigInteger;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object per line, read strictly: no duplicate keys, nothing after the object, no deep nesting. */
final class StrictJson {
    private static final String ACCEPTED_NUMBER =
            "a whole number from 0 to 18446744073709551615, or the same as \"0x...\"";
    private static final String NOTES_FOR_PROGRAMMERS = ", from `[^`]*`| \\(start marker at .*\\)";
    private static final BigInteger TOO_LARGE = BigInteger.ONE.shiftLeft(64);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** The object on a line; anything else is refused. */
    static ObjectNode object(String line) {
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : "column " + e.getLocation().getColumnNr() + ": ";
            String problem = e.getOriginalMessage().replaceAll(NOTES_FOR_PROGRAMMERS, "");
            throw new UserError(where + "not JSON: " + problem, e);
        }
        throw new UserError("not a JSON object; accepted: {\"op\": ...}, {\"handle\": ...} or {\"words\": [...]}");
    }

    /** An object as a line. */
    static String line(ObjectNode object) {
        return MAPPER.writeValueAsString(object);
    }

    /** An empty object. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An unsigned 64-bit number, written as a number or as "0x..."; {@code key} is its name in messages. */
    static long number(String key, JsonNode value) {
        if (value.isIntegralNumber()) {
            BigInteger number = value.bigIntegerValue();
            if (number.signum() >= 0 && number.compareTo(TOO_LARGE) < 0) {
                return number.longValue();
            }
        }
        if (value.isString() && value.stringValue().startsWith("0x")) {
            String digits = value.stringValue().substring(2);
            if (digits.matches("0*[0-9a-fA-F]{1,16}")) {
                return Long.parseUnsignedLong(digits, 16);
            }
        }
        throw new UserError("%s: %s; accepted: %s".formatted(key, abbreviated(value), ACCEPTED_NUMBER));
    }

    /** A text; {@code accepted} says which ones the caller knows. */
    static String text(String key, JsonNode value, String accepted) {
        if (!value.isString()) {
            throw new UserError("%s: %s; accepted: %s".formatted(key, abbreviated(value), accepted));
        }
        return Objects.requireNonNull(value.stringValue());
    }

    /** A value as text, cut short. */
    static String abbreviated(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
