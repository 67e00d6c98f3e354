package grusim.result.chart;

import grusim.result.AttributionShares;
import grusim.result.Replications;
import java.util.List;
import java.util.function.Function;

/**
 * The designs whose charts stand beside each other: what is shown, in which colour and up to which value is decided by
 * all of them together. A run alone is its only design.
 *
 * @param all at least one, in the order in which they stand
 * @param pooled the runs of all of them
 */
record Designs(List<Replications> all, Replications pooled) {
    Designs(List<Replications> all) {
        this(List.copyOf(all), pool(all));
    }

    static Designs of(Replications only) {
        return new Designs(List.of(only));
    }

    private static Replications pool(List<Replications> all) {
        return all.size() == 1
                ? all.get(0)
                : new Replications(
                        all.stream().flatMap(runs -> runs.runs().stream()).toList());
    }

    /** Time of all designs together; of those first ones that know the same reasons, as versions may differ in them. */
    AttributionShares time(Function<Replications, AttributionShares> view) {
        AttributionShares sum = AttributionShares.NONE;
        for (Replications runs : all) {
            AttributionShares own = view.apply(runs);
            sum = sum.kinds().isEmpty() || sum.reasons().equals(own.reasons()) ? sum.plus(own) : sum;
        }
        return sum;
    }
}
