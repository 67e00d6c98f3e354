package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import grusim.result.LatencyDistribution;
import grusim.result.LatencyHistogram;
import grusim.result.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JackknifeTest {
    private static LatencyDistribution of(long... ps) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (long each : ps) {
            histogram.record(each);
        }
        return histogram.distribution();
    }

    @Test
    void values_ofAMeanOverRunsAreTheRunsOwn() {
        // the mean of 1, 4, 7 is 4; without each run it is 5.5, 4, 2.5
        assertThat(Jackknife.values(4, new double[] {5.5, 4, 2.5})).containsExactly(1, 4, 7);
    }

    @Test
    void means_weighRunsByTheirSamples() {
        // sums 30, 60, 10 of 2, 3, 1 samples: without each run 70 / 4, 40 / 3, 90 / 5
        double[] means = Jackknife.means(List.of(of(10, 20), of(10, 20, 30), of(10)));
        assertThat(means[0]).isEqualTo(17.5);
        assertThat(means[1]).isCloseTo(40 / 3.0, within(1e-12));
        assertThat(means[2]).isEqualTo(18);
    }

    @Test
    void percentiles_areThoseOfTheOtherRunsTogetherToOneStep() {
        Random random = new Random(3);
        List<LatencyDistribution> runs = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            LatencyHistogram histogram = new LatencyHistogram();
            for (int i = 0; i < 500 + 300 * run; i++) {
                histogram.record(Math.round(1e6 * StrictMath.exp(0.5 * random.nextGaussian())));
            }
            runs.add(histogram.distribution());
        }
        LatencyDistribution all =
                runs.stream().reduce(LatencyDistribution::plus).orElseThrow();
        for (Percentile percentile : List.of(Percentile.P50, Percentile.P90, Percentile.P99)) {
            double[] without = Jackknife.percentiles(all, runs, percentile);
            for (int left = 0; left < 5; left++) {
                List<LatencyDistribution> others = new ArrayList<>(runs);
                others.remove(left);
                long direct = others.stream()
                        .reduce(LatencyDistribution::plus)
                        .orElseThrow()
                        .percentilePs(percentile)
                        .orElseThrow();
                assertThat(without[left]).isBetween(direct * 0.999, (double) direct);
            }
        }
    }
}
