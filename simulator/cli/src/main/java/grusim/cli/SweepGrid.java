package grusim.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The grid of a sweep: every combination of the parameters' values, the last parameter varying fastest. Parameters with
 * a single value stand last, since nothing can be drawn against them.
 */
record SweepGrid(List<String> parameters, List<List<String>> values) {
    /** Reads options of the form {@code path=v1,v2,...}; commas inside brackets, braces and quotes do not separate. */
    static SweepGrid of(List<String> options) {
        Map<String, List<String>> varied = new LinkedHashMap<>();
        Map<String, List<String>> fixed = new LinkedHashMap<>();
        for (String option : options) {
            int at = option.indexOf('=');
            if (at < 1) {
                throw new UserError("--set " + option + "; accepted: PATH=V1,V2,...");
            }
            String path = option.substring(0, at);
            List<String> some = split(option.substring(at + 1));
            if (some.contains("")) {
                throw new UserError("--set " + option + " has an empty value; accepted: PATH=V1,V2,...");
            }
            if (some.stream().distinct().count() < some.size()) {
                throw new UserError("--set " + option + " has a value twice; accepted: distinct values");
            }
            if (varied.containsKey(path) || fixed.containsKey(path)) {
                throw new UserError("--set " + path + " is given twice; accepted: once, with all its values");
            }
            (some.size() > 1 ? varied : fixed).put(path, some);
        }
        varied.putAll(fixed);
        return new SweepGrid(List.copyOf(varied.keySet()), List.copyOf(varied.values()));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '[' || c == '{')) {
                depth++;
            } else if (!quoted && (c == ']' || c == '}')) {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return List.copyOf(parts);
    }

    /** All combinations, in order. */
    List<List<String>> points() {
        List<List<String>> points = List.of(List.of());
        for (List<String> some : values) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> point : points) {
                for (String value : some) {
                    List<String> next = new ArrayList<>(point);
                    next.add(value);
                    longer.add(List.copyOf(next));
                }
            }
            points = longer;
        }
        return points;
    }

    /** The overrides of one combination. */
    List<String> settings(List<String> point) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            settings.add(parameters.get(i) + "=" + point.get(i));
        }
        return settings;
    }
}
