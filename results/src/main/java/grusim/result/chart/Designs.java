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
 */
record Designs(List<Replications> all) {
    Designs {
        all = List.copyOf(all);
    }

    static Designs of(Replications only) {
        return new Designs(List.of(only));
    }

    /** The runs of all designs. */
    Replications pooled() {
        return new Replications(
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
