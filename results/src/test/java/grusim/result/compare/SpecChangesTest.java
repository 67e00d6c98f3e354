package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SpecChangesTest {
    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    }

    private static final String SPEC = "{'name':'a','seed':1,'gru':{'tlb':{'ways':4},'killBits':true},"
            + "'processes':[{'threads':[{'count':2}]}],'run':{'until':'none','replications':3}}";

    @Test
    void between_tellsTheDesignFromTheWorkload() {
        SpecChanges changes = SpecChanges.between(
                json(SPEC), json(SPEC.replace("'ways':4", "'ways':8").replace("'count':2", "'count':3")));
        assertThat(changes.design()).containsExactly(new SpecChange("gru.tlb.ways", "4", "8"));
        assertThat(changes.workload()).containsExactly(new SpecChange("processes[0].threads[0].count", "2", "3"));
    }

    @Test
    void between_passesOverNamesSeedsAndReplications() {
        String other = SPEC.replace("'name':'a'", "'name':'b'")
                .replace("'seed':1", "'seed':2")
                .replace("'replications':3", "'replications':9");
        SpecChanges changes = SpecChanges.between(json(SPEC), json(other));
        assertThat(changes.design()).isEmpty();
        assertThat(changes.workload()).isEmpty();
    }

    @Test
    void between_namesWhatOnlyOneSideHas() {
        SpecChanges changes =
                SpecChanges.between(json(SPEC), json(SPEC.replace("[{'count':2}]", "[{'count':2},{'count':5}]")));
        assertThat(changes.workload())
                .containsExactly(new SpecChange("processes[0].threads[1].count", SpecChange.ABSENT, "5"));
        assertThat(SpecChanges.between(json(SPEC), json(SPEC.replace("'until':'none'", "'until':'1 ms'")))
                        .workload())
                .containsExactly(new SpecChange("run.until", "\"none\"", "\"1 ms\""));
    }
}
