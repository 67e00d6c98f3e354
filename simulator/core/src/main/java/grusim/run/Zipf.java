package grusim.run;

import grusim.engine.RandomStream;

/**
 * Draws ranks 0 to n - 1 with probability proportional to (rank + 1)^-s, by rejection-inversion (Hormann and Derflinger,
 * ACM TOMACS 6, 1996). Uses StrictMath, so the numbers are the same on every machine.
 */
final class Zipf {
    private final long n;
    private final double exponent;
    private final double first;
    private final double last;

    Zipf(long n, double exponent) {
        this.n = n;
        this.exponent = exponent;
        this.first = integral(1.5) - 1;
        this.last = integral(n + 0.5);
    }

    long draw(RandomStream random) {
        while (true) {
            double u = last + (random.nextLong() >>> 11) * 0x1p-53 * (first - last);
            double x = inverse(u);
            long k = Math.min(n, Math.max(1, (long) (x + 0.5)));
            if (u >= integral(k + 0.5) - StrictMath.pow((double) k, -exponent)) {
                return k - 1;
            }
        }
    }

    /** The integral of x^-s, up to a constant that {@link #inverse} undoes. */
    private double integral(double x) {
        double log = StrictMath.log(x);
        return log * expRatio((1 - exponent) * log);
    }

    private double inverse(double y) {
        double t = Math.max(-1, y * (1 - exponent));
        return StrictMath.exp(logRatio(t) * y);
    }

    /** (e^x - 1) / x, also near zero. */
    private static double expRatio(double x) {
        return Math.abs(x) > 1e-8 ? StrictMath.expm1(x) / x : 1 + x / 2;
    }

    /** ln(1 + x) / x, also near zero. */
    private static double logRatio(double x) {
        return Math.abs(x) > 1e-8 ? StrictMath.log1p(x) / x : 1 - x / 2;
    }
}
