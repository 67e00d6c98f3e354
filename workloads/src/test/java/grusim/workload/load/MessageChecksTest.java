package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Message queues that no GRU could serve, and programs that would wait for ever. */
final class MessageChecksTest {
    private static Spec load(String queue, String sender, String receiver, String rest) {
        return SpecLoader.fromJson("""
                {"name": "a", "queues": [{"name": "q"%s}],
                 "processes": [{"name": "p", "threads": [
                   {"name": "s", "count": 2, "program": [{"op": "send", "queue": "q", "count": 3%s}]},
                   {"name": "r", "program": [{"op": "receive", "queue": "q", "count": 6%s}]}%s]}]}
                """.formatted(queue, sender, receiver, rest));
    }

    @Test
    void asManyMessagesMayBeReceivedAsAreSent() {
        assertThat(load("", "", "", "").queues()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", \"size\": \"1000 B\" | queues[0].size: 1000 B is not aligned to lines; accepted: a multiple of 64 B",
                ", \"offset\": \"32 B\" | queues[0].offset: 32 B is not aligned to lines; accepted: a multiple of 64 B",
                ", \"size\": \"448 B\" | queues[0].size: \"448 B\" is out of range",
                ", \"size\": \"8 MiB\" | queues[0].size: \"8 MiB\" is out of range",
                ", \"blade\": 1 | queues[0].blade: blade 1 does not exist"
            })
    void queues_areRefused(String queue, String message) {
        assertThatThrownBy(() -> load(queue, "", "", "")).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"op\": \"send\", \"queue\": \"q\", \"size\": \"129 B\"} | .size: \"129 B\" is out of range",
                "{\"op\": \"send\", \"queue\": \"x\"} | .queue: no queue is called \"x\"; accepted: q",
                "{\"op\": \"receive\", \"queue\": \"q\"} | queue q is received from by several threads",
            })
    void steps_areRefused(String step, String message) {
        String thread = ", {\"name\": \"t\", \"program\": [%s]}".formatted(step);
        assertThatThrownBy(() -> load("", "", "", thread)).hasMessageContaining(message);
    }

    @Test
    void receiverThatWouldWaitForEver_isRefused() {
        String thread = ", {\"name\": \"t\", \"program\": []}";
        assertThatThrownBy(() -> SpecLoader.fromJson("""
                {"name": "a", "queues": [{"name": "q"}],
                 "processes": [{"name": "p", "threads": [
                   {"name": "s", "program": [{"op": "repeat", "times": 2, "body": [{"op": "send", "queue": "q", "count": 3}]}]},
                   {"name": "r", "program": [{"op": "receive", "queue": "q", "count": 7}]}%s]}]}
                """.formatted(thread)))
                .hasMessageContaining("queues[0]: 7 messages are received from q, 6 are sent");
    }

    @Test
    void queuesWithoutBytes_areRefused() {
        assertThatThrownBy(() -> SpecLoader.fromJson(
                        "{\"name\": \"a\", \"queues\": [{\"name\": \"q\"}], \"run\": {\"data\": \"elided\"}}"))
                .hasMessageContaining("run.data: elided leaves message queues without bytes; accepted: functional");
    }
}
