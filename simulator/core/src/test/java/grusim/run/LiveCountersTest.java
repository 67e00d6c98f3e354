package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.driver.DriverCounter;
import grusim.driver.McsOperation;
import grusim.result.McsTiming;
import grusim.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No counter of the driver's statistics and no command of its mcs statistics is dead: a spec makes it count here, or a
 * test of the driver asserts that it has counted.
 */
@Timeout(120)
final class LiveCountersTest {
    private static final Path SPECS = Path.of("..", "..", "workloads", "specs");
    private static final Path TESTS = Path.of("src", "test", "java", "grusim");

    /**
     * Threads of this model share no segment, so that no two allocate a state for the same one; queues lie in one piece, so
     * that no message leaves its page; the head is switched by who holds the half, and no spec is known in which somebody else has done it.
     */
    private static final Set<DriverCounter> NEVER = EnumSet.of(
            DriverCounter.GTS_DOUBLE_ALLOCATE,
            DriverCounter.MESQ_PAGE_OVERFLOW,
            DriverCounter.MESQ_NOOP_PAGE_OVERFLOW,
            DriverCounter.MESQ_QF_SWITCH_HEAD_FAILED);

    private static final List<RunResult> RESULTS = List.of(
            RunRig.run(RunRig.BUSY),
            RunRig.run(RunRig.BUSY, "kernel.memoryModel=relaxed"),
            RunRig.run(RunRig.BUSY, "kernel.era=2.6.28"),
            RunRig.run(SPECS.resolve("errors.json")),
            RunRig.run(SPECS.resolve("message-queue.json")),
            RunRig.run(
                    SPECS.resolve("message-queue.json"),
                    "gru.errors.inject=[{\"error\": \"amo-nack\", \"rate\": 0.1}, {\"error\": \"forced\", \"rate\": 0.01}]",
                    "run.startSpread=0 ns",
                    "run.until=20 ms"),
            RunRig.run(
                    SPECS.resolve("message-queue.json"),
                    "gru.errors.inject=[{\"error\": \"amo-nack\", \"rate\": 0.2}, {\"error\": \"put-nack\", \"rate\": 0.3}]",
                    "run.until=20 ms"));

    /** An assertion that a counter is not zero: {@code rig.count(NAME)).isOne()}, .isPositive(), .isEqualTo(3). */
    private static boolean asserted(String source, String name) {
        return Pattern.compile("\\b" + name + "\\)\\)\\s*(\\.as\\([^)]*\\)\\s*)?"
                        + "\\.(isOne|isPositive|isNotZero|isEqualTo\\((?!0)|isGreaterThan|isBetween\\([1-9])")
                .matcher(source)
                .find();
    }

    private static List<String> sources() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .sorted()
                    .map(LiveCountersTest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyCounter_counts() {
        Set<DriverCounter> dead = EnumSet.allOf(DriverCounter.class);
        RESULTS.forEach(result -> dead.removeIf(c -> result.counter("driver." + c.statistic()) > 0));
        for (String source : sources()) {
            dead.removeIf(counter ->
                    asserted(source, counter.name()) || asserted(source, "driver\\." + counter.statistic() + "\""));
        }
        dead.removeAll(NEVER);
        assertThat(dead).isEmpty();
    }

    @Test
    void everyCommandIsTimed_butTheOneThatNothingWaitsFor() {
        Set<McsOperation> dead = EnumSet.allOf(McsOperation.class);
        for (RunResult result : RESULTS) {
            for (McsTiming timing : result.mcs()) {
                if (timing.count() > 0) {
                    dead.remove(McsOperation.valueOf(timing.op().toUpperCase(Locale.ROOT)));
                }
            }
        }
        for (String source : sources()) {
            dead.removeIf(operation -> asserted(source, operation.name())
                    || Pattern.compile("assertTimed\\((McsOperation\\.)?" + operation + ", [1-9]")
                            .matcher(source)
                            .find());
        }
        assertThat(dead).containsExactly(McsOperation.TFH_WRITE_RESTART);
    }
}
