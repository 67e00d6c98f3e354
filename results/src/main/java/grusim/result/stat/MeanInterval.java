package grusim.result.stat;

import java.math.BigDecimal;
import java.util.function.DoubleFunction;

/**
 * The interval of a mean over groups: Student's, or by bootstrap where a few groups decide (skewness of the groups above
 * {@value #LOPSIDED}, at least {@value #ENOUGH} groups).
 */
public final class MeanInterval {
    private static final double LOPSIDED = 1;
    private static final int ENOUGH = 10;

    private MeanInterval() {}

    /**
     * The interval of the groups' ratio.
     *
     * @param words how the groups are called
     * @param figure the figure's name, from which the bootstrap's seed comes
     * @param print how an end becomes a number of the output
     */
    public static Interval of(Clusters clusters, String words, String figure, DoubleFunction<BigDecimal> print) {
        boolean lopsided = clusters.count() >= ENOUGH && Math.abs(clusters.skewness()) > LOPSIDED;
        Range range = lopsided
                ? Bootstrap.interval(clusters, Figures.LEVEL, figure.hashCode())
                : StudentT.interval(clusters, Figures.LEVEL);
        return new Interval.Known(
                print.apply(range.low()),
                print.apply(range.high()),
                Figures.LEVEL_DECIMAL,
                (lopsided ? "BCa bootstrap over " : "Student t over ") + words,
                clusters.count());
    }
}
