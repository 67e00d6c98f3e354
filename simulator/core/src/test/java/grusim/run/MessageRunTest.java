package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import grusim.workload.load.SpecLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders on three blades, messages of one and of two lines, random nacks: nothing is lost, doubled, torn or out of order. */
@Timeout(120)
final class MessageRunTest {
    private static final Path SPEC = Path.of("..", "..", "workloads", "specs", "message-queue.json");

    private static RunResult run(String... settings) {
        return Runs.simulate(
                SpecLoader.load(SPEC, List.of(settings)), RunOptions.standard("test"), RunProgress.NONE, null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyMessage_arrivesOnceWholeAndInOrder(long seed) {
        RunResult result = run("seed=" + seed, "queues.mail.size=" + (seed % 2 == 0 ? "\"512 B\"" : "\"1 KiB\""));
        assertThat(result.contract().texts()).as("seed %d", seed).isEmpty();
        assertThat(result.dataChecks().texts()).as("seed %d", seed).isEmpty();
        // each of 3,000 messages is sent and received, and the counter of senders that are done is compared
        assertThat(result.dataChecks().checks()).isEqualTo(6_001);
        assertThat(result.counter("driver.mesq_receive")).isEqualTo(3_000);
        assertThat(result.counter("driver.mesq_send_put_nacked")).isPositive();
        assertThat(result.counter("driver.mesq_send_amo_nacked")).isPositive();
        assertThat(result.counter("driver.mesq_send_lb_overflow")).isPositive();
        assertThat(result.counter("driver.mesq_send_qlimit_reached")).isPositive();
        assertThat(result.counter("driver.mesq_noop")).isPositive();
        assertThat(result.counter("driver.mesq_qf_locked")).isPositive();
    }

    @Test
    void withoutTheHalfLock_aSlowReceiverLosesMessages() {
        RunResult result = run(
                "driver.messages.halfLock=false",
                "run.until=\"20 ms\"",
                "processes.post.threads.receiver.program.0.think=\"5 us\"");
        assertThat(result.contract().failures()).isPositive();
        assertThat(result.dataChecks().failures()).isPositive();
    }
}
