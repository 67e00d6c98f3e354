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
 * mean over all cases and the mean over the slow ones, those from the 99th percentile on. Phases that took no time are
 * left out.
 */
final class WaterfallChart implements RunChart {
    private static final double LABEL_GAP = 5;

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
        long beforePs = 0;
        long tailBeforePs = 0;
        for (int phase = 0; life != null && phase < life.phases().size(); phase++) {
            long allPs = life.allPs().get(phase);
            long tailPs = life.tailPs().get(phase);
            if (allPs > 0 || tailPs > 0) {
                Bar mean = new Bar(beforePs, beforePs + allPs, life.count(), scale);
                Bar slow = new Bar(tailBeforePs, tailBeforePs + tailPs, Math.max(1, life.tailCount()), scale);
                rows.add(new RowsPlot.Row(
                        life.phases().get(phase), List.of(), (pen, lane) -> draw(pen, lane, mean, slow, true)));
            }
            beforePs += allPs;
            tailBeforePs += tailPs;
        }
        if (life != null) {
            Bar mean = new Bar(0, beforePs, life.count(), scale);
            Bar slow = new Bar(0, tailBeforePs, Math.max(1, life.tailCount()), scale);
            rows.add(new RowsPlot.Row("together", List.of(), (pen, lane) -> draw(pen, lane, mean, slow, false)));
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
