package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CycleTest {
    @ParameterizedTest
    @ValueSource(
            ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 18, 25, 30, 49, 60, 64, 97, 100, 210, 512, 1000, 4096, 30030})
    void next_visitsEveryNumberOnce(int n) {
        for (long seed = 0; seed < 5; seed++) {
            Cycle cycle = new Cycle(n, seed);
            BitSet seen = new BitSet(n);
            long at = 0;
            for (int i = 0; i < n; i++) {
                assertThat(at).isBetween(0L, n - 1L);
                seen.set((int) at);
                at = cycle.next(at);
            }
            assertThat(seen.cardinality()).as("n %d seed %d", n, seed).isEqualTo(n);
            assertThat(at).as("back at the start").isZero();
        }
    }

    @Test
    void threeNumbers_haveOnlyTheTwoCyclesOfStepOneAndTwo() {
        // 3 is prime: the multiplier is 1, the increment 1 or 2
        for (long seed = 0; seed < 20; seed++) {
            Cycle cycle = new Cycle(3, seed);
            long step = cycle.next(0);
            assertThat(step).isIn(1L, 2L);
            assertThat(cycle.next(1)).isEqualTo((1 + step) % 3);
            assertThat(cycle.next(2)).isEqualTo((2 + step) % 3);
        }
    }

    @Test
    void seeds_giveDifferentCycles() {
        assertThat(new Cycle(4096, 1).next(0)).isNotEqualTo(new Cycle(4096, 2).next(0));
    }

    @Test
    void hugeCycle_doesNotOverflow() {
        long n = 1L << 44;
        Cycle cycle = new Cycle(n, 9);
        long c = cycle.next(0);
        long at = n - 1;
        long multiplier = (cycle.next(1) - c + n) % n;
        assertThat(cycle.next(at))
                .isEqualTo(java.math.BigInteger.valueOf(multiplier)
                        .multiply(java.math.BigInteger.valueOf(at))
                        .add(java.math.BigInteger.valueOf(c))
                        .mod(java.math.BigInteger.valueOf(n))
                        .longValue());
    }
}
