package grusim.result.compare;

/**
 * How uncertain the estimates of two designs are: the variances of both estimates and their covariance, so that the
 * variance of {@code b - ratio * a} follows for any ratio. Immutable.
 */
record Spread(double ofA, double ofB, double together) {
    /** The standard error of {@code b - ratio * a}. */
    double error(double ratio) {
        return StrictMath.sqrt(Math.max(0, ofB - 2 * ratio * together + ratio * ratio * ofA));
    }
}
