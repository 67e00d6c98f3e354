package grusim.result.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/** The resolved spec, value by value, with where each was taken from: first what was chosen for this run. */
final class SpecTables {
    private static final String DEFAULT = "default";

    private SpecTables() {}

    /** A value of a spec and its path. */
    record Value(String path, String text) {}

    static List<PageTable> of(JsonNode spec, Provenance provenance) {
        List<Value> values = values(spec);
        if (provenance.origins().isEmpty()) {
            return List.of(table("the resolved spec", values, provenance, (value, origin) -> true));
        }
        PageTable chosen = table(
                "what was chosen", values, provenance, (value, origin) -> !origin.equals(DEFAULT) && !preset(origin));
        PageTable preset = table("from presets", values, provenance, (value, origin) -> preset(origin));
        PageTable rest = table("defaults", values, provenance, (value, origin) -> origin.equals(DEFAULT));
        return List.of(
                chosen.heading("Chosen for this run"),
                preset.folded("From presets and eras: " + preset.rows().size() + " values"),
                rest.folded("Left at their defaults: " + rest.rows().size() + " values"));
    }

    /** Every single value of a spec, in order. */
    static List<Value> values(JsonNode spec) {
        List<Value> values = new ArrayList<>();
        walk("", spec, values);
        return values;
    }

    private static void walk(String path, JsonNode node, List<Value> values) {
        if (node.isObject() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                walk(path.isEmpty() ? each.getKey() : path + "." + each.getKey(), each.getValue(), values);
            }
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                walk(path + "[" + i + "]", node.get(i), values);
            }
        } else {
            values.add(new Value(path, node.isString() ? node.asString() : node.toString()));
        }
    }

    private static boolean preset(String origin) {
        return origin.startsWith("preset ") || origin.startsWith("era ");
    }

    private static PageTable table(
            String label, List<Value> values, Provenance provenance, BiPredicate<Value, String> wanted) {
        boolean known = !provenance.origins().isEmpty();
        List<PageTable.Column> columns = known
                ? List.of(
                        PageTable.Column.text("key"),
                        PageTable.Column.text("value"),
                        PageTable.Column.text("origin"),
                        PageTable.Column.text("source"))
                : List.of(PageTable.Column.text("key"), PageTable.Column.text("value"));
        PageTable.Rows rows = new PageTable.Rows(label, columns);
        for (Value value : values) {
            Provenance.Origin origin =
                    provenance.origins().getOrDefault(value.path(), new Provenance.Origin(DEFAULT, ""));
            if (wanted.test(value, origin.origin())) {
                rows.path(value.path()).longPath(value.text());
                if (known) {
                    rows.text(origin.origin()).text(origin.source());
                }
                rows.end();
            }
        }
        return rows.table();
    }
}
