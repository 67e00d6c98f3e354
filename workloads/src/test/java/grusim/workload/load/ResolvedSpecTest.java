package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ResolvedSpecTest {
    private static final String SPEC = """
            {"name": "a", "machine": {"preset": "uv100"},
             "gru": {"killBits": false},
             "disturbances": [],
             "processes": [{"name": "p", "regions": [{"name": "r", "size": "8 KiB", "content": {"seed": 5}}],
               "threads": [{"name": "t", "program": [
                 {"op": "repeat", "times": 2, "body": [{"op": "vstore", "region": "r", "value": "0xffffffffffffffff"}]},
                 {"op": "gamir", "region": "r", "exopc": "inc", "expect": 7},
                 {"op": "vload", "region": "r", "pattern": {"kind": "zipf", "exponent": 1.10}}]}]}]}
            """;

    @Test
    void json_readsBackAsAnEqualSpec() {
        ResolvedSpec resolved = SpecLoader.resolveJson(SPEC, "gru.tlb.ways=2");
        String json = PrettyJson.write(resolved.json());
        ResolvedSpec again = SpecLoader.resolveJson(json);
        assertThat(again.spec()).isEqualTo(resolved.spec());
        assertThat(PrettyJson.write(again.json())).isEqualTo(json);
        assertThat(json).contains("\"value\": \"0xffffffffffffffff\"", "\"exponent\": 1.1\n", "\"ways\": 2,\n");
    }

    @Test
    void origins_sayWhereEachValueComesFrom() {
        ResolvedSpec resolved = SpecLoader.resolveJson(SPEC, "gru.tlb.ways=2", "kernel={\"faultCost\": \"1 us\"}");
        assertThat(resolved.origins())
                .containsEntry("machine.preset", new Origin("spec:1", "choice"))
                .containsEntry("machine.blades", new Origin("default", "choice"))
                .containsEntry("machine.hopLatency", new Origin("preset uv100", "assumed"))
                .containsEntry("gru.killBits", new Origin("spec:2", "choice"))
                .containsEntry("gru.amoLatency", new Origin("default", "assumed"))
                .containsEntry("gru.tlb.ways", new Origin("--set gru.tlb.ways=2", "choice"))
                .containsEntry("kernel.faultCost", new Origin("--set kernel={\"faultCost\": \"1 us\"}", "choice"))
                .containsEntry("disturbances", new Origin("spec:3", "choice"))
                .containsEntry("processes[0].regions[0].content.seed", new Origin("spec:4", "choice"))
                .containsEntry("processes[0].checks", new Origin("default", "choice"))
                .containsEntry("processes[0].threads[0].program[0].body[0].op", new Origin("spec:6", "choice"))
                .containsEntry("processes[0].threads[0].program[2].pattern.step", new Origin("default", "choice"));
    }

    @Test
    void origins_coverEveryValueInOrder() {
        ResolvedSpec resolved = SpecLoader.resolveJson(SPEC);
        List<String> leaves = new ArrayList<>();
        leaves(resolved.json(), "", leaves);
        assertThat(resolved.origins().keySet()).containsExactlyElementsOf(leaves);
    }

    @Test
    void traces_findsThoseInRepeatsToo() {
        String trace = "{\"op\": \"trace\", \"file\": \"%s\"}";
        String program = trace.formatted("x") + ", {\"op\": \"repeat\", \"times\": 2, \"body\": ["
                + trace.formatted("../y") + "]}";
        ResolvedSpec resolved = SpecLoader.resolveJson("{\"name\": \"a\", \"processes\": [{\"name\": \"p\","
                + " \"threads\": [{\"name\": \"t\", \"program\": [" + program + "]}]}]}");
        assertThat(resolved.traces()).containsExactly(Path.of("x"), Path.of("../y"));
    }

    private static void leaves(JsonNode node, String path, List<String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(e -> leaves(e.getValue(), Paths.child(path, e.getKey()), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(node.get(i), Paths.element(path, i), leaves);
            }
        } else {
            leaves.add(path);
        }
    }
}
