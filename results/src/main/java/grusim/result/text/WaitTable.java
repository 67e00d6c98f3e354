package grusim.result.text;

import grusim.result.AttributionShares;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The top reasons for waiting: what the time of all instructions together went to, largest first, with the kind that has
 * most of each. The rows add up to all of the time; what comes behind the largest is one row together.
 */
final class WaitTable {
    private static final int SHOWN = 8;

    private WaitTable() {}

    static TextTable of(AttributionShares shares) {
        TextTable table = new TextTable("top reasons for waiting", "of all time", "in total", "mostly in").textLast();
        int[] kinds = IntStream.range(0, shares.kinds().size()).toArray();
        long wholePs = IntStream.of(kinds).mapToLong(shares::totalPs).sum();
        List<Integer> reasons = new ArrayList<>();
        for (int reason = 0; reason < shares.reasons().size(); reason++) {
            if (ofReason(shares, reason) > 0) {
                reasons.add(reason);
            }
        }
        reasons.sort((a, b) -> Long.compare(ofReason(shares, b), ofReason(shares, a)));
        int single = reasons.size() <= SHOWN + 1 ? reasons.size() : SHOWN;
        for (int reason : reasons.subList(0, single)) {
            long reasonPs = ofReason(shares, reason);
            table.row(
                    TextTable.shorten(shares.reasons().get(reason), 32),
                    Shares.percent(reasonPs, wholePs),
                    Quantity.time(reasonPs),
                    mostly(shares, reason, reasonPs));
        }
        List<Integer> rest = reasons.subList(single, reasons.size());
        if (!rest.isEmpty()) {
            long restPs =
                    rest.stream().mapToLong(reason -> ofReason(shares, reason)).sum();
            table.row(rest.size() + " smaller ones", Shares.percent(restPs, wholePs), Quantity.time(restPs), "");
        }
        return table;
    }

    private static long ofReason(AttributionShares shares, int reason) {
        long sum = 0;
        for (int kind = 0; kind < shares.kinds().size(); kind++) {
            sum = Math.addExact(sum, shares.partPs(kind, reason));
        }
        return sum;
    }

    private static String mostly(AttributionShares shares, int reason, long reasonPs) {
        int most = 0;
        for (int kind = 1; kind < shares.kinds().size(); kind++) {
            most = shares.partPs(kind, reason) > shares.partPs(most, reason) ? kind : most;
        }
        long partPs = shares.partPs(most, reason);
        String share = partPs == reasonPs ? "" : " (" + Shares.percent(partPs, reasonPs) + " of it)";
        return TextTable.shorten(shares.kinds().get(most), 20) + share;
    }
}
