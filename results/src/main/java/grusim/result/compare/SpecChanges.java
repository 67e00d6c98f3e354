package grusim.result.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * In what two resolved specs differ: the design, and the workload. What is asked of the machine (processes,
 * disturbances, the scenario, the queues) and how long and from when on it is measured is the workload; names, seeds and
 * the number of replications are neither.
 */
public record SpecChanges(List<SpecChange> design, List<SpecChange> workload) {
    private static final Set<String> NEITHER =
            Set.of("$schema", "name", "description", "seed", "run.replications", "run.precision", "run.sampleInterval");
    private static final List<String> WORKLOAD = List.of("processes", "disturbances", "scenario", "queues", "run");

    public SpecChanges {
        design = List.copyOf(design);
        workload = List.copyOf(workload);
    }

    /** The differences between two resolved specs, in the order of the first one. */
    public static SpecChanges between(JsonNode a, JsonNode b) {
        Map<String, String> ofA = new LinkedHashMap<>();
        Map<String, String> ofB = new LinkedHashMap<>();
        flatten("", a, ofA);
        flatten("", b, ofB);
        List<SpecChange> design = new ArrayList<>();
        List<SpecChange> workload = new ArrayList<>();
        List<String> paths = new ArrayList<>(ofA.keySet());
        ofB.keySet().stream().filter(path -> !ofA.containsKey(path)).forEach(paths::add);
        for (String path : paths) {
            String inA = ofA.getOrDefault(path, SpecChange.ABSENT);
            String inB = ofB.getOrDefault(path, SpecChange.ABSENT);
            if (!Objects.equals(inA, inB) && NEITHER.stream().noneMatch(other -> within(path, other))) {
                boolean asked = WORKLOAD.stream().anyMatch(part -> within(path, part));
                (asked ? workload : design).add(new SpecChange(path, inA, inB));
            }
        }
        return new SpecChanges(design, workload);
    }

    private static boolean within(String path, String part) {
        return path.equals(part)
                || (path.startsWith(part) && (path.charAt(part.length()) == '.' || path.charAt(part.length()) == '['));
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            for (String key : new TreeSet<>(node.propertyNames())) {
                flatten(path.isEmpty() ? key : path + "." + key, node.get(key), into);
            }
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), into);
            }
        } else {
            into.put(path, node.toString());
        }
    }
}
