package grusim.result.text;

import grusim.result.AttributionShares;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the time of each group went: a row for each of the groups with the most time, and its largest reasons, as many as
 * fit. Groups behind those are one row together.
 */
final class ViewTable {
    private static final int MOST_ROWS = 8;
    private static final int MOST_REASONS = 3;
    /** So that the whole line is at most 100 columns wide, with counts up to millions. */
    private static final int REASONS_WIDTH = 58;

    private ViewTable() {}

    static TextTable of(String title, AttributionShares shares) {
        TextTable table = new TextTable(title, "count", "mean", "of which").textLast();
        List<Integer> groups = new ArrayList<>(IntStream.range(0, shares.kinds().size())
                .filter(group -> shares.instructions(group) > 0)
                .boxed()
                .toList());
        groups.sort((a, b) -> Long.compare(shares.totalPs(b), shares.totalPs(a)));
        int single = groups.size() <= MOST_ROWS + 1 ? groups.size() : MOST_ROWS;
        for (int group : groups.subList(0, single)) {
            table.row(
                    shares.kinds().get(group),
                    Quantity.count(shares.instructions(group)),
                    Quantity.time(shares.meanPs(group)),
                    largest(shares, group));
        }
        List<Integer> rest = groups.subList(single, groups.size());
        if (!rest.isEmpty()) {
            long count = rest.stream().mapToLong(shares::instructions).sum();
            long totalPs = rest.stream().mapToLong(shares::totalPs).sum();
            table.row(
                    rest.size() + " with less time",
                    Quantity.count(count),
                    Quantity.time((totalPs + count / 2) / count),
                    "");
        }
        return table;
    }

    private static String largest(AttributionShares shares, int group) {
        long totalPs = shares.totalPs(group);
        List<Integer> reasons =
                new ArrayList<>(IntStream.range(0, shares.reasons().size())
                        .filter(reason -> shares.partPs(group, reason) > 0)
                        .boxed()
                        .toList());
        reasons.sort((a, b) -> Long.compare(shares.partPs(group, b), shares.partPs(group, a)));
        StringBuilder text = new StringBuilder();
        for (int reason : reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
            String part = Shares.percent(shares.partPs(group, reason), totalPs) + " "
                    + TextTable.shorten(shares.reasons().get(reason), 28);
            if (text.length() + 2 + part.length() > REASONS_WIDTH) {
                break;
            }
            text.append(text.length() == 0 ? "" : ", ").append(part);
        }
        return text.toString();
    }
}
