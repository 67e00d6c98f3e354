package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Why;
import grusim.result.AttributionShares;
import grusim.result.LatencyDistribution;
import grusim.result.RunResult;
import grusim.workload.SpecException;
import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instructions that come due by themselves: what a stall costs shows in all that it delays. */
@Timeout(120)
final class OpenLoopTest {
    private static final String REGION = "{\"name\": \"r\", \"size\": \"8 KiB\"}";

    /** NOPs need no memory: once the context is loaded, each takes the same time. */
    private static RunResult nops(int count, String more) {
        return RunRig.run(RunRig.oneThread(
                REGION,
                "{\"op\": \"vload\", \"region\": \"r\"}, {\"op\": \"nop\", \"count\": %d%s}".formatted(count, more),
                ""));
    }

    /** Two pages line by line: the first load of each page faults it in, the others find it. */
    private static RunResult loads(String more) {
        return RunRig.run(RunRig.oneThread(
                REGION,
                "{\"op\": \"nop\"}, {\"op\": \"vload\", \"region\": \"r\", \"count\": 128%s}".formatted(more),
                ""));
    }

    private static LatencyDistribution latency(RunResult result, String opcode) {
        return Objects.requireNonNull(result.latency().get("instruction." + opcode));
    }

    private static String fixed(long intervalPs) {
        return ", \"arrivals\": {\"rate\": \"%s/us\", \"spacing\": \"fixed\"}"
                .formatted(new BigDecimal(1_000_000).divide(new BigDecimal(intervalPs)));
    }

    private static long behindPs(RunResult result, String kind) {
        AttributionShares shares = result.attribution();
        return shares.partPs(shares.kinds().indexOf(kind), shares.reasons().indexOf(Why.BEHIND_SCHEDULE.text()));
    }

    @Test
    void overload_delaysEachInstructionMoreThanTheOneBefore() {
        LatencyDistribution closed = latency(nops(10, ""), "nop");
        long service = closed.minPs().orElseThrow();
        assertThat(closed.maxPs()).hasValue(service);
        long interval = 100_000;
        assertThat(service).isGreaterThan(interval);

        RunResult open = nops(10, fixed(interval));
        // The k-th of 0 to 9 comes due k intervals after the first and ends k + 1 services after it came due:
        // it takes (k + 1) services - k intervals; 10 of them 55 services - 45 intervals.
        LatencyDistribution taken = latency(open, "nop");
        assertThat(taken.minPs()).hasValue(service);
        assertThat(taken.maxPs()).hasValue(10 * service - 9 * interval);
        assertThat(taken.sumPs()).isEqualTo(55 * service - 45 * interval);
        assertThat(behindPs(open, "nop")).isEqualTo(45 * (service - interval));
    }

    @Test
    void schedulesThatCanBeKept_changeNoDuration() {
        long service = latency(nops(1, ""), "nop").maxPs().orElseThrow();
        // alone, the end of an instruction is seen when it happens, not when the next one comes due
        RunResult slow = nops(20, fixed(1_000_000));
        assertThat(latency(slow, "nop").minPs()).hasValue(service);
        assertThat(latency(slow, "nop").maxPs()).hasValue(service);
        assertThat(behindPs(slow, "nop")).isZero();
        // with one under way when the next comes due, too
        RunResult many = nops(20, ", \"inFlight\": 8" + fixed(100_000));
        assertThat(service).isBetween(100_000L, 700_000L);
        assertThat(latency(many, "nop").minPs()).hasValue(service);
        assertThat(latency(many, "nop").maxPs()).hasValue(service);
        assertThat(behindPs(many, "nop")).isZero();
        // and the last of 20 comes due 19 intervals after the first
        assertThat(many.simulatedPs() - nops(1, fixed(100_000)).simulatedPs()).isEqualTo(19 * 100_000);
    }

    @Test
    void stalledServer_isSeenByAllThatItDelays_whereAClosedLoopSeesItTwice() {
        LatencyDistribution closed = latency(loads(""), "vload");
        // loads 0 and 64 stall, the other 126 take the same time
        long service = closed.minPs().orElseThrow();
        assertThat(closed.cumulativeCount(0)).isEqualTo(126);
        long stall = closed.maxPs().orElseThrow();
        long stalls = closed.sumPs() - 126 * service;
        long first = stalls - stall;
        assertThat(first).isBetween(5 * service, stall);

        long interval = 1_000_000;
        assertThat(service).isLessThan(interval);
        RunResult result = loads(fixed(interval));
        LatencyDistribution open = latency(result, "vload");
        // A load that comes due d after the one before waits for what is left of that one's time: of the wait and
        // service
        // of the one before, less the interval.
        long wait = 0;
        long waits = 0;
        long sum = 0;
        int delayed = 0;
        for (int k = 0; k < 128; k++) {
            long own = k == 0 ? first : k == 64 ? stall : service;
            delayed += wait > 0 ? 1 : 0;
            waits += wait;
            sum += wait + own;
            wait = Math.max(0, wait + own - interval);
        }
        assertThat(open.sumPs()).isEqualTo(sum);
        assertThat(behindPs(result, "vload")).isEqualTo(waits);
        assertThat(delayed).isGreaterThan(10);
        // what a closed loop's 90th percentile does not show
        int slow = 0;
        for (int step = 0; step < closed.steps(); step++) {
            slow = closed.stepUpToPs(step) <= interval ? slow : slow + 1;
        }
        assertThat(slow).as("slow loads of the closed loop").isEqualTo(2);
    }

    @Test
    void interruptThatIsOverBeforeAnInstructionComesDue_doesNotDelayIt() {
        long service = latency(nops(1, ""), "nop").maxPs().orElseThrow();
        // The other thread takes a page away after 50 us, and has the first one's idle CPU flush its TLB for it.
        RunResult result = RunRig.run("""
                {"name": "test", "processes": [{"name": "p",
                  "regions": [{"name": "r", "size": "8 KiB"}, {"name": "s", "size": "4 KiB"}],
                  "threads": [
                    {"name": "t", "context": {"cbrs": 8, "dsr": "8 KiB"}, "program": [
                      {"op": "vload", "region": "r"}, {"op": "nop", "count": 1%s}]},
                    {"name": "u", "context": {"cbrs": 2, "dsr": "1 KiB"}, "program": [
                      {"op": "touch", "region": "s", "length": "4 KiB"}, {"op": "think", "time": "50 us"},
                      {"op": "munmap", "region": "s"}]}]}]}
                """.formatted(fixed(100_000_000)));
        assertThat(result.latency()).containsKey("shootdown");
        assertThat(behindPs(result, "nop")).isZero();
        assertThat(latency(result, "nop").maxPs()).hasValue(service);
    }

    @ParameterizedTest
    @CsvSource({"poisson, 1.0", "uniform, 0.577"})
    void gaps_haveTheMeanAskedFor(String spacing, double deviation) {
        RunResult result =
                nops(4000, ", \"arrivals\": {\"rate\": \"1000000/s\", \"spacing\": \"%s\"}".formatted(spacing));
        double mean = result.simulatedPs() / 4000.0;
        // four deviations of the mean of 4,000 gaps, and what comes before and after them
        assertThat(mean).isBetween(1e6 * (1 - 4 * deviation / 63), 1e6 * (1 + 4 * deviation / 63) + 20_000);
    }

    @Test
    void gaps_areThoseOfTheSeed_whateverTheAddresses() {
        String poisson = ", \"arrivals\": {\"rate\": \"100000/s\"}";
        RunResult sequential = loads(poisson);
        RunResult uniform = loads(poisson + ", \"pattern\": {\"kind\": \"uniform\"}");
        assertThat(uniform.eventHash()).isNotEqualTo(sequential.eventHash());
        // the last load comes due at the same time in both and takes the same time
        assertThat(uniform.simulatedPs()).isEqualTo(sequential.simulatedPs());
    }

    @Test
    void think_contradictsArrivals() {
        assertThatThrownBy(() -> nops(1, ", \"think\": \"1 us\"" + fixed(1_000_000)))
                .isInstanceOf(SpecException.class)
                .hasMessageEndingWith("program[1].think: contradicts arrivals: the thread does not compute between"
                        + " instructions or messages that come due; accepted: 0 ns, or no arrivals");
    }
}
