package grusim.run;

import grusim.result.Replications;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import grusim.workload.SpecException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Replications stop as soon as the ends of a figure's interval lie near enough to the figure. The rule looks at the
 * replications in order, so that it stops at the same one however many run at the same time.
 *
 * <p>Looking again after every replication stops a little too early now and then: the interval then holds the true value
 * somewhat more rarely than its level says, the more so the fewer replications there are.
 *
 * @param path the figure, for example {@code latency.dropin.interrupt.p99Ns}
 * @param within the largest distance of an end of its interval, as a part of the figure
 */
public record PrecisionRule(String path, BigDecimal within) {
    private static final int EXAMPLES = 4;

    /**
     * Whether the figure is known so well.
     *
     * @throws SpecException if no such figure is there
     */
    public boolean reached(Replications made) {
        Optional<BigDecimal> known = known(made);
        return known.isPresent() && known.get().compareTo(within) <= 0;
    }

    /**
     * How well the figure is known: the larger distance of an end of its interval, as a part of it; empty without an
     * interval.
     *
     * @throws SpecException if no such figure is there
     */
    public Optional<BigDecimal> known(Replications made) {
        Figure figure = Figures.find(made, path).orElseThrow(() -> unknown(made));
        BigDecimal value = figure.value();
        if (value == null || !(figure.interval() instanceof Interval.Known interval)) {
            return Optional.empty();
        }
        BigDecimal distance = value.subtract(interval.low())
                .abs()
                .max(interval.high().subtract(value).abs());
        if (distance.signum() == 0) {
            return Optional.of(BigDecimal.ZERO);
        }
        return value.signum() == 0
                ? Optional.empty()
                : Optional.of(distance.divide(value.abs(), MathContext.DECIMAL64));
    }

    /**
     * Refuses a figure that can never be known to some part.
     *
     * @throws SpecException if it is a maximum
     */
    static void refuseMaximum(String path) {
        if (path.endsWith(".maxNs") || path.endsWith(".maximumNs")) {
            throw new SpecException("run.precision.metric: " + path
                    + " grows with the number of samples and has no interval; accepted: a mean or a percentile, such as"
                    + " p999Ns");
        }
    }

    private SpecException unknown(Replications made) {
        String word = letters(path.substring(path.lastIndexOf('.') + 1));
        List<String> paths = Figures.of(made).stream().map(Figure::path).toList();
        List<String> near = paths.stream()
                .filter(p -> !word.isEmpty() && letters(p).contains(word))
                .limit(EXAMPLES)
                .toList();
        List<String> shown = near.isEmpty() ? paths.subList(0, Math.min(EXAMPLES, paths.size())) : near;
        return new SpecException("run.precision.metric: no figure of %s is called \"%s\"; accepted: metric.statistic of"
                        .formatted(made.first().name(), path)
                + " the figures, such as " + String.join(", ", shown));
    }

    private static String letters(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
