package grusim.cli;

import java.util.ArrayList;
import java.util.List;

/** The grid of a sweep: every combination of the parameters' values, the last parameter varying fastest. */
record SweepGrid(List<String> parameters, List<List<String>> values) {
    /** Reads options of the form {@code path=v1,v2,...}. */
    static SweepGrid of(List<String> options) {
        List<String> parameters = new ArrayList<>();
        List<List<String>> values = new ArrayList<>();
        for (String option : options) {
            int at = option.indexOf('=');
            if (at < 1) {
                throw new UserError("--set " + option + "; accepted: PATH=V1,V2,...");
            }
            String path = option.substring(0, at);
            if (parameters.contains(path)) {
                throw new UserError("--set " + path + " is given twice; accepted: once, with all its values");
            }
            List<String> some = List.of(option.substring(at + 1).split(",", -1));
            if (some.stream().anyMatch(String::isBlank)) {
                throw new UserError("--set " + option + " has an empty value; accepted: PATH=V1,V2,...");
            }
            parameters.add(path);
            values.add(some);
        }
        return new SweepGrid(List.copyOf(parameters), List.copyOf(values));
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
