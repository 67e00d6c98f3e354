package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.BusyRun;
import grusim.result.ExampleRun;
import grusim.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ResultJsonTest {
    private final JsonMapper mapper = new JsonMapper();

    @Test
    void print_isTheGoldenFile() throws IOException {
        assertThat(ResultJson.print(ExampleRun.small())).isEqualTo(golden("example-result.json"));
    }

    @Test
    void print_hasTheTopLevelKeysInOrder() {
        JsonNode root = mapper.readTree(ResultJson.print(BusyRun.of()));
        assertThat(root.propertyNames())
                .containsExactly(
                        "name",
                        "version",
                        "seed",
                        "spec",
                        "simulatedPs",
                        "events",
                        "eventHash",
                        "counters",
                        "latency",
                        "contract",
                        "dataChecks");
        assertThat(root.get("counters").propertyNames()).containsExactly("driver", "mcs", "vm", "device", "memory");
        assertThat(root.get("latency").get("dropin.interrupt").propertyNames())
                .containsExactly("count", "meanNs", "p50Ns", "p90Ns", "p95Ns", "p99Ns", "p999Ns", "p9999Ns", "maxNs");
    }

    @Test
    void print_saysTooFewSamplesWhereAPercentileIsUnknown() {
        // 3,000 dropins: 30 lie above p99, 3 above p99.9.
        JsonNode dropin =
                mapper.readTree(ResultJson.print(BusyRun.of())).get("latency").get("dropin.interrupt");
        assertThat(dropin.get("p99Ns").isNumber()).isTrue();
        assertThat(dropin.get("p999Ns").stringValue()).isEqualTo("too few samples");
    }

    @Test
    void print_isTheSameTwiceAndForEveryEqualRun() {
        assertThat(ResultJson.print(BusyRun.of())).isEqualTo(ResultJson.print(BusyRun.of()));
    }

    @Test
    void print_keepsDoublesOfTheSpecShort() {
        JsonNode spec =
                mapper.readTree("{\"a\": [0.1, 1e21, {\"b\": 2.0E-3}], \"c\": 7, \"d\": \"1.5 us\", \"e\": null}");
        String json = ResultJson.print(RunResult.builder("x", "1", 1).spec(spec).build());
        assertThat(json)
                .contains("0.1,", "1000000000000000000000,", "\"b\": 0.002", "\"d\": \"1.5 us\"", "\"e\": null");
    }

    static String golden(String name) throws IOException {
        try (InputStream in = RunResult.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
