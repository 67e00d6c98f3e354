package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.text.Quantity;
import java.util.List;
import org.jfree.chart.JFreeChart;

/** Attempts to drop a TLB entry in, stacked by outcome over simulated time; outcomes that never happened are left out. */
final class DropinChart implements RunChart {
    private static final int MOST_BARS = 64;
    private static final double BAR_SHARE = 0.88;

    @Override
    public String id() {
        return "dropins";
    }

    @Override
    public boolean applies(Replications runs) {
        return !Outcomes.of(runs).isEmpty();
    }

    @Override
    public String says(Replications runs) {
        return says(runs, Designs.of(runs));
    }

    @Override
    public String says(Replications runs, Designs designs) {
        Outcomes outcomes = Outcomes.of(runs);
        if (outcomes.isEmpty()) {
            return "No dropin was tried.";
        }
        List<Stack> stacks = stacks(runs, outcomes, designs);
        double[] heights = heights(stacks);
        int tallest = 0;
        for (int step = 1; step < heights.length; step++) {
            tallest = heights[step] > heights[tallest] ? step : tallest;
        }
        Timeline any = stacks.get(0).timeline();
        return "Of " + Words.count(outcomes.total(), "attempt") + ", " + Quantity.count(Math.round(heights[tallest]))
                + (runs.count() > 1 ? " per replication" : "") + " fell into the busiest "
                + Quantity.time(any.toPs(tallest) - any.fromPs(tallest)) + ", which began at "
                + Quantity.time(any.fromPs(tallest)) + ".";
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        return beside(runs, Designs.of(runs), theme, size);
    }

    @Override
    public JFreeChart beside(Replications runs, Designs designs, Theme theme, ChartSize size) {
        Outcomes all = Outcomes.of(designs.pooled());
        Outcomes outcomes = all.in(runs);
        List<Stack> stacks = stacks(runs, outcomes, designs);
        long endPs = Span.endPs(designs.pooled());
        TimeScale scale = TimeScale.of(endPs);
        double tallest = 0;
        for (Replications each : designs.all()) {
            for (double height : heights(stacks(each, all, designs))) {
                tallest = Math.max(tallest, height);
            }
        }
        boolean whole = designs.pooled().count() == designs.all().size();
        List<PanelsPlot.Panel> panels = List.of();
        if (!stacks.isEmpty()) {
            String text =
                    "attempts per " + Quantity.time(stacks.get(0).timeline().stepPs())
                            + (runs.count() > 1 ? ", mean of the replications" : "");
            panels = List.of(new PanelsPlot.Panel(
                    text, House.zeroBased("", tallest, whole), (pen, frame) -> draw(pen, frame, stacks, scale)));
        }
        PanelsPlot plot = new PanelsPlot(theme, panels, House.time(endPs, size), false);
        plot.setNoDataMessage("no dropin was tried in this run");
        for (Stack stack : stacks) {
            plot.explain(
                    stack.outcome().label(size), theme.series(stack.outcome().place()));
        }
        String reading = outcomes.isEmpty() ? "" : Words.count(outcomes.total(), "attempt");
        return House.chart(
                theme,
                size,
                "TLB dropins and failures by outcome, over time",
                Context.of(runs, size, reading),
                plot,
                !panels.isEmpty());
    }

    /** One outcome over time. */
    record Stack(Outcomes.Outcome outcome, Timeline timeline) {}

    /** The outcomes of some runs over time, in the steps that suit all designs. */
    static List<Stack> stacks(Replications runs, Outcomes outcomes, Designs designs) {
        return outcomes.all().stream()
                .map(outcome -> new Stack(
                        outcome,
                        Timeline.of(
                                runs,
                                designs,
                                outcome.series(),
                                MOST_BARS,
                                (run, fromPs, toPs) -> Timeline.amount(run.series(outcome.series()), fromPs, toPs))))
                .toList();
    }

    private static double[] heights(List<Stack> stacks) {
        double[] heights =
                new double[stacks.isEmpty() ? 0 : stacks.get(0).timeline().steps()];
        for (Stack stack : stacks) {
            for (int step = 0; step < heights.length; step++) {
                heights[step] += stack.timeline().middle(step);
            }
        }
        return heights;
    }

    private static void draw(Pen pen, PanelsPlot.Frame frame, List<Stack> stacks, TimeScale scale) {
        Timeline any = stacks.get(0).timeline();
        for (int step = 0; step < any.steps(); step++) {
            double left = frame.x(scale.from(any.fromPs(step)));
            double right = frame.x(scale.from(any.toPs(step)));
            double margin = (right - left) * (1 - BAR_SHARE) / 2;
            double height = 0;
            for (int n = 0; n < stacks.size(); n++) {
                double amount = stacks.get(n).timeline().middle(step);
                double bottom = frame.y(height);
                height += amount;
                pen.box(
                        left + margin,
                        frame.y(height),
                        right - margin,
                        bottom,
                        pen.theme().series(stacks.get(n).outcome().place()));
            }
        }
    }
}
