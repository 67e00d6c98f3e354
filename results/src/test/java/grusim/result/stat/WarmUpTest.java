package grusim.result.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WarmUpTest {
    @Test
    void mser5_cutsWhereTheBeginningEnds() {
        // Groups of five: 40, 20, then 2, 0, 2, 0 ... With both cut, 18 groups spread by 1: 18 / 18^2 = 0.056. With one
        // cut, 20 is 18 away from the mean of 1.95: about (18 + 18.1^2 x 18 / 19) / 19^2 = 0.92. With three, 17 groups
        // of spread 0.997: 0.059.
        double[] groups = new double[20];
        for (int i = 0; i < 20; i++) {
            groups[i] = i == 0 ? 40 : i == 1 ? 20 : i % 2 == 0 ? 2 : 0;
        }
        assertThat(WarmUp.mser5(spread(groups))).hasValue(10);
    }

    @Test
    void mser5_leavesASteadyRunWhole() {
        double[] groups = IntStream.range(0, 20).mapToDouble(i -> i % 2).toArray();
        assertThat(WarmUp.mser5(spread(groups))).hasValue(0);
        double[] equal = new double[100];
        Arrays.fill(equal, 3);
        assertThat(WarmUp.mser5(equal)).hasValue(0);
    }

    @Test
    void mser5_doesNotKnowTooShortRuns() {
        assertThat(WarmUp.mser5(new double[49])).isEmpty();
        // A step three quarters on: the rest after it is the steadiest.
        double[] late =
                IntStream.range(0, 200).mapToDouble(i -> i < 150 ? i % 7 : 100).toArray();
        assertThat(WarmUp.mser5(late)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mser5_findsWhereADecayDrownsInNoise(long seed) {
        // 5 exp(-t / 40) is below a tenth of the noise from t = 156 on, and above it half of the noise before t = 92.
        SplittableRandom random = new SplittableRandom(seed);
        double[] decay = IntStream.range(0, 2000)
                .mapToDouble(t -> 5 * StrictMath.exp(-t / 40.0) + random.nextDouble() * 2 - 1)
                .toArray();
        assertThat(WarmUp.mser5(decay).orElseThrow()).as("seed %d", seed).isBetween(70, 400);
    }

    /** Five observations for each group, around its value. */
    private static double[] spread(double[] groups) {
        return IntStream.range(0, groups.length * 5)
                .mapToDouble(i -> groups[i / 5] + (i % 5 - 2))
                .toArray();
    }
}
