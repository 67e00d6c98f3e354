package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.LatencyDistribution;
import grusim.result.RunResult;
import grusim.workload.SpecException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that come due by themselves: what a full queue or a slow sender costs shows in all that it delays. */
@Timeout(120)
final class OpenLoopMessagesTest {
    private static final String SEND = "{\"op\": \"send\", \"queue\": \"q\", \"count\": %d%s}";
    private static final String RECEIVE = "{\"op\": \"receive\", \"queue\": \"q\", \"count\": %d%s}";

    private static RunResult run(String... programs) {
        StringBuilder threads = new StringBuilder();
        for (String program : programs) {
            threads.append(threads.isEmpty() ? "" : ", ")
                    .append("{\"name\": \"t%d\", \"program\": [%s]}".formatted(threads.length(), program));
        }
        return RunRig.run("""
                {"name": "test", "queues": [{"name": "q", "size": "64 KiB"}],
                 "processes": [{"name": "p", "threads": [%s]}]}
                """.formatted(threads));
    }

    /** One message to load the kernel's context, then the others. */
    private static String sends(int count, String more) {
        return SEND.formatted(1, "") + ", " + SEND.formatted(count, more);
    }

    private static String every(long intervalNs) {
        return ", \"arrivals\": {\"rate\": \"%d/s\", \"spacing\": \"fixed\"}".formatted(1_000_000_000 / intervalNs);
    }

    private static LatencyDistribution of(RunResult result, String metric) {
        return Objects.requireNonNull(result.latency().get(metric));
    }

    /** How long the messages after the first took. */
    private static long sumPs(RunResult result) {
        return of(result, "message.send").sumPs()
                - of(run(SEND.formatted(1, "")), "message.send").sumPs();
    }

    @Test
    void overload_delaysEachMessageMoreThanTheOneBefore() {
        RunResult closed = run(sends(10, ""));
        long service = of(closed, "message.send").minPs().orElseThrow();
        assertThat(sumPs(closed)).as("all take the same time").isEqualTo(10 * service);
        long interval = 200_000;
        assertThat(service).isGreaterThan(interval);
        // The k-th of 0 to 9 comes due k intervals after the first and is sent k + 1 services after that came due.
        RunResult open = run(sends(10, every(200)));
        assertThat(sumPs(open)).isEqualTo(55 * service - 45 * interval);
        assertThat(of(open, "message.send").minPs()).hasValue(service);
    }

    @Test
    void schedulesThatCanBeKept_changeNoDuration() {
        long service = of(run(sends(10, "")), "message.send").minPs().orElseThrow();
        RunResult open = run(sends(20, every(50_000)));
        assertThat(sumPs(open)).isEqualTo(20 * service);
        // the last of 20 comes due 19 intervals after the first
        assertThat(open.simulatedPs() - run(sends(1, every(50_000))).simulatedPs())
                .isEqualTo(19 * 50_000_000L);
    }

    @Test
    void gaps_areThoseOfTheSeed() {
        String poisson = ", \"arrivals\": {\"rate\": \"20000/s\"}";
        RunResult one = run(sends(400, poisson));
        assertThat(run(sends(400, poisson)).simulatedPs()).isEqualTo(one.simulatedPs());
        // four deviations of the mean of 400 gaps of 50 us, an exponential deviating by its mean
        assertThat(one.simulatedPs() / 400.0).isBetween(50e6 * 0.8, 50e6 * 1.2);
    }

    @Test
    void receiver_countsFromWhenItsMessageCameDue() {
        // Messages every 50 us and looked for every 40 us: each is waited for 10 us longer than the one before.
        String sender = SEND.formatted(10, every(50_000));
        // The second waits for 10 us and what sending and receiving take, the tenth for 80 us more.
        long second = lastPs(sender, 2, 40_000);
        assertThat(second).isBetween(10_000_000L, 25_000_000L);
        assertThat(lastPs(sender, 10, 40_000)).isBetween(second + 79_500_000L, second + 80_500_000L);
        // looked for every 60 us they are there, and received as soon as that can be done
        assertThat(lastPs(sender, 10, 60_000)).isLessThan(5_000_000);
        assertThat(lastPs(sender, 10, 60_000)).isEqualTo(lastPs(sender, 9, 60_000));
    }

    /** How long the last of so many messages took to be received. */
    private static long lastPs(String sender, int count, long intervalNs) {
        RunResult all = run(sender, RECEIVE.formatted(count, every(intervalNs)));
        RunResult fewer = run(sender, RECEIVE.formatted(count - 1, every(intervalNs)));
        return of(all, "message.receive").sumPs() - of(fewer, "message.receive").sumPs();
    }

    @Test
    void think_contradictsArrivals() {
        assertThatThrownBy(() -> run(SEND.formatted(1, ", \"think\": \"1 us\"" + every(1_000))))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("program[0].think: contradicts arrivals");
    }
}
