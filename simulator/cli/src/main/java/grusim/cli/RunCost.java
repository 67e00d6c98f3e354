package grusim.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What something that can be left out costs a case: runs with it against runs without it, pair by pair. */
final class RunCost {
    private final String name;
    private final List<Timed> off = new ArrayList<>();
    private final List<Timed> on = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    RunCost(String name) {
        this.name = name;
    }

    /** Adds a pair of runs made one after the other. */
    void add(Timed without, Timed with) {
        off.add(without);
        on.add(with);
        ratios.add((double) with.cpuNanos() / without.cpuNanos());
        Collections.sort(ratios);
    }

    Timed fastestOff() {
        return fastest(off);
    }

    Timed fastestOn() {
        return fastest(on);
    }

    private static Timed fastest(List<Timed> runs) {
        Timed best = runs.get(0);
        for (Timed run : runs) {
            best = run.wallNanos() < best.wallNanos() ? run : best;
        }
        return best;
    }

    /** The line of a table: by how much processor time grows, in percent. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%-42s %+11.1f%% %+9.1f%% %+9.1f%%",
                name,
                percent((ratios.get((ratios.size() - 1) / 2) + ratios.get(ratios.size() / 2)) / 2),
                percent(ratios.get(0)),
                percent(ratios.get(ratios.size() - 1)));
    }

    private static double percent(double ratio) {
        return (ratio - 1) * 100;
    }
}
