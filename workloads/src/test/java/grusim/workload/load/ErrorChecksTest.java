package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.InjectedError;
import grusim.workload.InjectionSpec;
import grusim.workload.SpecException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Injected errors that could strike nothing are refused, with the file, the path and what is accepted. */
final class ErrorChecksTest {
    private static InjectionSpec load(String injection) {
        return SpecLoader.fromJson("""
                {"name": "a", "machine": {"blades": 3}, "gru": {"errors": {"inject": [
                  {%s}]}},
                 "processes": [
                   {"name": "p", "regions": [{"name": "r", "size": "8 KiB"}],
                    "threads": [{"name": "t", "blade": 1, "context": {"dsr": "2 KiB"}, "program": []}]},
                   {"name": "q"}]}
                """.formatted(injection))
                .gru()
                .errors()
                .inject()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"rate\": 0.5 | : \"error\" is missing; accepted: {errors}",
                "\"error\": \"ra-response-fatl\" | .error: \"ra-response-fatl\" is unknown; accepted: {errors}; did you mean \"ra-response-fatal\"?",
                "\"error\": \"forced\", \"rate\": 1.5 | .rate: 1.5 is out of range; accepted: a number 0 .. 1",
                "\"error\": \"forced\", \"blade\": 3 | .blade: blade 3 does not exist; accepted: 0 .. 2 (machine.blades)",
                "\"error\": \"forced\", \"blade\": 2 | .blade: no thread runs on blade 2, so its chiplets do nothing; accepted: any, 1",
                "\"error\": \"forced\", \"chiplet\": 2 | .chiplet: chiplet 2 does not exist; accepted: any, 0 .. 1 (machine.chipletsPerBlade)",
                "\"error\": \"forced\", \"process\": \"p\" | : names a place without its region; accepted: region with process, offset, length",
                "\"error\": \"forced\", \"region\": \"r\" | .process: no process is called \"\"; accepted: p, q",
                "\"error\": \"forced\", \"process\": \"q\", \"region\": \"r\" | .region: no region is called \"r\"; accepted: none, there is no region",
                "\"error\": \"forced\", \"process\": \"p\", \"region\": \"r\", \"offset\": \"8 KiB\" | .offset: 8 KiB is not in region r; accepted: less than 8 KiB",
                "\"error\": \"forced\", \"process\": \"p\", \"region\": \"r\", \"offset\": \"4 KiB\", \"length\": \"8 KiB\" | .length: 8 KiB from there on is more than region r has; accepted: rest, at most 4 KiB",
                "\"error\": \"forced\", \"rate\": 0.5, \"at\": [\"1 us\"] | : \"rate\" and \"at\" contradict each other; accepted: one of rate 0.001 and at [\"10 us\", ..]",
                "\"error\": \"forced\", \"at\": [\"2 us\", \"1 us\"] | .at[1]: is before the instant before it; accepted: instants in order"
            })
    void refused(String json, String message) {
        StringBuilder errors = new StringBuilder();
        for (InjectedError error : InjectedError.values()) {
            errors.append(errors.isEmpty() ? "" : ", ").append(Shape.word(error));
        }
        assertThatThrownBy(() -> load(json))
                .isInstanceOf(SpecException.class)
                .hasMessage("spec:2: gru.errors.inject[0]" + message.replace("{errors}", errors));
    }

    @Test
    void defaults_strikeEveryOpportunityWithoutLimit() {
        InjectionSpec injection = load("\"error\": \"ra-response-data\"");
        assertThat(injection.error()).isEqualTo(InjectedError.RA_RESPONSE_DATA);
        assertThat(injection.rate()).isEqualTo(BigDecimal.ONE);
        assertThat(injection.count()).isEqualTo(InjectionSpec.UNLIMITED);
        assertThat(injection.placed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"at, [\"1 us\"]", "rate, 0.5", "region, \"r\""})
    void aCheck_knowsNeitherTimeNorRates(String key, String value) {
        assertThatThrownBy(() -> SpecLoader.fromJson("""
                        {"name": "a", "scenario": {},
                         "gru": {"errors": {"inject": [{"error": "amo-nack", "%s": %s}]}}}
                        """.formatted(key, value)))
                .hasMessageContaining("gru.errors.inject[0]." + key)
                .hasMessageEndingWith("accepted: error, count, blade and chiplet");
    }
}
