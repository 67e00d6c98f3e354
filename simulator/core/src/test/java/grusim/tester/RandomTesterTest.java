package grusim.tester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random programs of many threads on random small machines: every load, atomic operation, data segment and the final memory
 * must be as one shadow says, the contract must hold, and nobody may wait for ever.
 *
 * <p>A few seconds by default; {@code -Dtester.seconds=N} goes on for so long, {@code -Dtester.seed=N} begins with a seed and,
 * without seconds, runs only that.
 */
@Tag("validation")
final class RandomTesterTest {
    private static final int SEEDS = 60;
    private static final int PLANTED_SEEDS = 1500;
    private static final int DEEDS = 40;
    private static final int SHRINKING_RUNS = 200;

    @Test
    void everySeed_isAsTheShadowSays() {
        long first = Long.getLong("tester.seed", 1);
        long seconds = Long.getLong("tester.seconds", 0);
        long last = seconds > 0 ? Long.MAX_VALUE : System.getProperty("tester.seed") == null ? SEEDS : first;
        long endNanos = System.nanoTime() + seconds * 1_000_000_000L;
        for (long seed = first; seed <= last && (seconds == 0 || System.nanoTime() < endNanos); seed++) {
            Plan plan = PlanMaker.plan(seed, DEEDS, true);
            Optional<String> failure = Trial.failure(plan);
            if (failure.isPresent()) {
                Plan small = Shrinker.shrink(
                        plan, SHRINKING_RUNS, p -> Trial.failure(p).isPresent());
                fail("-Dtester.seed=%d fails: %s%nOf %d deeds these %d are enough, which fail %s:%n%s"
                        .formatted(
                                seed,
                                failure.get(),
                                plan.size(),
                                small.size(),
                                Trial.failure(small).orElse("no more"),
                                small.text()));
            }
        }
    }

    @Test
    void equalSeeds_runEqually() {
        Plan plan = PlanMaker.plan(5, DEEDS, true);
        assertThat(Trial.hash(plan)).isEqualTo(Trial.hash(PlanMaker.plan(5, DEEDS, true)));
        assertThat(Trial.hash(plan)).isNotEqualTo(Trial.hash(PlanMaker.plan(6, DEEDS, true)));
    }

    /** Bugs planted by knobs. Without the contract it is the loads, or the watchdog, that tell. */
    @ParameterizedTest
    @CsvSource({
        "gru.killBits=false, true, 'the contract is violated: point 1,'",
        "driver.contexts.unloadCommand=interrupt, true, 'the contract is violated: point 3,'",
        "gru.faultLocksContext=false, true, 'the contract is violated: point 3,'",
        "driver.rangeEnd=store-decrement, false, 'nothing has been done for ever'"
    })
    void plantedBug_isFoundAndMadeSmaller(String setting, boolean contract, String cause) {
        Predicate<Plan> fails = plan -> Trial.failure(plan).filter(says(cause)).isPresent();
        Plan found = LongStream.rangeClosed(1, PLANTED_SEEDS)
                .mapToObj(seed -> PlanMaker.plan(seed, DEEDS, contract, setting))
                .filter(fails)
                .findFirst()
                .orElseThrow(() -> new AssertionError(setting + " was not found"));
        Plan small = Shrinker.shrink(found, SHRINKING_RUNS, fails);
        assertThat(fails.test(small)).isTrue();
        assertThat(small.size()).isLessThan(found.size());
        assertThat(small.text()).startsWith("seed " + small.seed()).contains(setting, "control blocks");
        Plan unplanted = PlanMaker.plan(found.seed(), DEEDS, contract);
        assertThat(Trial.failure(unplanted)).as("without %s", setting).isEmpty();
    }

    private static Predicate<String> says(String cause) {
        return Pattern.compile(cause).asPredicate();
    }
}
