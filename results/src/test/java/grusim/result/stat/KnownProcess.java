package grusim.result.stat;

import grusim.result.LatencyDistribution;
import grusim.result.LatencyHistogram;
import java.util.SplittableRandom;

/** Sequences of samples whose true mean and percentiles are known. */
enum KnownProcess {
    /** Independent samples, exponential with mean 1 us. */
    INDEPENDENT {
        @Override
        void fill(SplittableRandom random, int samples, LatencyHistogram into) {
            for (int i = 0; i < samples; i++) {
                into.record(Math.round(1e6 * exponential(random)));
            }
        }

        @Override
        double meanPs() {
            return 1e6;
        }

        @Override
        double percentilePs(double share) {
            return -1e6 * StrictMath.log(1 - share);
        }
    },
    /** Each sample 0.9 of the one before and a new normal part, around 1 us, spread 0.1 us. */
    AUTOREGRESSIVE {
        @Override
        void fill(SplittableRandom random, int samples, LatencyHistogram into) {
            double state = normal(random);
            for (int i = 0; i < samples; i++) {
                into.record(Math.max(0, Math.round(1e6 + 1e5 * state)));
                state = CARRY * state + Math.sqrt(1 - CARRY * CARRY) * normal(random);
            }
        }

        @Override
        double meanPs() {
            return 1e6;
        }

        @Override
        double percentilePs(double share) {
            double quantile = StudentT.normalQuantile(2 * share - 1);
            return 1e6 + 1e5 * quantile;
        }
    },
    /** Time in a queue with one server, half of the time busy, services of 1 us in the mean; starts in the steady state. */
    QUEUE {
        @Override
        void fill(SplittableRandom random, int samples, LatencyHistogram into) {
            double inSystem = exponential(random) / (1 - LOAD);
            for (int i = 0; i < samples; i++) {
                into.record(Math.round(1e6 * inSystem));
                double gap = exponential(random) / LOAD;
                inSystem = Math.max(0, inSystem - gap) + exponential(random);
            }
        }

        @Override
        double meanPs() {
            return 1e6 / (1 - LOAD);
        }

        @Override
        double percentilePs(double share) {
            return -meanPs() * StrictMath.log(1 - share);
        }
    },
    /** Independent, evenly around 0.5 us, but 4% of them misses that take 5 us more, and 2 us in the mean on top. */
    MISSES {
        @Override
        void fill(SplittableRandom random, int samples, LatencyHistogram into) {
            for (int i = 0; i < samples; i++) {
                double hit = 4e5 + 2e5 * random.nextDouble();
                boolean missed = random.nextDouble() < MISSED;
                into.record(Math.round(missed ? 5.6e6 + 2e6 * exponential(random) : hit));
            }
        }

        @Override
        double meanPs() {
            return (1 - MISSED) * 5e5 + MISSED * 7.6e6;
        }

        @Override
        double percentilePs(double share) {
            return share < 1 - MISSED
                    ? 4e5 + 2e5 * share / (1 - MISSED)
                    : 5.6e6 - 2e6 * StrictMath.log((1 - share) / MISSED);
        }
    };

    private static final double CARRY = 0.9;
    private static final double LOAD = 0.5;
    private static final double MISSED = 0.04;

    abstract void fill(SplittableRandom random, int samples, LatencyHistogram into);

    abstract double meanPs();

    abstract double percentilePs(double share);

    LatencyDistribution run(long seed, int samples) {
        LatencyHistogram histogram = new LatencyHistogram();
        fill(new SplittableRandom(seed * 7919), samples, histogram);
        return histogram.distribution();
    }

    private static double exponential(SplittableRandom random) {
        return -StrictMath.log(1 - random.nextDouble());
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(2 * exponential(random)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
