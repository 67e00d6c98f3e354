package grusim.tester;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a plan that fails small: leaves out whole threads, then ever shorter runs of deeds, while it still fails. */
final class Shrinker {
    private final Predicate<Plan> fails;
    private int runs;
    private Plan best;

    private Shrinker(Plan plan, int runs, Predicate<Plan> fails) {
        this.best = plan;
        this.runs = runs;
        this.fails = fails;
    }

    /** The smallest plan found in so many runs that fails as the given one does. */
    static Plan shrink(Plan plan, int runs, Predicate<Plan> fails) {
        Shrinker shrinker = new Shrinker(plan, runs, fails);
        int before;
        do {
            before = shrinker.best.size();
            shrinker.pass();
        } while (shrinker.best.size() < before && shrinker.runs > 0);
        return shrinker.best;
    }

    private void pass() {
        for (int thread = 0; thread < best.deeds().size(); thread++) {
            int whole = best.deeds().get(thread).size();
            for (int length = whole; length > 0; length /= 2) {
                for (int from = 0; from < best.deeds().get(thread).size(); ) {
                    if (!without(thread, from, length)) {
                        from += length;
                    }
                }
            }
        }
    }

    /** Leaves out deeds of a thread if the plan fails without them too. */
    private boolean without(int thread, int from, int length) {
        if (runs <= 0) {
            return false;
        }
        runs--;
        List<List<Deed>> deeds = new ArrayList<>(best.deeds());
        List<Deed> less = new ArrayList<>(deeds.get(thread));
        less.subList(from, Math.min(less.size(), from + length)).clear();
        deeds.set(thread, less);
        Plan candidate = best.withDeeds(deeds);
        boolean failed = fails.test(candidate);
        best = failed ? candidate : best;
        return failed;
    }
}
