package grusim.result.chart;

import grusim.result.compare.Comparison;
import grusim.result.compare.Difference;
import grusim.result.compare.Outcome;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The figures that designs are judged by whose relative change is known with an interval, in the order of the results. */
record KnownChanges(Comparison comparison, List<Difference> all) {
    static KnownChanges of(Comparison comparison) {
        return new KnownChanges(
                comparison,
                comparison.headline().stream()
                        .filter(d -> d.change() != null && d.relative() instanceof Interval.Known)
                        .toList());
    }

    /** At most that many: the largest changes, in the order of the results. */
    List<Difference> largest(int most) {
        return largest(all, most);
    }

    private static List<Difference> largest(List<Difference> of, int most) {
        if (of.size() <= most) {
            return of;
        }
        Set<Difference> largest = new HashSet<>(of.stream()
                .sorted(Comparator.comparing(KnownChanges::size).reversed())
                .limit(most)
                .toList());
        return of.stream().filter(largest::contains).toList();
    }

    private static BigDecimal size(Difference difference) {
        BigDecimal change = difference.change();
        return change == null ? BigDecimal.ZERO : change.abs();
    }

    /** How many figures changed beyond chance, and which one most. */
    String says() {
        if (all.isEmpty()) {
            return "There is no figure whose change is known with an interval.";
        }
        String of = "Of " + all.size() + (all.size() == 1 ? " figure " : " figures ");
        List<Difference> changed = all.stream()
                .filter(difference -> difference.outcome().changed())
                .toList();
        if (changed.isEmpty()) {
            return of + "none changes beyond chance from A to B.";
        }
        long lower = changed.stream()
                .filter(difference -> difference.outcome() == Outcome.LOWER)
                .count();
        Difference most = largest(changed, 1).get(0);
        return of + lower + (lower == 1 ? " is" : " are") + " lower in B beyond chance and " + (changed.size() - lower)
                + " higher; most changed is " + most.subject() + ": " + comparison.words(most) + ".";
    }
}
