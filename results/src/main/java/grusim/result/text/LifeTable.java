package grusim.result.text;

import grusim.result.Waterfall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Waterfalls side by side: a row for each phase in the order of a life, and for each waterfall the mean of all cases and
 * that of its slowest hundredth. Each column adds up to its last row but for rounding; phases that take less than a
 * hundredth of every column are one row together.
 */
final class LifeTable {
    private static final int MOST_COLUMNS = 4;

    private LifeTable() {}

    /**
     * The {@value #MOST_COLUMNS} waterfalls with the most time; their names are of the form {@code kind.end}, of which the
     * ends head the columns.
     */
    static TextTable of(String title, Collection<Waterfall> all) {
        List<Waterfall> largest = all.stream()
                .sorted(Comparator.comparingLong(Waterfall::totalPs).reversed())
                .limit(MOST_COLUMNS)
                .toList();
        List<Waterfall> waterfalls = all.stream().filter(largest::contains).toList();
        List<String> header = new ArrayList<>(List.of(title));
        List<String> counts = new ArrayList<>(List.of("cases"));
        List<String> totals = new ArrayList<>(List.of("whole"));
        List<String> phases = new ArrayList<>();
        for (Waterfall life : waterfalls) {
            header.add(TextTable.shorten(life.name().substring(life.name().indexOf('.') + 1), 9));
            header.add("slowest");
            counts.add(Quantity.count(life.count()));
            counts.add(Quantity.count(life.tailCount()));
            totals.add(mean(life.totalPs(), life.count()));
            totals.add(mean(life.tailTotalPs(), life.tailCount()));
            merge(phases, life.phases());
        }
        TextTable table = new TextTable(header.toArray(String[]::new));
        if (waterfalls.isEmpty()) {
            return table;
        }
        table.row(counts.toArray(String[]::new));
        List<String> small = new ArrayList<>();
        for (String phase : phases) {
            if (waterfalls.stream().allMatch(life -> small(life, phase))) {
                small.add(phase);
            } else {
                table.row(row(phase, List.of(phase), waterfalls));
            }
        }
        if (!small.isEmpty()) {
            String name = small.size() == 1 ? small.get(0) : small.size() + " smaller ones";
            table.row(row(name, small, waterfalls));
        }
        table.row(totals.toArray(String[]::new));
        return table;
    }

    private static String[] row(String name, List<String> phases, Collection<Waterfall> waterfalls) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (Waterfall life : waterfalls) {
            cells.add(mean(sum(life, life.allPs(), phases), life.count()));
            cells.add(mean(sum(life, life.tailPs(), phases), life.tailCount()));
        }
        return cells.toArray(String[]::new);
    }

    private static boolean small(Waterfall life, String phase) {
        List<String> one = List.of(phase);
        return sum(life, life.allPs(), one) < life.totalPs() / 100
                && sum(life, life.tailPs(), one) < Math.max(1, life.tailTotalPs() / 100);
    }

    private static long sum(Waterfall life, List<Long> sums, List<String> phases) {
        long sum = 0;
        for (String phase : phases) {
            int at = life.phases().indexOf(phase);
            sum += at < 0 ? 0 : sums.get(at);
        }
        return sum;
    }

    private static String mean(long sumPs, long cases) {
        return cases == 0 || sumPs == 0 ? Quantity.ABSENT : Quantity.time((sumPs + cases / 2) / cases);
    }

    /** Adds the phases that are not there yet, each behind the one it follows. */
    private static void merge(List<String> phases, List<String> others) {
        int next = 0;
        for (String phase : others) {
            int at = phases.indexOf(phase);
            if (at < 0) {
                phases.add(next++, phase);
            } else {
                next = at + 1;
            }
        }
    }
}
