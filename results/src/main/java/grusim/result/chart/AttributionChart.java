package grusim.result.chart;

import grusim.result.AttributionShares;
import grusim.result.Replications;
import grusim.result.text.Quantity;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;

/**
 * Where time goes: one bar per group (instruction kind, process, chiplet ...), split by the reason that was waited for,
 * the largest reason first. Bars are shares of the group's time; how often it ran and how long it took stands under its
 * name.
 */
final class AttributionChart implements RunChart {
    private static final double LABEL_ROOM = 6;

    private final String id;
    private final String title;
    private final String group;
    private final int least;
    private final Function<Replications, AttributionShares> view;

    /**
     * A chart of a view.
     *
     * @param group what one bar is for, for example {@code process}
     * @param least from how many bars on the chart says more than others do
     * @param view the time by group
     */
    AttributionChart(String id, String title, String group, int least, Function<Replications, AttributionShares> view) {
        this.id = id;
        this.title = title;
        this.group = group;
        this.least = least;
        this.view = view;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean applies(Replications runs) {
        return groups(view.apply(runs)).size() >= least;
    }

    @Override
    public String says(Replications runs) {
        return says(runs, Designs.of(runs));
    }

    @Override
    public String says(Replications runs, Designs designs) {
        AttributionShares shares = view.apply(runs);
        List<Integer> groups = groups(shares);
        if (groups.isEmpty()) {
            return "No time was attributed to any " + group + ".";
        }
        if (!applies(runs)) {
            return "All time is that of one " + group + ", " + shares.kinds().get(groups.get(0))
                    + ": the chart instruction-time shows it.";
        }
        AttributionShares together = together(shares, designs);
        List<Part> parts = parts(together, groups(together), 12);
        long allPs = totalPs(shares, groups);
        int most =
                groups.stream().max(Comparator.comparingLong(shares::totalPs)).orElseThrow();
        StringBuilder says = new StringBuilder("Of " + Quantity.time(allPs) + " in all, ");
        for (int n = 0; n < Math.min(2, parts.size()); n++) {
            Part part = parts.get(n);
            says.append(n == 0 ? "" : " and ")
                    .append(Words.share(part.ofPs(shares, groups), allPs))
                    .append(n == 0 ? " is " : " ")
                    .append(part.name());
        }
        if (groups.size() > 1) {
            says.append("; the ")
                    .append(group)
                    .append(" with most time is ")
                    .append(shares.kinds().get(most))
                    .append(" (")
                    .append(Words.share(shares.totalPs(most), allPs))
                    .append(" of it)");
        }
        return says.append('.').toString();
    }

    @Override
    public JFreeChart of(Replications runs, Theme theme, ChartSize size) {
        return beside(runs, Designs.of(runs), theme, size);
    }

    @Override
    public JFreeChart beside(Replications runs, Designs designs, Theme theme, ChartSize size) {
        AttributionShares shares = view.apply(runs);
        AttributionShares together = together(shares, designs);
        List<Integer> groups = groups(together);
        List<Part> parts = parts(together, groups, size.legendItems());
        List<RowsPlot.Row> rows = new ArrayList<>();
        for (int each : groups) {
            String name = together.kinds().get(each);
            int own = shares.kinds().indexOf(name);
            boolean none = own < 0 || shares.totalPs(own) == 0;
            List<String> notes = none
                    ? List.of("none")
                    : List.of(
                            Quantity.count(shares.instructions(own)) + " x " + Quantity.time(shares.meanPs(own)),
                            "= " + Quantity.time(shares.totalPs(own)));
            rows.add(new RowsPlot.Row(name, notes, together.totalPs(each), (pen, lane) -> {
                if (!none) {
                    bar(pen, lane, shares, own, parts);
                }
            }));
        }
        NumberAxis axis = House.percent("share of its time");
        RowsPlot plot = new RowsPlot(theme, rows, axis, new RowsPlot.Choice(rows.size(), "least time", 0));
        plot.setNoDataMessage("no time was attributed in this run");
        for (Part part : parts) {
            plot.explain(House.label(part.name(), size), part.look());
        }
        String reading = groups.isEmpty() ? "" : Quantity.time(totalPs(shares, groups(shares))) + " in all";
        return House.chart(theme, size, title, Context.of(runs, size, reading), plot, !rows.isEmpty());
    }

    /** The time of all designs; only the own if the others come from a version with other reasons for waiting. */
    private AttributionShares together(AttributionShares own, Designs designs) {
        AttributionShares together = designs.time(view);
        return together.reasons().equals(own.reasons()) ? together : own;
    }

    private static void bar(Pen pen, RowsPlot.Lane lane, AttributionShares shares, int group, List<Part> parts) {
        double wholePs = (double) shares.totalPs(group);
        double donePs = 0;
        for (int n = 0; n < parts.size(); n++) {
            long partPs = parts.get(n).ofPs(shares, List.of(group));
            double from = lane.x(100 * donePs / wholePs);
            double to = lane.x(100 * (donePs + partPs) / wholePs);
            donePs += partPs;
            Color colour = pen.theme().series(parts.get(n).look().colour());
            Rectangle2D box = new Rectangle2D.Double(
                    from,
                    lane.area().getY(),
                    Math.max(0, to - from - 1),
                    lane.area().getHeight());
            pen.fill(Stripes.of(box, parts.get(n).look().stripes()), colour);
            String label = Words.share(partPs, shares.totalPs(group));
            boolean room = to - from > pen.width(label, House.SMALL) + LABEL_ROOM
                    && lane.area().getHeight() >= pen.height(House.SMALL);
            if (partPs > 0 && room) {
                double half = pen.width(label, House.SMALL) / 2 + 1;
                double middle = (from + to) / 2;
                double high = pen.height(House.SMALL) / 2;
                pen.box(middle - half, lane.middle() - high, middle + half, lane.middle() + high, colour);
                pen.centre(label, House.SMALL, pen.theme().inkOn(colour), middle, lane.middle());
            }
        }
    }

    private static List<Integer> groups(AttributionShares shares) {
        return IntStream.range(0, shares.kinds().size())
                .filter(one -> shares.totalPs(one) > 0)
                .boxed()
                .toList();
    }

    private static long totalPs(AttributionShares shares, List<Integer> groups) {
        return groups.stream().mapToLong(shares::totalPs).sum();
    }

    /**
     * The reasons with the most time first. When the legend has no room for all, those that make up the least of every
     * bar are one part together, so that no bar hides a large one.
     */
    static List<Part> parts(AttributionShares shares, List<Integer> groups, int most) {
        int reasons = shares.reasons().size();
        long[] totalPs = new long[reasons];
        double[] largestShare = new double[reasons];
        List<Integer> seen = new ArrayList<>();
        for (int reason = 0; reason < reasons; reason++) {
            for (int one : groups) {
                long partPs = shares.partPs(one, reason);
                totalPs[reason] += partPs;
                largestShare[reason] = Math.max(largestShare[reason], (double) partPs / shares.totalPs(one));
            }
            if (totalPs[reason] > 0) {
                seen.add(reason);
            }
        }
        seen.sort(Comparator.comparingDouble(reason -> -largestShare[reason]));
        int single = seen.size() <= most ? seen.size() : most - 1;
        List<Part> parts = new ArrayList<>();
        seen.subList(0, single).stream()
                .sorted(Comparator.comparingLong(reason -> -totalPs[reason]))
                .forEach(reason -> parts.add(new Part(
                        shares.reasons().get(reason),
                        List.of(reason),
                        Reasons.of(shares.reasons().get(reason), shares.reasons()))));
        List<Integer> rest = List.copyOf(seen.subList(single, seen.size()));
        if (!rest.isEmpty()) {
            parts.add(new Part(rest.size() + " smaller ones", rest, Reasons.rest()));
        }
        return parts;
    }

    /** Reasons that have one look. */
    record Part(String name, List<Integer> reasons, Reasons.Look look) {
        long ofPs(AttributionShares shares, List<Integer> groups) {
            long sumPs = 0;
            for (int one : groups) {
                for (int reason : reasons) {
                    sumPs += shares.partPs(one, reason);
                }
            }
            return sumPs;
        }
    }
}
