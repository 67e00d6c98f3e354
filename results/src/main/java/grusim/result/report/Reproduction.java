package grusim.result.report;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.List;

/** What it takes to get the same numbers again, and how to see that they are the same. */
final class Reproduction {
    private Reproduction() {}

    static Page.Section of(Replications runs, Provenance provenance) {
        RunResult first = runs.first();
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("version", "grusim " + first.version()));
        facts.add(new Page.Fact(runs.count() == 1 ? "seed" : "seeds", seeds(runs)));
        List<String> commands = new ArrayList<>();
        if (!provenance.command().isEmpty()) {
            commands.add(provenance.command());
        }
        return new Page.Section(
                "reproduce",
                "How to get this again",
                "The same spec, seed and version give the same events, and so the same hash, on every machine, on every"
                        + " JDK and with any number of workers."
                        + (provenance.command().isEmpty()
                                ? " The resolved spec under \"spec\" in result.json runs as it stands."
                                : ""),
                facts,
                commands,
                List.of(table(runs)));
    }

    private static String seeds(Replications runs) {
        return String.join(
                ", ", runs.runs().stream().map(run -> Long.toString(run.seed())).toList());
    }

    /** The runs with what tells them apart. */
    static PageTable table(Replications runs) {
        PageTable.Rows rows = new PageTable.Rows(
                "runs",
                List.of(
                        PageTable.Column.text("run"),
                        PageTable.Column.number("seed"),
                        PageTable.Column.text("event hash"),
                        PageTable.Column.number("simulated"),
                        PageTable.Column.number("events"),
                        PageTable.Column.number("contract checks"),
                        PageTable.Column.number("violations"),
                        PageTable.Column.number("data checks failed")));
        int number = 1;
        for (RunResult run : runs.runs()) {
            boolean wrong = run.contract().failures() + run.dataChecks().failures() > 0;
            rows.text(Integer.toString(number++))
                    .number(Long.toString(run.seed()), run.seed())
                    .path(run.eventHash())
                    .number(Quantity.time(run.simulatedPs()), run.simulatedPs())
                    .number(Quantity.count(run.events()), run.events())
                    .number(
                            Quantity.count(run.contract().checks()),
                            run.contract().checks())
                    .number(
                            Quantity.count(run.contract().failures()),
                            run.contract().failures())
                    .number(
                            Quantity.count(run.dataChecks().failures()),
                            run.dataChecks().failures())
                    .tone(wrong ? "alert" : "")
                    .end();
        }
        return rows.table();
    }
}
