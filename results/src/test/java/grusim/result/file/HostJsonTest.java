package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.HostFacts;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class HostJsonTest {
    @Test
    void print_tellsHowThisProcessRan() {
        HostFacts facts = HostFacts.of("2026-01-01T00:00:00Z", 2_000_000_000L, 10_000_000, 2);
        JsonNode json = new JsonMapper().readTree(HostJson.print(facts));
        assertThat(json.get("eventsPerSecond").longValue()).isEqualTo(5_000_000);
        assertThat(json.get("jdk").stringValue())
                .contains(String.valueOf(Runtime.version().feature()));
        assertThat(json.get("processors").intValue()).isPositive();
    }

    @Test
    void eventsPerSecond_isZeroWithoutTime() {
        assertThat(HostFacts.of("2026-01-01T00:00:00Z", 0, 10, 1).eventsPerSecond())
                .isZero();
    }
}
