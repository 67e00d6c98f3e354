package grusim.result.compare;

import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Differences in words. */
final class Words {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** From this change on, factors read better than percent. */
    private static final BigDecimal MANY = BigDecimal.valueOf(2);

    /** No figure is below zero, so none is lower by more. */
    private static final BigDecimal ALL_OF_IT = BigDecimal.valueOf(-1);

    private Words() {}

    /** The figure as people call it: {@code throughput}, {@code dropin.interrupt p99}, {@code driver.tlb_dropin}. */
    static String subject(String name, String statistic) {
        if (name.equals(Comparing.THROUGHPUT)) {
            return "throughput";
        }
        String bare = name.replaceFirst("^(latency|counters)\\.", "");
        return statistic.equals("value") ? bare : bare + " " + statistic(statistic);
    }

    /** The statistic as people call it: {@code mean}, {@code p99.9}. */
    static String statistic(String statistic) {
        String bare = statistic.replaceFirst("Ns$", "");
        return bare.replaceFirst("^p(\\d\\d)(\\d+)$", "p$1.$2");
    }

    static String outcome(Difference d, Terms terms) {
        String within = "within " + percent(terms.margin(), 2);
        return switch (d.outcome()) {
            case IDENTICAL -> "the same in every run";
            case NO_CHANGE -> "no detectable change " + within;
            case LOWER, HIGHER -> changed(d, terms, within);
            case UNDECIDED -> "undecided: " + between(d.absolute(), d.relative(), d.unit());
            case CANNOT_SAY -> "cannot say: " + (d.absolute() instanceof Interval.None none ? none.reason() : "");
        };
    }

    private static String changed(Difference d, Terms terms, String within) {
        return size(d.absolute(), d.relative(), d.unit()) + (d.within(terms.margin()) ? " (" + within + ")" : "");
    }

    /** The change by an interval that no other figure widens: {@code 3 to 5% higher}. */
    static String alone(Difference d) {
        Interval absolute = d.alone().absolute();
        Interval relative = d.alone().relative();
        boolean beyond = absolute instanceof Interval.Known known
                && (known.low().signum() > 0 || known.high().signum() < 0);
        return beyond ? size(absolute, relative, d.unit()) : between(absolute, relative, d.unit());
    }

    /** How large a detected change is: {@code 12 to 15% lower}, {@code 4.1 to 4.3 times as high}. */
    private static String size(Interval absolute, Interval relative, String unit) {
        boolean lower = absolute instanceof Interval.Known known && known.high().signum() < 0;
        String way = (lower ? Outcome.LOWER : Outcome.HIGHER).text();
        if (relative instanceof Interval.Known known) {
            BigDecimal least = lower ? known.high().negate() : known.low();
            BigDecimal most = lower ? known.low().max(ALL_OF_IT).negate() : known.high();
            return least.compareTo(MANY) >= 0
                    ? times(least, most)
                    : percents(least.max(BigDecimal.ZERO), most) + " " + way;
        }
        if (absolute instanceof Interval.Known known) {
            BigDecimal least = lower ? known.high().negate() : known.low();
            BigDecimal most = lower ? known.low().negate() : known.high();
            return quantity(least.max(BigDecimal.ZERO)) + " to " + quantity(most) + " " + unit + " " + way;
        }
        return way;
    }

    private static String times(BigDecimal least, BigDecimal most) {
        String low = significant(least.add(BigDecimal.ONE), 3);
        String high = significant(most.add(BigDecimal.ONE), 3);
        return (low.equals(high) ? low : low + " to " + high) + " times as high";
    }

    private static String percents(BigDecimal least, BigDecimal most) {
        int decimals = decimals(most.subtract(least));
        while (least.signum() > 0
                && decimals < 3
                && least.multiply(HUNDRED)
                                .setScale(decimals, RoundingMode.HALF_UP)
                                .signum()
                        == 0) {
            decimals++;
        }
        String low = decimal(least.multiply(HUNDRED), decimals);
        String high = decimal(most.multiply(HUNDRED), decimals);
        return low.equals(high) ? high + "%" : low + " to " + high + "%";
    }

    private static String between(Interval absolute, Interval relative, String unit) {
        if (relative instanceof Interval.Known known) {
            int decimals = decimals(known.high().subtract(known.low()));
            return "between " + signed(known.low().max(ALL_OF_IT), decimals) + " and " + signed(known.high(), decimals);
        }
        if (absolute instanceof Interval.Known known) {
            return "between " + quantity(known.low()) + " and " + quantity(known.high()) + " " + unit + " more";
        }
        return "no interval";
    }

    private static String signed(BigDecimal change, int decimals) {
        String size = decimal(change.abs().multiply(HUNDRED), decimals) + "%";
        return size + (change.signum() < 0 ? " lower" : " higher");
    }

    /** Decimals of percent that tell the ends of a range apart without pretending more. */
    private static int decimals(BigDecimal width) {
        double percent = width.doubleValue() * 100;
        return percent >= 1 ? 0 : percent >= 0.1 ? 1 : percent >= 0.01 ? 2 : 3;
    }

    static String percent(BigDecimal fraction, int mostDecimals) {
        return decimal(fraction.multiply(HUNDRED), mostDecimals) + "%";
    }

    private static String decimal(BigDecimal value, int mostDecimals) {
        return strip(value.setScale(mostDecimals, RoundingMode.HALF_UP));
    }

    static String significant(double value) {
        return significant(BigDecimal.valueOf(value), 2);
    }

    private static String significant(BigDecimal value, int digits) {
        int whole = value.precision() - value.scale();
        return strip(value.setScale(Math.max(0, digits - Math.max(1, whole)), RoundingMode.HALF_UP));
    }

    private static String quantity(BigDecimal value) {
        return significant(value, 3);
    }

    private static String strip(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    static String method(Comparison comparison) {
        int runsA = comparison.a().count();
        int runsB = comparison.b().count();
        String runs = comparison.paired()
                ? runsA == 1
                        ? "One pair of runs with the same random numbers"
                        : runsA + " pairs of runs with the same random numbers"
                : runs(runsA) + " of A and " + runs(runsB) + " of B, independent of each other";
        String intervals = runsA > 1 && runsB > 1
                ? (comparison.paired() ? "Student's t" : "Welch's t")
                : "the intervals within the runs, taken as independent";
        return runs + "; A and B are of all runs together, counts and maxima means over the runs; intervals from "
                + intervals + "; \"" + Outcome.NO_CHANGE.text()
                + "\" where the whole interval lies within "
                + percent(comparison.terms().margin(), 2) + " of A.";
    }

    private static String runs(int count) {
        return count == 1 ? "one run" : count + " runs";
    }
}
