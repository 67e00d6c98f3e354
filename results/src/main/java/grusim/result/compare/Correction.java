package grusim.result.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How tests of many figures at once are kept from finding differences that are not there. Each correction has one
 * probability from which on a figure of the family differs; an interval at one minus that excludes zero exactly where a
 * difference is found.
 */
public enum Correction {
    /**
     * Of the differences found at most a given share is false on average (Benjamini and Hochberg 1995), for tests that
     * are independent or rise and fall together. Intervals of the figures found miss as rarely (false coverage rate,
     * Benjamini and Yekutieli 2005).
     */
    FDR("fdr") {
        @Override
        double threshold(List<Double> rising, double significance) {
            int found = 0;
            for (int i = 1; i <= rising.size(); i++) {
                found = rising.get(i - 1) <= i * significance / rising.size() ? i : found;
            }
            return Math.max(found, 1) * significance / Math.max(rising.size(), 1);
        }

        @Override
        double factor(int rank, int figures) {
            return (double) figures / (rank + 1);
        }
    },
    /** The chance that any difference found is false is at most the given one, however tests depend (Holm 1979). */
    HOLM("holm") {
        @Override
        double threshold(List<Double> rising, double significance) {
            int figures = rising.size();
            int found = 0;
            while (found < figures && rising.get(found) <= significance / (figures - found)) {
                found++;
            }
            return significance / Math.max(figures - Math.max(found, 1) + 1, 1);
        }

        @Override
        double factor(int rank, int figures) {
            return (double) figures - rank;
        }
    },
    /** Each figure as if it were the only one. */
    NONE("none") {
        @Override
        double threshold(List<Double> rising, double significance) {
            return significance;
        }

        @Override
        double factor(int rank, int figures) {
            return 1;
        }
    };

    private final String text;

    Correction(String text) {
        this.text = text;
    }

    /** The correction's name in options and files. */
    public String text() {
        return text;
    }

    /**
     * The correction of a name.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Correction named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + "; accepted: "
                        + Arrays.stream(values()).map(Correction::text).collect(Collectors.joining(", "))));
    }

    /** The probability up to which figures differ: none of those given lies between the last found and it. */
    abstract double threshold(List<Double> rising, double significance);

    /** By what the probability of a rank, the smallest being 0, is multiplied to be held against the significance. */
    abstract double factor(int rank, int figures);

    /** Probabilities, in the order of those given, that are at most the significance exactly where a figure differs. */
    List<Double> adjust(List<Double> probabilities) {
        int figures = probabilities.size();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < figures; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(probabilities::get));
        // Holm steps down: no probability is below one of a lower rank; Benjamini and Hochberg step up: none is above
        boolean down = this == HOLM;
        List<Double> adjusted = new ArrayList<>(probabilities);
        double last = down ? 0 : 1;
        for (int i = 0; i < figures; i++) {
            int rank = down ? i : figures - 1 - i;
            double each = Math.min(1, probabilities.get(order.get(rank)) * factor(rank, figures));
            last = down ? Math.max(last, each) : Math.min(last, each);
            adjusted.set(order.get(rank), last);
        }
        return Collections.unmodifiableList(adjusted);
    }
}
