package grusim.result.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code provenance.json} in a run's directory, by which a report that is made later says what one made at once says. It
 * names files of the host, so it is no part of the result.
 */
public final class ProvenanceJson {
    /** The file's name. */
    public static final String FILE = "provenance.json";

    private static final JsonMapper MAPPER = new JsonMapper();

    private ProvenanceJson() {}

    /** The whole file as text. */
    public static String print(Provenance provenance) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("command", provenance.command());
        provenance.orders().forEach(root.withArray("orders")::add);
        ObjectNode origins = root.putObject("origins");
        provenance
                .origins()
                .forEach((path, each) ->
                        origins.putObject(path).put("origin", each.origin()).put("source", each.source()));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** What the file in a run's directory says; nothing is known of a run without one, or with one that is no such file. */
    public static Provenance in(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Provenance.UNKNOWN;
        }
        try {
            JsonNode root = MAPPER.readTree(Files.readString(file));
            Map<String, Provenance.Origin> origins = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each : root.path("origins").properties()) {
                origins.put(
                        each.getKey(),
                        new Provenance.Origin(
                                each.getValue().path("origin").asString(""),
                                each.getValue().path("source").asString("")));
            }
            List<String> orders = new ArrayList<>();
            root.path("orders").forEach(sentence -> orders.add(sentence.asString("")));
            return new Provenance(root.path("command").asString(""), origins, orders);
        } catch (IOException | JacksonException e) {
            return Provenance.UNKNOWN;
        }
    }
}
