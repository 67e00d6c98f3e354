package grusim.result.file;

import grusim.result.AttributionShares;
import grusim.result.ChipletCounts;
import grusim.result.Decimals;
import grusim.result.Waterfall;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where time went and what each chiplet did, as tidy CSV tables; the same bytes for the same run everywhere. */
public final class WaitCsv {
    private WaitCsv() {}

    /** {@code views.csv}: time by group and reason, view by view; reasons that took no time are left out. */
    public static String views(Map<String, AttributionShares> views) {
        return Csv.print(
                List.of("view", "group", "count", "reason", "totalNs"),
                csv -> views.forEach((view, shares) -> {
                    for (int group = 0; group < shares.kinds().size(); group++) {
                        for (int reason = 0; reason < shares.reasons().size(); reason++) {
                            long partPs = shares.partPs(group, reason);
                            if (partPs > 0) {
                                csv.writeRecord(
                                        view,
                                        shares.kinds().get(group),
                                        Long.toString(shares.instructions(group)),
                                        shares.reasons().get(reason),
                                        Decimals.ns(partPs).toPlainString());
                            }
                        }
                    }
                }));
    }

    /** {@code waterfalls.csv}: time by phase, of all cases and of the slow ones, in the order of a life. */
    public static String waterfalls(Collection<Waterfall> waterfalls) {
        return Csv.print(List.of("waterfall", "cases", "count", "fromNs", "phase", "totalNs"), csv -> {
            for (Waterfall life : waterfalls) {
                for (boolean slow : new boolean[] {false, true}) {
                    for (int phase = 0; phase < life.phases().size(); phase++) {
                        long partPs = (slow ? life.tailPs() : life.allPs()).get(phase);
                        csv.writeRecord(
                                life.name(),
                                slow ? "p99" : "all",
                                Long.toString(slow ? life.tailCount() : life.count()),
                                slow ? Decimals.ns(life.tailFromPs()).toPlainString() : "0",
                                life.phases().get(phase),
                                Decimals.ns(partPs).toPlainString());
                    }
                }
            }
        });
    }

    /** {@code chiplets.csv}: statistics by chiplet. */
    public static String chiplets(List<ChipletCounts> counts) {
        return Csv.print(List.of("statistic", "blade", "chiplet", "value", "unit"), csv -> {
            for (ChipletCounts each : counts) {
                for (int i = 0; i < each.values().size(); i++) {
                    csv.writeRecord(
                            each.declaration().key(),
                            Integer.toString(i / each.chipletsPerBlade()),
                            Integer.toString(i % each.chipletsPerBlade()),
                            Long.toString(each.values().get(i)),
                            each.declaration().unit());
                }
            }
        });
    }
}
