package grusim.result.chart;

import grusim.result.ChipletCounts;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;

/** Statistics by chiplet as heat maps, blades across and chiplets down, each on its own scale of colours from zero. */
final class HeatChart implements RunChart {
    @Override
    public String id() {
        return "chiplets";
    }

    @Override
    public boolean applies(Replications runs) {
        return !pooled(runs).isEmpty();
    }

    @Override
    public String says(Replications runs) {
        List<ChipletCounts> all = pooled(runs);
        if (all.isEmpty()) {
            return "There are no several chiplets that counted anything.";
        }
        ChipletCounts first = all.get(0);
        int busy = 0;
        int most = 0;
        long sum = 0;
        for (int chiplet = 0; chiplet < first.values().size(); chiplet++) {
            long value = first.values().get(chiplet);
            busy += value > 0 ? 1 : 0;
            most = value > first.values().get(most) ? chiplet : most;
            sum += value;
        }
        if (busy == 1) {
            return "Of " + Quantity.count(first.values().size()) + " chiplets only chiplet "
                    + most % first.chipletsPerBlade() + " of blade " + most / first.chipletsPerBlade() + " has "
                    + HeatPlot.name(first) + ": "
                    + Quantity.of(sum, first.declaration().unit()) + ".";
        }
        return Quantity.count(busy) + " of " + Quantity.count(first.values().size()) + " chiplets have "
                + HeatPlot.name(first) + "; chiplet " + most % first.chipletsPerBlade() + " of blade "
                + most / first.chipletsPerBlade() + " has most, "
                + Words.share(first.values().get(most), sum)
                + " of all.";
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        List<ChipletCounts> all = pooled(runs);
        HeatPlot plot = new HeatPlot(theme, all);
        plot.setNoDataMessage("no several chiplets that counted anything in this run");
        String reading =
                runs.count() > 1 && !all.isEmpty() ? "sums over the replications, of the occupancy their mean" : "";
        return House.chart(
                theme, size, "What each chiplet did, by blade", Context.of(runs, size, reading), plot, false);
    }

    /** The statistics of all replications together, of what is a mean their mean, of several chiplets that are not zero everywhere. */
    private static List<ChipletCounts> pooled(Replications runs) {
        Map<String, ChipletCounts> pooled = new LinkedHashMap<>();
        for (RunResult run : runs.runs()) {
            for (ChipletCounts counts : run.chiplets()) {
                pooled.merge(counts.declaration().name(), counts, HeatChart::plus);
            }
        }
        pooled.computeIfPresent(ChipletCounts.OCCUPANCY, (name, sum) -> mean(sum, runs.count()));
        return pooled.values().stream()
                .filter(counts -> counts.values().size() > 1)
                .filter(counts -> counts.values().stream().anyMatch(value -> value != 0))
                .toList();
    }

    private static ChipletCounts mean(ChipletCounts sum, int runs) {
        List<Long> means = sum.values().stream()
                .map(value -> Math.round((double) value / runs))
                .toList();
        return new ChipletCounts(sum.declaration(), sum.chipletsPerBlade(), means);
    }

    private static ChipletCounts plus(ChipletCounts one, ChipletCounts other) {
        List<Long> sums = new ArrayList<>();
        for (int chiplet = 0; chiplet < one.values().size(); chiplet++) {
            sums.add(one.values().get(chiplet) + other.values().get(chiplet));
        }
        return new ChipletCounts(one.declaration(), one.chipletsPerBlade(), sums);
    }
}
