package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.BusyRun;
import grusim.result.ExampleRun;
import grusim.result.Replications;
import grusim.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
                        "replications",
                        "throughput",
                        "counters",
                        "latency",
                        "contract",
                        "dataChecks",
                        "intervals",
                        "noInterval");
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
    void print_ofReplications_hasMeansAndNamesEachRun() {
        Replications two = new Replications(List.of(
                RunResult.builder("x", "1", 1)
                        .counter(ExampleRun.DROPIN, 3)
                        .simulatedPs(10)
                        .build(),
                RunResult.builder("x", "1", 2)
                        .counter(ExampleRun.DROPIN, 6)
                        .simulatedPs(20)
                        .build()));
        JsonNode root = mapper.readTree(ResultJson.print(two));
        assertThat(root.at("/counters/driver/tlb_dropin").decimalValue()).isEqualByComparingTo("4.5");
        assertThat(root.get("simulatedPs").intValue()).isEqualTo(15);
        assertThat(root.at("/replications/1/seed").intValue()).isEqualTo(2);
        assertThat(root.at("/replications/1/simulatedPs").intValue()).isEqualTo(20);
        // spread 2.1213 by sqrt(2) is 1.5; t(1) at 95% is 12.706: 4.5 + 19.059
        assertThat(root.get("intervals")
                        .get("counters.driver.tlb_dropin")
                        .get("high")
                        .decimalValue())
                .isEqualByComparingTo("23.559");
    }

    @Test
    void print_ofOneRun_saysWhyThereIsNoInterval() {
        JsonNode none = mapper.readTree(ResultJson.print(BusyRun.of())).get("noInterval");
        assertThat(none.get("counted exactly in one run; replications give one")
                        .get(3)
                        .stringValue())
                .isEqualTo("counters.*");
        assertThat(none.get("too few samples").toString()).contains("latency.dropin.interrupt.p999Ns");
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
