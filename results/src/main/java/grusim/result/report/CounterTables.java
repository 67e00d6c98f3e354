package grusim.result.report;

import grusim.result.ChipletCounts;
import grusim.result.Counter;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.StatDeclaration;
import grusim.result.stat.Figure;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was counted: each counter with its meaning, and the chiplets side by side. */
final class CounterTables {
    private CounterTables() {}

    static List<PageTable> of(Replications runs, Map<String, Figure> figures) {
        PageTable.Rows counted = rows("counters");
        PageTable.Rows zero = rows("counters at zero");
        List<Figure> shown = new ArrayList<>();
        for (Counter counter : runs.first().counters().values()) {
            StatDeclaration declared = counter.declaration();
            Figure figure = figures.get("counters." + declared.name());
            if (figure != null && figure.value() != null) {
                boolean none = figure.value().signum() == 0;
                row(none ? zero : counted, declared, figure);
                if (!none) {
                    shown.add(figure);
                }
            }
        }
        List<PageTable> tables = new ArrayList<>();
        if (!counted.isEmpty()) {
            tables.add(counted.table().note(FigureWords.sources(shown)));
        }
        if (!zero.isEmpty()) {
            tables.add(zero.table().folded("Counters at zero: " + zero.size()));
        }
        List<Figure> commands = figures.values().stream()
                .filter(figure -> figure.name().startsWith("counters.mcs."))
                .filter(figure -> runs.first().mcs().stream()
                        .anyMatch(each -> figure.name().equals("counters.mcs." + each.op())))
                .toList();
        PageTable.Rows timings = FigureTable.byStatistic("control command", "counters.mcs.", commands);
        if (!timings.isEmpty()) {
            tables.add(timings.table().heading("Control commands to the GRU").note(FigureWords.sources(commands)));
        }
        chiplets(runs.first()).ifPresent(tables::add);
        return tables;
    }

    private static PageTable.Rows rows(String label) {
        return new PageTable.Rows(
                label,
                List.of(
                        PageTable.Column.text("counter"),
                        PageTable.Column.number("value"),
                        PageTable.Column.text("unit"),
                        PageTable.Column.text("counts"),
                        PageTable.Column.text("source")));
    }

    private static void row(PageTable.Rows rows, StatDeclaration declared, Figure figure) {
        rows.path(declared.name())
                .figure(figure)
                .text(declared.unit())
                .longText(declared.description(), "")
                .text(declared.source())
                .end();
    }

    /** Chiplets that did anything, of the run with the spec's own seed. */
    private static Optional<PageTable> chiplets(RunResult run) {
        List<ChipletCounts> counts = run.chiplets();
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        List<PageTable.Column> columns = new ArrayList<>();
        columns.add(PageTable.Column.text("chiplet"));
        for (ChipletCounts each : counts) {
            columns.add(new PageTable.Column(
                    each.declaration().key(), true, each.declaration().description()));
        }
        PageTable.Rows rows = new PageTable.Rows("chiplets", columns);
        int idle = 0;
        for (int chiplet = 0; chiplet < counts.get(0).values().size(); chiplet++) {
            int at = chiplet;
            if (counts.stream().allMatch(each -> each.values().get(at) == 0)) {
                idle++;
                continue;
            }
            int perBlade = counts.get(0).chipletsPerBlade();
            rows.text("blade " + chiplet / perBlade + ", chiplet " + chiplet % perBlade);
            for (ChipletCounts each : counts) {
                long value = each.values().get(chiplet);
                rows.number(Quantity.of(value, each.declaration().unit()), value);
            }
            rows.end();
        }
        String note = idle == 0 ? "" : idle + " chiplets did nothing.";
        return Optional.of(rows.table()
                .heading("Chiplets")
                .intro("Of the run with the spec's own seed.")
                .note(note));
    }
}
