package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.text.Quantity;

/** The faint line under a title: what to know for reading the chart, and which run this is. */
final class Context {
    private static final String DOT = "  ·  ";

    private Context() {}

    static String of(Replications runs, ChartSize size, String reading) {
        RunResult first = runs.first();
        String seeds = runs.count() == 1
                ? "seed " + first.seed()
                : Quantity.count(runs.count()) + " replications from seed " + first.seed();
        String which = House.fit(first.name(), House.SMALL, Math.min(260, size.width() * 0.6)) + ", " + seeds + ", "
                + Words.simulated(runs);
        return reading.isEmpty() ? which : reading + DOT + which;
    }
}
