package grusim.result.stat;

import java.util.OptionalInt;

/**
 * Where a run has forgotten how it began: MSER-5 (White, Cobb and Spratt 2000). Observations are averaged by five, and
 * the cut is where the rest has the smallest squared standard error. Right when a beginning differs from what follows;
 * a run that drifts all the time has no such place.
 */
public final class WarmUp {
    private static final int GROUP = 5;
    private static final int LEAST_LEFT = 5;

    private WarmUp() {}

    /**
     * How many of the first observations to leave out: zero if the beginning is like the rest.
     *
     * @param observations at equal distances over the whole run
     * @return absent if the best cut lies in the second half, so that the run is too short to tell, or if there are fewer
     *     than fifty observations
     */
    public static OptionalInt mser5(double[] observations) {
        int groups = observations.length / GROUP;
        if (groups < 2 * LEAST_LEFT) {
            return OptionalInt.empty();
        }
        double mean = 0;
        double squares = 0;
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int cut = groups - 1; cut >= 0; cut--) {
            int left = groups - cut;
            double group = average(observations, cut);
            double before = group - mean;
            mean += before / left;
            squares += before * (group - mean);
            double error = squares / left / left;
            if (left >= LEAST_LEFT && error <= least) {
                least = error;
                best = cut;
            }
        }
        return best > groups / 2 ? OptionalInt.empty() : OptionalInt.of(best * GROUP);
    }

    private static double average(double[] observations, int group) {
        double sum = 0;
        for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
            sum += observations[i];
        }
        return sum / GROUP;
    }
}
