package grusim.result.stat;

import grusim.result.Metric;
import grusim.result.Metrics;
import grusim.result.Replications;
import java.util.List;
import java.util.Optional;

/** Every number of a result as a figure, in the order of {@code result.json}. */
public final class Figures {
    private static final Interval ONE_RUN = new Interval.None("counted exactly in one run");

    private Figures() {}

    /** All figures of some replications. */
    public static List<Figure> of(Replications replications) {
        return Metrics.of(replications.first()).stream().map(Figures::exact).toList();
    }

    /** The figure at a path, if there is one. */
    public static Optional<Figure> find(Replications replications, String path) {
        return of(replications).stream().filter(f -> f.path().equals(path)).findFirst();
    }

    private static Figure exact(Metric metric) {
        return new Figure(metric.name(), metric.statistic(), metric.value(), metric.unit(), 1, ONE_RUN);
    }
}
