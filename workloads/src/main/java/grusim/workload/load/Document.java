package grusim.workload.load;

import grusim.workload.SpecException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A spec's JSON tree with the place each value comes from: a line of the file, or an override. */
final class Document {
    private final String file;
    private final JsonNode root;
    private final Map<String, Integer> lines;
    private final Map<String, Replaced> overrides = new TreeMap<>();

    /** What replaced a value: who did, and the value as it was written. */
    private record Replaced(String origin, String written) {}

    private Document(String file, JsonNode root, Map<String, Integer> lines) {
        this.file = file;
        this.root = root;
        this.lines = lines;
    }

    /** Reads a text and applies overrides of the form {@code path=value} in order. */
    static Document of(String text, String file, List<String> settings) {
        Map<String, Integer> lines = new TreeMap<>();
        Document document = new Document(file, JsonText.read(text, file, lines), lines);
        if (!(document.root instanceof ObjectNode)) {
            throw document.fail("", "is not a spec; accepted: a JSON object");
        }
        for (String setting : settings) {
            Setting.ofCommandLine(document, setting).apply();
        }
        return document;
    }

    /** The tree. */
    ObjectNode root() {
        return (ObjectNode) root;
    }

    /** Notes that a value, with all below it, now comes from an override. */
    void overridden(String path, String origin, String written) {
        lines.keySet().removeIf(p -> Paths.within(p, path));
        overrides.keySet().removeIf(p -> Paths.within(p, path));
        overrides.put(path, new Replaced(origin, written));
    }

    /** The text of the override that gave exactly this value, if one did. */
    @Nullable
    String written(String path) {
        Replaced replaced = overrides.get(path);
        return replaced == null ? null : replaced.written();
    }

    /** Where a given value comes from: {@code file:line} or {@code --set path=value}. */
    String origin(String path) {
        for (String p = path; ; p = Paths.parent(p)) {
            Replaced replaced = overrides.get(p);
            if (replaced != null) {
                return replaced.origin();
            }
            Integer line = lines.get(p);
            if (line != null) {
                return file + ":" + line;
            }
            if (p.isEmpty()) {
                return file;
            }
        }
    }

    /** An error at a path. */
    SpecException fail(String path, String what) {
        return new SpecException(origin(path) + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }

    /** An error at a path that says what would be accepted. */
    SpecException fail(String path, String what, @Nullable String accepted) {
        return fail(path, accepted == null ? what : what + "; accepted: " + accepted);
    }
}
