package grusim.result.chart;

import grusim.result.Replications;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;

/** What became of the attempts to drop a TLB entry in: one stream that divides by outcome, the most frequent first. */
final class FlowChart implements RunChart {
    @Override
    public String id() {
        return "dropin-outcomes";
    }

    @Override
    public boolean applies(Replications runs) {
        return !Outcomes.of(runs).isEmpty();
    }

    @Override
    public String says(Replications runs) {
        List<Outcomes.Outcome> outcomes = sorted(runs);
        if (outcomes.isEmpty()) {
            return "No dropin was tried.";
        }
        long all = Outcomes.of(runs).total();
        StringBuilder says = new StringBuilder("Of " + Words.count(all, "attempt") + ", "
                + Words.share(outcomes.get(0).total(), all) + " ended in \""
                + outcomes.get(0).name() + "\"");
        if (outcomes.size() > 1) {
            says.append(" and ")
                    .append(Words.share(outcomes.get(1).total(), all))
                    .append(" in \"")
                    .append(outcomes.get(1).name())
                    .append('"');
        }
        return says.append('.').toString();
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        FlowPlot plot = new FlowPlot(theme, "attempts", sorted(runs));
        plot.setNoDataMessage("no dropin was tried in this run");
        return House.chart(theme, size, "What became of dropins", Context.of(runs, size, ""), plot, false);
    }

    private static List<Outcomes.Outcome> sorted(Replications runs) {
        return Outcomes.of(runs).all().stream()
                .sorted(Comparator.comparingLong(outcome -> -outcome.total()))
                .toList();
    }
}
