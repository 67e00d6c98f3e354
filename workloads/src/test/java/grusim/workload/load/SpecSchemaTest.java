package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import grusim.workload.SpecException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class SpecSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SpecSchema.json());

    private static List<String> violations(String json) {
        return SCHEMA.validate(JsonMapper.shared().readTree(json)).stream()
                .map(Object::toString)
                .toList();
    }

    /** Each differs from a good spec in one value that schema and loader must both refuse. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"name\": 3}",
                "{\"name\": \"a\", \"nam\": \"b\"}",
                "{\"name\": \"a\", \"$schema\": 3}",
                "{\"name\": \"a\", \"seed\": -1}",
                "{\"name\": \"a\", \"seed\": \"1\"}",
                "{\"name\": \"a\", \"machine\": {\"hopLatency\": 60}}",
                "{\"name\": \"a\", \"machine\": {\"hopLatency\": \"60\"}}",
                "{\"name\": \"a\", \"machine\": {\"hopLatency\": \"-60 ns\"}}",
                "{\"name\": \"a\", \"machine\": {\"hopLatency\": \"60 sec\"}}",
                "{\"name\": \"a\", \"machine\": {\"linkBandwidth\": \"7.5 GiB/s\"}}",
                "{\"name\": \"a\", \"machine\": {\"preset\": \"uv300\"}}",
                "{\"name\": \"a\", \"gru\": {\"killBits\": 1}}",
                "{\"name\": \"a\", \"gru\": {\"tlb\": {\"ways\": 65}}}",
                "{\"name\": \"a\", \"processes\": [{}]}",
                "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"regions\": [{\"name\": \"r\"}]}]}",
                "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"regions\": [{\"name\": \"r\", \"size\": \"8 KiB\","
                        + " \"content\": \"one\"}]}]}",
                "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"threads\": [{\"name\": \"t\", \"program\":"
                        + " [{\"op\": \"vloud\"}]}]}]}",
                "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"threads\": [{\"name\": \"t\", \"program\":"
                        + " [{\"op\": \"think\"}]}]}]}",
                "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"threads\": [{\"name\": \"t\", \"program\":"
                        + " [{\"op\": \"barrier\", \"time\": \"1 us\"}]}]}]}",
                "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"checks\": [{\"region\": \"r\"}]}]}",
                "{\"name\": \"a\", \"run\": {\"until\": \"never\"}}",
                "{\"name\": \"a\", \"kernel\": {\"era\": 4.20}}",
                "{\"name\": \"a\", \"kernel\": {\"era\": \"2.6.27\"}}",
                "{\"name\": \"a\", \"driver\": {\"rangeEnd\": \"FULL_BARRIER\"}}",
                "{\"name\": \"a\", \"scenario\": null}",
                "{\"name\": \"a\", \"scenario\": {\"pages\": [{\"name\": \"A\", \"at\": 0}]}}",
                "{\"name\": \"a\", \"scenario\": {\"agents\": [{\"name\": \"u\", \"does\": [{\"act\": \"stop\"}]}]}}",
                "{\"name\": \"a\", \"scenario\": {\"agents\": [{\"name\": \"u\", \"does\": [{\"op\": \"exit\"}]}]}}",
                "{\"name\": \"a\", \"scenario\": {\"expect\": [{\"why\": \"w\", \"set\": {\"gru.tlb\": {\"ways\": 1}}}]}}",
                "{\"name\": \"a\", \"scenario\": {\"expect\": [{\"why\": \"w\", \"sc\": \"broken\"}]}}"
            })
    void schemaAndLoader_refuseTheSame(String json) {
        assertThat(violations(json)).isNotEmpty();
        assertThatThrownBy(() -> SpecLoader.fromJson(json)).isInstanceOf(SpecException.class);
    }

    @Test
    void schema_acceptsWhatTheLoaderWrites() {
        String json = """
                {"name": "a", "$schema": "x",
                 "processes": [{"name": "p", "regions": [{"name": "r", "size": "8 KiB", "content": {"permutation": 5}}],
                   "threads": [{"name": "t", "blade": "spread", "program": [
                     {"op": "repeat", "times": 2, "body": [{"op": "vstore", "region": "r", "value": "0xffffffffffffffff"}]},
                     {"op": "gamir", "region": "r", "exopc": "inc", "expect": 7}, {"op": "barrier"},
                     {"op": "brk", "length": "-4 KiB"}]}],
                   "checks": [{"region": "r", "equals": 18446744073709551615}, {"region": "r", "equalsRegion": "r"}]}],
                 "disturbances": [{"name": "d", "op": "mremap", "process": "p", "region": "r", "at": ["1 us"]}]}
                """;
        assertThat(violations(json)).isEmpty();
        assertThat(violations(SpecLoader.resolveJson(json).json().toString())).isEmpty();
    }
}
