package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RandomStreamTest {
    private static Engine engine(long seed) {
        return Engine.timed(new SequentialMemory(), seed);
    }

    private static long[] draws(RandomStream stream) {
        return LongStream.generate(stream::nextLong).limit(20).toArray();
    }

    @Test
    void values_arePinned() {
        // xoshiro256++ by its definition, seeded as documented: SplitMix64 of the hash of (master seed, name).
        RandomStream stream = engine(1).stream("tlb");
        long[] state = new long[4];
        long seed = Hash.of(1, "tlb");
        for (int i = 0; i < 4; i++) {
            state[i] = Hash.finish(seed + (i + 1) * 0x9e3779b97f4a7c15L);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(stream.nextLong()).isEqualTo(xoshiro256PlusPlus(state));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, tlb, -765773411414076731", "1, reclaim, -707686409841958322", "2, tlb, -1344455622292810900"})
    void firstValue_isPinned(long seed, String name, long first) {
        assertThat(engine(seed).stream(name).nextLong()).isEqualTo(first);
    }

    private static long xoshiro256PlusPlus(long[] s) {
        long result = Long.rotateLeft(s[0] + s[3], 23) + s[0];
        long t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = Long.rotateLeft(s[3], 45);
        return result;
    }

    @Test
    void addedComponents_changeNobodyElsesNumbers() {
        Engine alone = engine(7);
        long[] before = draws(alone.stream("victim"));
        Engine crowded = engine(7);
        crowded.stream("another").nextLong();
        new Agent(crowded, "victim"); // an agent of the same name has numbers of its own
        RandomStream victim = crowded.stream("victim");
        crowded.stream("zebra").nextLong();
        crowded.choose(crowded.agents().get(0), 5);
        assertThat(draws(victim)).isEqualTo(before);
    }

    @Test
    void name_isTakenOnce() {
        Engine engine = engine(7);
        engine.stream("tlb");
        assertThatThrownBy(() -> engine.stream("tlb"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tlb");
    }

    @Test
    void draw_isRefusedWhenExploring() {
        RandomStream stream = Engine.exploring(new SequentialMemory()).stream("tlb");
        assertThatThrownBy(() -> stream.below(4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tlb");
    }

    @Test
    void exponential_hasItsMean() {
        RandomStream stream = engine(3).stream("arrivals");
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            long drawn = stream.exponentialPs(1_000_000);
            assertThat(drawn).isPositive();
            sum += drawn;
        }
        // The standard error of the mean of 100,000 draws is 0.32%.
        assertThat(sum / 100_000).isCloseTo(1_000_000, within(10_000.0));
    }

    @Test
    void state_carriesTheHalfUsedWord() {
        RandomStream used = engine(3).stream("x");
        used.below(10); // keeps the other half of a 64-bit word for the next call
        RandomStream fresh = engine(3).stream("y");
        StateContract.assertRoundTrip(used, fresh, true);
        for (int i = 0; i < 5; i++) {
            assertThat(fresh.below(1_000_000)).isEqualTo(used.below(1_000_000));
        }
    }
}
