package grusim.result.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Correction for many tests at once (Holm 1979): with the adjusted probabilities, the chance that any true hypothesis
 * is refused at a level is at most that level, however the tests depend on each other.
 */
final class Holm {
    private Holm() {}

    /** Adjusted probabilities, in the order of those given: the i-th smallest of n, times n - i, never falling. */
    static List<Double> adjust(List<Double> probabilities) {
        int n = probabilities.size();
        List<Integer> rising = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rising.add(i);
        }
        rising.sort(Comparator.comparing(probabilities::get));
        List<Double> adjusted = new ArrayList<>(probabilities);
        double most = 0;
        for (int rank = 0; rank < n; rank++) {
            int at = rising.get(rank);
            most = Math.max(most, Math.min(1, probabilities.get(at) * (n - rank)));
            adjusted.set(at, most);
        }
        return adjusted;
    }
}
