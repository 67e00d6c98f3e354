package grusim.isa;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden vectors: encodings made by the driver's own headers, one JSON object per line. */
public final class GoldenLines {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private GoldenLines() {}

    public static List<JsonNode> read(String resource) throws IOException {
        InputStream in = Objects.requireNonNull(GoldenLines.class.getResourceAsStream("/grusim/isa/" + resource));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().map(MAPPER::readTree).toList();
        }
    }

    public static long number(JsonNode node) {
        return node.isString() ? Numeral.parse(node.asString()).orElseThrow() : node.longValue();
    }

    public static long[] words(JsonNode line) {
        JsonNode words = Objects.requireNonNull(line.get("words"));
        long[] result = new long[words.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = number(Objects.requireNonNull(words.get(i)));
        }
        return result;
    }
}
