package grusim.result.compare;

import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tests figures together: corrects for their number, and says what follows for each from its interval. */
final class Judging {
    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private final List<Estimated> figures;
    private final boolean headline;
    private final Terms terms;
    private final Family family;
    private final List<Double> corrected;

    /** Of figures that designs are judged by, or of others. */
    Judging(List<Estimated> figures, boolean headline, Terms terms) {
        this.figures = figures;
        this.headline = headline;
        this.terms = terms;
        List<Double> different = figures.stream()
                .map(Estimated::tested)
                .filter(Objects::nonNull)
                .map(Contrast::pDifferent)
                .toList();
        this.family = Family.of(terms.correction(), different, terms.significance());
        this.corrected = terms.correction().adjust(different);
    }

    Family family() {
        return family;
    }

    List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        int tested = 0;
        for (Estimated each : figures) {
            Contrast contrast = each.tested();
            differences.add(contrast == null ? untested(each) : tested(each, contrast, corrected.get(tested++)));
        }
        return differences;
    }

    private Difference tested(Estimated each, Contrast contrast, double pDifferent) {
        Alone together = intervals(each, contrast, 1 - family.threshold(), family.level());
        Alone alone = intervals(each, contrast, terms.level().doubleValue(), terms.level());
        Difference undecided = new Difference(
                each.metric().name(),
                each.metric().statistic(),
                each.metric().unit(),
                headline,
                each.a(),
                each.b(),
                rounded(contrast.b() - contrast.a()),
                together.absolute(),
                contrast.a() == 0 ? null : rounded(contrast.b() / contrast.a() - 1),
                together.relative(),
                rounded(pDifferent),
                alone,
                Outcome.UNDECIDED);
        return undecided.with(outcome(undecided));
    }

    /** What the interval says: without zero a difference, within the margin none. */
    private Outcome outcome(Difference d) {
        if (d.absolute() instanceof Interval.Known known) {
            if (known.high().signum() < 0) {
                return Outcome.LOWER;
            }
            if (known.low().signum() > 0) {
                return Outcome.HIGHER;
            }
        }
        return d.within(terms.margin()) ? Outcome.NO_CHANGE : Outcome.UNDECIDED;
    }

    private static Alone intervals(Estimated each, Contrast contrast, double level, BigDecimal inWords) {
        Contrast.Range absolute = contrast.difference(level);
        return new Alone(
                known(absolute.low(), absolute.high(), inWords, each),
                contrast.ratio(level)
                        .<Interval>map(ratio -> known(change(ratio.low()), change(ratio.high()), inWords, each))
                        .orElseGet(() -> new Interval.None("A cannot be told from zero")));
    }

    /** The change that a ratio is; no figure is negative, so none loses more than itself. */
    private static double change(double ratio) {
        return Math.max(-1, ratio - 1);
    }

    private static Interval.Known known(double low, double high, BigDecimal level, Estimated each) {
        return new Interval.Known(rounded(low), rounded(high), level, each.how(), each.samples());
    }

    private Difference untested(Estimated each) {
        BigDecimal inA = each.a();
        BigDecimal inB = each.b();
        BigDecimal difference = inA != null && inB != null ? inB.subtract(inA) : null;
        BigDecimal change =
                difference != null && inA != null && inA.signum() != 0 ? difference.divide(inA, DIGITS) : null;
        Interval none = new Interval.None(each.identical() ? "the same in every run" : each.how());
        return new Difference(
                each.metric().name(),
                each.metric().statistic(),
                each.metric().unit(),
                headline,
                inA,
                inB,
                difference,
                none,
                change,
                none,
                null,
                new Alone(none, none),
                each.identical() ? Outcome.IDENTICAL : Outcome.CANNOT_SAY);
    }

    private static BigDecimal rounded(double value) {
        return plain(new BigDecimal(value).round(DIGITS));
    }

    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
