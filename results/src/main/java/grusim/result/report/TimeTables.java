package grusim.result.report;

import grusim.result.AttributionShares;
import grusim.result.Replications;
import grusim.result.Waterfall;
import grusim.result.text.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Where time went: reasons over all, by each view, and the lives of operations. The parts of each table add up. */
final class TimeTables {
    private TimeTables() {}

    /** A reason and the time that went to it. */
    record Reason(String name, long partPs, long wholePs, String mostOf) {}

    static List<PageTable> of(Replications runs) {
        List<PageTable> tables = new ArrayList<>();
        AttributionShares kinds = runs.attribution();
        List<Reason> reasons = reasons(kinds);
        if (!reasons.isEmpty()) {
            tables.add(top(reasons));
            tables.add(view("instruction", kinds));
        }
        runs.views().forEach((group, shares) -> {
            if (!reasons(shares).isEmpty()) {
                tables.add(view(group, shares));
            }
        });
        for (Waterfall life : runs.waterfalls().values()) {
            if (life.count() > 0) {
                tables.add(life(life));
            }
        }
        return tables;
    }

    /** All reasons that took time, the largest first. */
    static List<Reason> reasons(AttributionShares shares) {
        long whole = 0;
        for (int kind = 0; kind < shares.kinds().size(); kind++) {
            whole += shares.totalPs(kind);
        }
        List<Reason> reasons = new ArrayList<>();
        for (int reason = 0; reason < shares.reasons().size(); reason++) {
            long sum = 0;
            int most = 0;
            for (int kind = 0; kind < shares.kinds().size(); kind++) {
                sum += shares.partPs(kind, reason);
                most = shares.partPs(kind, reason) > shares.partPs(most, reason) ? kind : most;
            }
            if (sum > 0) {
                reasons.add(new Reason(
                        shares.reasons().get(reason), sum, whole, shares.kinds().get(most)));
            }
        }
        reasons.sort(Comparator.comparingLong(reason -> -reason.partPs()));
        return reasons;
    }

    private static PageTable top(List<Reason> reasons) {
        PageTable.Rows rows = new PageTable.Rows(
                "top reasons",
                List.of(
                        PageTable.Column.text("reason"),
                        PageTable.Column.number("share"),
                        PageTable.Column.number("total"),
                        PageTable.Column.text("most of it in")));
        for (Reason reason : reasons) {
            rows.text(reason.name())
                    .share(reason.partPs(), reason.wholePs())
                    .number(Quantity.time(reason.partPs()), reason.partPs())
                    .text(reason.mostOf())
                    .end();
        }
        return rows.table().heading("All instructions, by reason");
    }

    private static PageTable view(String group, AttributionShares shares) {
        PageTable.Rows rows = new PageTable.Rows(
                "time by " + group,
                List.of(
                        PageTable.Column.text(group),
                        PageTable.Column.text("reason"),
                        PageTable.Column.number("share"),
                        PageTable.Column.number("mean"),
                        PageTable.Column.number("total"),
                        PageTable.Column.number("count")));
        for (int kind = 0; kind < shares.kinds().size(); kind++) {
            int at = kind;
            long count = shares.instructions(kind);
            List<Integer> order = new ArrayList<>();
            for (int reason = 0; reason < shares.reasons().size(); reason++) {
                if (shares.partPs(kind, reason) > 0) {
                    order.add(reason);
                }
            }
            order.sort(Comparator.comparingLong(reason -> -shares.partPs(at, reason)));
            for (int reason : order) {
                long part = shares.partPs(kind, reason);
                OptionalLong mean = mean(part, count);
                rows.text(shares.kinds().get(kind))
                        .text(shares.reasons().get(reason))
                        .share(part, shares.totalPs(kind))
                        .number(Quantity.time(mean), mean.orElse(0))
                        .number(Quantity.time(part), part)
                        .number(Quantity.count(count), count)
                        .end();
            }
        }
        return rows.table()
                .heading("By " + group)
                .intro("The shares of each " + group
                        + " add up to all of its time; the mean is what one case spent so.")
                .folded("Time by " + group + " and reason, " + rows.size() + " rows");
    }

    private static PageTable life(Waterfall life) {
        PageTable.Rows rows = new PageTable.Rows(
                "life of " + life.name(),
                List.of(
                        PageTable.Column.text("phase"),
                        PageTable.Column.number("mean"),
                        PageTable.Column.number("share"),
                        PageTable.Column.number("mean of slow ones"),
                        PageTable.Column.number("share of slow ones")));
        for (int phase = 0; phase < life.phases().size(); phase++) {
            long all = life.allPs().get(phase);
            long tail = life.tailPs().get(phase);
            if (all > 0) {
                OptionalLong mean = mean(all, life.count());
                OptionalLong slow = mean(tail, life.tailCount());
                rows.text(life.phases().get(phase))
                        .number(Quantity.time(mean), mean.orElse(0))
                        .share(all, life.totalPs())
                        .number(Quantity.time(slow), slow.orElse(0))
                        .share(tail, life.tailTotalPs())
                        .end();
            }
        }
        String slow = life.tailCount() == 0
                ? ""
                : "; the " + Quantity.count(life.tailCount()) + " slow ones took " + Quantity.time(life.tailFromPs())
                        + " and more, " + Quantity.time(mean(life.tailTotalPs(), life.tailCount())) + " on average";
        return rows.table()
                .heading("The life of " + life.name())
                .intro(Quantity.count(life.count()) + " cases took " + Quantity.time(mean(life.totalPs(), life.count()))
                        + " on average" + slow + ".");
    }

    private static OptionalLong mean(long sumPs, long count) {
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(Math.round((double) sumPs / count));
    }
}
