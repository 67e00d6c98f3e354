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
        StringBuilder says = new StringBuilder("A " + operation + " takes "
                + Quantity.time(life.totalPs() / life.count()) + " on average, of which "
                + Words.share(life.allPs().get(most), life.totalPs()) + " "
                + life.phases().get(most));
        if (life.tailCount() > 0) {
            int slow = largest(life.tailPs());
            boolean one = life.tailCount() == 1;
            says.append("; the slowest ")
                    .append(one ? "" : Quantity.count(life.tailCount()) + " ")
                    .append("of ")
                    .append(Quantity.count(life.count()))
                    .append(one ? " takes " : " take ")
                    .append(Quantity.time(life.tailTotalPs() / life.tailCount()))
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
            reading = Quantity.count(life.count()) + " cases";
        }
        TimeScale scale = TimeScale.of(longestPs);
        if (life != null) {
            for (Step step : steps(life)) {
                Bar mean = new Bar(step.allFromPs(), step.allFromPs() + step.allPs(), life.count(), scale);
                Bar slow = new Bar(
                        step.tailFromPs(), step.tailFromPs() + step.tailPs(), Math.max(1, life.tailCount()), scale);
                boolean part = step.allPs() < life.totalPs() || step.allFromPs() > 0;
                rows.add(new RowsPlot.Row(step.name(), List.of(), (pen, lane) -> draw(pen, lane, mean, slow, part)));
            }
        }
        NumberAxis axis = House.zeroBased("time since it began (" + scale.unit() + ")", scale.from(longestPs), false);
        RowsPlot plot = new RowsPlot(theme, rows, axis);
        plot.setNoDataMessage("there was no " + operation + " in this run");
        if (life != null) {
            plot.explain("mean", theme.series(0));
            if (life.tailCount() > 0) {
                plot.explain("mean of the " + Quantity.count(life.tailCount()) + " slowest", theme.series(1));
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
        bar(pen, lane, mean, top, half, pen.theme().series(0), part);
        if (slow.toPs() > 0) {
            bar(pen, lane, slow, top + half, half, pen.theme().series(1), part);
        }
    }

    private static void bar(
            Pen pen, RowsPlot.Lane lane, Bar bar, double top, double height, Color colour, boolean part) {
        double left = lane.x(bar.from());
        double right = Math.max(left + 1, lane.x(bar.to()));
        pen.box(left, top + 0.5, right, top + height - 0.5, colour);
        String label = part ? bar.label() : bar.label() + " in all";
        double width = pen.width(label, House.SMALL) + LABEL_GAP;
        double room = lane.area().getMaxX() - right;
        double middle = top + height / 2;
        if (height < pen.height(House.SMALL) - 2) {
            return;
        }
        if (width <= room) {
            pen.left(label, House.SMALL, pen.theme().text(), right + LABEL_GAP, middle);
        } else if (width + LABEL_GAP <= right - left) {
            pen.right(label, House.SMALL, pen.theme().inkOn(colour), right - LABEL_GAP, middle);
        } else if (width <= left - lane.area().getX()) {
            pen.right(label, House.SMALL, pen.theme().text(), left - LABEL_GAP, middle);
        }
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
