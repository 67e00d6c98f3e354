package grusim.result.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
    @Test
    void interval_ofEvenGroups_isNearStudents() {
        // 1..30: mean 15.5, spread 8.80, error 1.607; Student's t(29) is 2.045.
        Clusters even = Clusters.ofValues(
                IntStream.rangeClosed(1, 30).mapToDouble(i -> i).toArray());
        Range range = Bootstrap.interval(even, 0.95, 1);
        assertThat(range.low()).isBetween(15.5 - 2.2 * 1.607, 15.5 - 1.9 * 1.607);
        assertThat(range.high()).isBetween(15.5 + 1.9 * 1.607, 15.5 + 2.2 * 1.607);
    }

    @Test
    void interval_reachesFurtherToTheSideOfTheFewLargeOnes() {
        double[] values = new double[20];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 18 ? 1 + i % 3 : 30;
        }
        Clusters clusters = Clusters.ofValues(values);
        assertThat(clusters.skewness()).isGreaterThan(1);
        Range range = Bootstrap.interval(clusters, 0.95, 1);
        double mean = clusters.ratio();
        assertThat(range.high() - mean).isGreaterThan(1.3 * (mean - range.low()));
        assertThat(range.low()).isGreaterThan(1);
    }

    @Test
    void interval_isTheSameForTheSameSeed() {
        Clusters clusters = Clusters.ofValues(exponential(3, 25));
        assertThat(Bootstrap.interval(clusters, 0.95, 9)).isEqualTo(Bootstrap.interval(clusters, 0.95, 9));
        assertThat(Bootstrap.interval(clusters, 0.95, 9)).isNotEqualTo(Bootstrap.interval(clusters, 0.95, 10));
    }

    @Test
    void interval_ofEqualGroups_isThatValue() {
        Range range = Bootstrap.interval(Clusters.ofValues(new double[] {4, 4, 4, 4}), 0.95, 1);
        assertThat(range).isEqualTo(new Range(4, 4));
    }

    @Test
    void interval_ofARareEvent_reachesToRatesThatWouldOftenShowNoMore() {
        // One event in ten runs, 0.1 each. At a rate of 0.3 one event or none is seen in exp(-3) x (1 + 3) = 20% of
        // cases, so
        // that rates up to there must not be ruled out; of the draws, 35% are below 0.1 and 39% equal to it.
        double[] events = new double[10];
        events[4] = 1;
        Range range = Bootstrap.interval(Clusters.ofValues(events), 0.95, 1);
        assertThat(range.low()).isBetween(0.0, 0.1);
        assertThat(range.high()).isGreaterThanOrEqualTo(0.4);
    }

    @Test
    void interval_ofLopsidedGroups_missesLessOftenAboveThanStudents() {
        // Groups that are single exponential values with mean 1; only those judged lopsided.
        int lopsided = 0;
        int held = 0;
        int above = 0;
        int aboveStudents = 0;
        for (int seed = 1; seed <= 3000; seed++) {
            Clusters clusters = Clusters.ofValues(exponential(seed, 25));
            if (clusters.skewness() > 1) {
                Range range = Bootstrap.interval(clusters, 0.95, seed);
                Range students = StudentT.interval(clusters, 0.95);
                lopsided++;
                held += range.low() <= 1 && range.high() >= 1 ? 1 : 0;
                above += range.high() < 1 ? 1 : 0;
                aboveStudents += students.high() < 1 ? 1 : 0;
            }
        }
        assertThat((double) held / lopsided).isBetween(0.935, 0.97);
        assertThat(above).isLessThan(aboveStudents);
    }

    private static double[] exponential(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToDouble(i -> -StrictMath.log(1 - random.nextDouble()))
                .toArray();
    }
}
