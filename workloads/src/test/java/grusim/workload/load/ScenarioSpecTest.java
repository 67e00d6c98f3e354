package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import grusim.workload.Act;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.Era;
import grusim.workload.Expectation;
import grusim.workload.Expectation.Claim;
import grusim.workload.KernelSpec.MemoryModel;
import grusim.workload.Protection;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A scenario with every part once: what each key becomes, and that it reads back. */
final class ScenarioSpecTest {
    static final Path SAMPLE = Path.of("src/test/resources/scenario.json");

    private static final ResolvedSpec RESOLVED = SpecLoader.load(SAMPLE, List.of());

    private static ScenarioSpec scenario() {
        return Objects.requireNonNull(RESOLVED.spec().scenario());
    }

    @Test
    void spec_hasNoScenarioUnlessGiven() {
        Spec defaults = SpecLoader.defaults("a");
        assertThat(defaults.scenario()).isNull();
        assertThat(SpecJson.write(defaults).has("scenario")).isFalse();
        assertThat(SpecLoader.resolveJson("{\"name\": \"a\"}").origins()).doesNotContainKey("scenario");
    }

    @Test
    void pagesAndContexts_areRead() {
        assertThat(scenario().tableBits()).isEqualTo(1);
        assertThat(scenario().pages())
                .containsExactly(
                        new ScenarioSpec.Page("A", "p", 0x1000, true, Protection.RW),
                        new ScenarioSpec.Page("B", "p", 0x3000, false, Protection.R),
                        new ScenarioSpec.Page("C", "q", 0x1000, true, Protection.RW));
        assertThat(scenario().contexts())
                .containsExactly(
                        new ScenarioSpec.Context("c", "p", "other", MissMode.INTERRUPT, 2, 0, true),
                        new ScenarioSpec.Context("d", "q", "", MissMode.USER_POLLING, 1, 0, false));
    }

    @Test
    void limit_isHalfOfWhatTheTablesSpan() {
        // 4 levels of 1 bit above a page of 12 bits span 2^16 bytes; the upper half is the kernel's
        assertThat(scenario().limit()).isEqualTo(0x8000);
        assertThat(new ScenarioSpec(9, List.of(), "", ScenarioSpec.ENOUGH, List.of(), List.of(), List.of()).limit())
                .isEqualTo(1L << 47);
    }

    @Test
    void acts_areRead() {
        assertThat(scenario().agents().get(0).does())
                .containsExactly(
                        new Act.Start("c", 0, "A", false),
                        new Act.Load("c", 1, "B", true),
                        new Act.Wait("c", 0, true),
                        new Act.Touch("A", true),
                        new Act.Close("c"));
        assertThat(scenario().agents().get(1).does())
                .containsExactly(new Act.Reload("d"), new Act.Load("d", 0, "C", false), new Act.Exit());
        assertThat(scenario().agents().get(2).does()).containsExactly(new Act.Munmap("A", 8192));
        assertThat(scenario().agents().get(3).does()).containsExactly(new Act.Reclaim("A"), new Act.Unload("d", false));
        assertThat(scenario().agents().get(4).does()).isEmpty();
        assertThat(scenario().agents())
                .extracting(ScenarioSpec.Agent::elsewhere)
                .containsExactly(false, false, false, true, true);
    }

    @Test
    void expectations_areOverridesAndClaims() {
        Expectation first = scenario().expect().get(0);
        assertThat(first.set()).isEmpty();
        assertThat(first.settings()).isEmpty();
        assertThat(first.why()).isEqualTo("The walk meets tables being freed.");
        Expectation second = scenario().expect().get(1);
        assertThat(second.set())
                .containsExactly(
                        Map.entry("kernel.era", "\"2.6.28\""),
                        Map.entry("gru.tlb.ways", "1"),
                        Map.entry("driver.findVmaChecksContainment", "true"));
        assertThat(second.claim(MemoryModel.SC)).isEqualTo(Claim.SAFE);
        assertThat(second.claim(MemoryModel.TSO)).isEqualTo(Claim.NONE);
        assertThat(first.claim(MemoryModel.TSO)).isEqualTo(Claim.VIOLATED);
        assertThat(first.claim(MemoryModel.RELAXED)).isEqualTo(Claim.VIOLATED);
        Spec set = SpecLoader.load(SAMPLE, second.settings()).spec();
        assertThat(set.kernel().era()).isEqualTo(Era.LINUX_2_6_28);
        assertThat(set.kernel().munmapDowngrade()).isFalse();
        assertThat(set.gru().tlb().ways()).isEqualTo(1);
        assertThat(set.driver().findVmaChecksContainment()).isTrue();
    }

    @Test
    void json_readsBackAndFollowsTheSchema() throws IOException {
        String json = PrettyJson.write(RESOLVED.json());
        assertThat(SpecLoader.fromJson(json)).isEqualTo(RESOLVED.spec());
        assertThat(PrettyJson.write(SpecLoader.resolveJson(json).json())).isEqualTo(json);
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SpecSchema.json());
        assertThat(schema.validate(JsonMapper.shared().readTree(json))).isEmpty();
        assertThat(schema.validate(JsonMapper.shared().readTree(Files.readString(SAMPLE))))
                .isEmpty();
    }

    @Test
    void origins_nameTheLinesOfActsAndSettings() {
        assertThat(RESOLVED.origins())
                .containsEntry("scenario.pages[0].at", new Origin(SAMPLE + ":10", "choice"))
                .containsEntry("scenario.pages[0].resident", new Origin("default", "choice"))
                .containsEntry("scenario.agents[0].does[0].act", new Origin(SAMPLE + ":23", "choice"))
                .containsEntry("scenario.expect[0].set", new Origin("default", "choice"))
                .containsEntry("scenario.expect[1].set.\"gru.tlb.ways\"", new Origin(SAMPLE + ":46", "choice"));
    }

    @Test
    void setting_reachesActsByNameOfTheAgent() {
        Spec spec = SpecLoader.load(SAMPLE, List.of("scenario.agents.user.does[0].page=B"))
                .spec();
        assertThat(Objects.requireNonNull(spec.scenario())
                        .agents()
                        .get(0)
                        .does()
                        .get(0))
                .isEqualTo(new Act.Start("c", 0, "B", false));
    }
}
