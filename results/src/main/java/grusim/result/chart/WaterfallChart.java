package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.Waterfall;
import grusim.result.text.Quantity;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jspecify.annotations.Nullable;

/**
 * The life of one kind of operation, phase below phase: each bar begins where the one above ended. Of every phase the
 * mean over all cases and the mean over the slow ones, those from the 99th percentile on. Phases that take less than
 * half a percent of both stand together behind the others.
 */
final class WaterfallChart implements RunChart {
    private static final double LABEL_GAP = 5;
    private static final double SHORT = 0.005;

    /** How much longer the axis is than the longest bar, for the labels behind it. */
    private static final double LABELS_BEHIND = 1.14;

    private final String id;
    private final String waterfall;
    private final String operation;

    /** A chart of the waterfall of that name; {@code operation} is what it is the life of, in words. */
    WaterfallChart(String id, String waterfall, String operation) {
        this.id = id;
        this.waterfall = waterfall;
        this.operation = operation;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean applies(Replications runs) {
        return life(runs) != null;
    }

    @Override
    public String says(Replications runs) {
        Waterfall life = life(runs);
        if (life == null) {
            return "There was no " + operation + ".";
        }
        int most = largest(life.allPs());
        String cause = ", of which " + Words.share(life.allPs().get(most), life.totalPs()) + " "
                + life.phases().get(most);
        if (life.count() == 1) {
            return "The only " + operation + " took " + Quantity.time(life.totalPs()) + cause + ".";
        }
        StringBuilder says = new StringBuilder(
                "A " + operation + " takes " + Quantity.time(life.totalPs() / life.count()) + " on average" + cause);
        if (slowOnes(life)) {
            int slow = largest(life.tailPs());
            boolean one = life.tailCount() == 1;
            says.append("; the slowest ")
                    .append(one ? "" : Quantity.count(life.tailCount()) + " ")
                    .append("of ")
                    .append(Quantity.count(life.count()))
                    .append(one ? " takes " : " take ")
                    .append(Quantity.time(life.tailTotalPs() / life.tailCount()))
                    .append(one ? "" : " on average")
                    .append(", of which ")
                    .append(Words.share(life.tailPs().get(slow), life.tailTotalPs()))
                    .append(' ')
                    .append(life.phases().get(slow));
        }
        return says.append('.').toString();
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        Waterfall life = life(runs);
        List<RowsPlot.Row> rows = new ArrayList<>();
        long longestPs = 1;
        String reading = "";
        if (life != null) {
            long tail = Math.max(1, life.tailCount());
            longestPs = Math.max(life.totalPs() / life.count(), life.tailTotalPs() / tail);
            reading = Quantity.count(life.count()) + (life.count() == 1 ? " case" : " cases");
        }
        TimeScale scale = TimeScale.of(longestPs);
        if (life != null) {
            for (Step step : steps(life)) {
                Bar mean = new Bar(step.allFromPs(), step.allFromPs() + step.allPs(), life.count(), scale);
                long slowPs = slowOnes(life) ? 1 : 0;
                Bar slow = new Bar(
                        slowPs * step.tailFromPs(),
                        slowPs * (step.tailFromPs() + step.tailPs()),
                        Math.max(1, life.tailCount()),
                        scale);
                boolean part = step.allPs() < life.totalPs() || step.allFromPs() > 0;
                rows.add(new RowsPlot.Row(
                        step.name(), List.of(), weight(step, life), (pen, lane) -> draw(pen, lane, mean, slow, part)));
            }
        }
        NumberAxis axis = House.zeroBased(
                "time since it began (" + scale.unit() + ")",
                scale.from(longestPs) * (size.narrow() ? 1 : LABELS_BEHIND),
                false);
        RowsPlot plot = new RowsPlot(theme, rows, axis, new RowsPlot.Choice(rows.size(), "least time", 0));
        plot.setNoDataMessage("there was no " + operation + " in this run");
        if (life != null) {
            plot.explain(life.count() == 1 ? "the only one" : "mean", theme.series(0));
            if (slowOnes(life)) {
                plot.explain(
                        life.tailCount() == 1
                                ? "the slowest"
                                : "mean of the " + Quantity.count(life.tailCount()) + " slowest",
                        theme.series(1));
            }
        }
        return House.chart(
                theme, size, "The life of a " + operation + ", by phase", Context.of(runs, size, reading), plot, true);
    }

    /** A phase: what it took in all and in the slow cases, and what was before. */
    record Step(String name, long allFromPs, long allPs, long tailFromPs, long tailPs) {
        Step after(Step before) {
            return new Step(name, before.allFromPs + before.allPs, allPs, before.tailFromPs + before.tailPs, tailPs);
        }
    }

    /** The phases in their order, those that take next to nothing together behind the others, and the whole. */
    static List<Step> steps(Waterfall life) {
        List<Step> steps = new ArrayList<>();
        Step last = new Step("", 0, 0, 0, 0);
        long shortPs = 0;
        long shortTailPs = 0;
        int shorts = 0;
        for (int phase = 0; phase < life.phases().size(); phase++) {
            long allPs = life.allPs().get(phase);
            long tailPs = life.tailPs().get(phase);
            if (allPs > SHORT * life.totalPs() || tailPs > SHORT * life.tailTotalPs()) {
                last = new Step(life.phases().get(phase), 0, allPs, 0, tailPs).after(last);
                steps.add(last);
            } else if (allPs > 0) {
                shortPs += allPs;
                shortTailPs += tailPs;
                shorts++;
            }
        }
        if (shorts > 0) {
            String name = shorts == 1 ? "a short one" : shorts + " short ones";
            steps.add(new Step(name, 0, shortPs, 0, shortTailPs).after(last));
        }
        steps.add(new Step("together", 0, life.totalPs(), 0, life.tailTotalPs()));
        return steps;
    }

    /** How much a phase matters: its part of all cases or of the slow ones, in millionths, whichever is larger. */
    private static long weight(Step step, Waterfall life) {
        return Math.round(1e6
                * Math.max(
                        (double) step.allPs() / life.totalPs(),
                        (double) step.tailPs() / Math.max(1, life.tailTotalPs())));
    }

    /** A stretch of time summed over some cases. */
    private record Bar(long fromPs, long toPs, long cases, TimeScale scale) {
        double from() {
            return scale.from(fromPs / cases);
        }

        double to() {
            return scale.from(toPs / cases);
        }

        String label() {
            return Quantity.time((toPs - fromPs) / cases);
        }
    }

    private static void draw(Pen pen, RowsPlot.Lane lane, Bar mean, Bar slow, boolean part) {
        double top = lane.area().getY();
        double half = lane.area().getHeight() / 2;
        boolean slowOnes = slow.toPs() > 0;
        String all = part ? "" : " in all";
        Color blue = pen.theme().series(0);
        Color orange = pen.theme().series(1);
        pen.box(lane.x(mean.from()), top + 0.5, end(lane, mean), top + half - 0.5, blue);
        if (slowOnes) {
            pen.box(lane.x(slow.from()), top + half + 0.5, end(lane, slow), top + 2 * half - 0.5, orange);
        }
        if (half >= pen.height(House.SMALL) - 2) {
            label(pen, lane, mean.label() + all, lane.x(mean.from()), end(lane, mean), top + half / 2, blue);
            if (slowOnes) {
                double middle = top + 1.5 * half;
                label(pen, lane, slow.label() + all, lane.x(slow.from()), end(lane, slow), middle, orange);
            }
        } else if (2 * half >= pen.height(House.SMALL) - 4) {
            label(pen, lane, mean, slow);
        }
    }

    /** Writes one label for both bars: behind them, between them or before them, wherever there is room. */
    private static void label(Pen pen, RowsPlot.Lane lane, Bar mean, Bar slow) {
        boolean both = slow.toPs() > 0;
        String label = mean.label() + (both ? " | " + slow.label() : "");
        Bar first = both && slow.from() < mean.from() ? slow : mean;
        Bar second = both ? (first.equals(slow) ? mean : slow) : mean;
        double right = Math.max(end(lane, first), end(lane, second));
        double between = lane.x(second.from()) - end(lane, first);
        double needed = pen.width(label, House.SMALL) + LABEL_GAP;
        boolean inside = needed > lane.area().getMaxX() - right && needed + LABEL_GAP <= between;
        label(pen, lane, label, lane.x(first.from()), inside ? end(lane, first) : right, lane.middle(), null);
    }

    private static double end(RowsPlot.Lane lane, Bar bar) {
        return Math.max(lane.x(bar.from()) + 1, lane.x(bar.to()));
    }

    /** Writes a label behind a bar, in it if that has a colour, or before it, wherever there is room. */
    private static void label(
            Pen pen,
            RowsPlot.Lane lane,
            String label,
            double left,
            double right,
            double middle,
            @Nullable Color colour) {
        double width = pen.width(label, House.SMALL) + LABEL_GAP;
        if (width <= lane.area().getMaxX() - right) {
            pen.left(label, House.SMALL, pen.theme().text(), right + LABEL_GAP, middle);
        } else if (colour != null && width + LABEL_GAP <= right - left) {
            pen.right(label, House.SMALL, pen.theme().inkOn(colour), right - LABEL_GAP, middle);
        } else if (width <= left - lane.area().getX()) {
            pen.right(label, House.SMALL, pen.theme().text(), left - LABEL_GAP, middle);
        }
    }

    /** Whether there are slow cases that are not all cases. */
    private static boolean slowOnes(Waterfall life) {
        return life.tailCount() > 0 && life.tailCount() < life.count();
    }

    private @Nullable Waterfall life(Replications runs) {
        Waterfall life = runs.waterfalls().get(waterfall);
        return life == null || life.count() == 0 || life.totalPs() == 0 ? null : life;
    }

    private static int largest(List<Long> parts) {
        int largest = 0;
        for (int n = 1; n < parts.size(); n++) {
            largest = parts.get(n) > parts.get(largest) ? n : largest;
        }
        return largest;
    }
}
