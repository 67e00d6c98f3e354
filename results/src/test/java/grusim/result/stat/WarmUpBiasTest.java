package grusim.result.stat;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyHistogram;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What MSER-5 takes away of a known beginning: the times in a queue with one server, busy half of the time with services
 * of 1 us in the mean, that begins with {@value #AHEAD} customers waiting instead of one in the mean. In the steady state
 * a customer stays for 2 us in the mean.
 */
final class WarmUpBiasTest {
    private static final int RUNS = 400;
    private static final int SAMPLES = 6000;
    private static final int AHEAD = 60;
    private static final double LOAD = 0.5;
    private static final double TRUTH_PS = 1e6 / (1 - LOAD);

    @Test
    void mser5_removesTheBiasOfAQueueThatBeginsFull() {
        double whole = 0;
        double rest = 0;
        for (int run = 1; run <= RUNS; run++) {
            double[] stays = stays(run, AHEAD);
            whole += mean(stays, 0) / RUNS;
            rest += mean(stays, cut(stays)) / RUNS;
        }
        // The queue shortens by one in each gap of 2 us between arrivals, so 60 customers see 60, 59, .. us too much:
        // 1,830 us in 6,000 stays are 0.305 us. The mean of 400 runs of 6,000 stays has a spread of about 0.006 us.
        assertThat(whole - TRUTH_PS).isBetween(0.27e6, 0.34e6);
        assertThat(rest - TRUTH_PS).as("at most a twentieth is left").isBetween(-0.016e6, 0.016e6);
    }

    @Test
    void intervals_ofWhatIsLeft_holdTheTruthInNineOfTenRuns_andThoseOfTheWholeInFewer() {
        int held = 0;
        int heldByWhole = 0;
        int known = 0;
        for (int run = 1; run <= RUNS; run++) {
            double[] stays = stays(run, AHEAD);
            Interval ofRest = interval(stays, cut(stays));
            known += ofRest instanceof Interval.Known ? 1 : 0;
            held += holds(ofRest) ? 1 : 0;
            heldByWhole += holds(interval(stays, 0)) ? 1 : 0;
        }
        assertThat(known).isGreaterThan(RUNS * 98 / 100);
        assertThat((double) held / known).isBetween(0.88, 0.97);
        assertThat((double) heldByWhole / RUNS).isLessThan(0.83);
    }

    @Test
    void cut_liesAroundTheEndOfTheBeginning() {
        int[] cuts = new int[RUNS];
        int[] steady = new int[RUNS];
        for (int run = 1; run <= RUNS; run++) {
            cuts[run - 1] = cut(stays(run, AHEAD));
            steady[run - 1] = cut(stays(run, 0));
        }
        Arrays.sort(cuts);
        Arrays.sort(steady);
        assertThat(cuts[RUNS / 2]).isBetween(45, 120);
        assertThat(steady[RUNS / 2]).isLessThan(45);
    }

    private static int cut(double[] stays) {
        return WarmUp.mser5(stays).orElse(0);
    }

    private static boolean holds(Interval interval) {
        return interval instanceof Interval.Known ends
                && ends.low().doubleValue() * 1000 <= TRUTH_PS
                && ends.high().doubleValue() * 1000 >= TRUTH_PS;
    }

    private static Interval interval(double[] stays, int from) {
        LatencyHistogram histogram = new LatencyHistogram();
        Arrays.stream(stays, from, stays.length).forEach(stay -> histogram.record(Math.round(stay)));
        return new LatencyFigures("stay", List.of(histogram.distribution()))
                .mean()
                .interval();
    }

    private static double mean(double[] stays, int from) {
        return Arrays.stream(stays, from, stays.length).average().orElseThrow();
    }

    /** The time of each customer in the queue, in picoseconds; the first finds so many others there, if any. */
    private static double[] stays(long seed, int ahead) {
        SplittableRandom random = new SplittableRandom(seed * 7919);
        double[] stays = new double[SAMPLES];
        double stay = 0;
        for (int i = 0; i < ahead; i++) {
            stay += exponential(random);
        }
        for (int i = 0; i < SAMPLES; i++) {
            stay += exponential(random);
            stays[i] = 1e6 * stay;
            stay = Math.max(0, stay - exponential(random) / LOAD);
        }
        return stays;
    }

    private static double exponential(SplittableRandom random) {
        return -StrictMath.log(1 - random.nextDouble());
    }
}
