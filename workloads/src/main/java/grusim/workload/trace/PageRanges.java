package grusim.workload.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of pages kept as ranges; neighbouring ranges are joined. */
final class PageRanges {
    private final TreeMap<Long, Long> endByStart = new TreeMap<>();

    /** Adds the pages from start to end, end excluded. */
    void add(long start, long end) {
        if (start >= end) {
            return;
        }
        long from = start;
        long to = end;
        Map.Entry<Long, Long> before = endByStart.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        Map.Entry<Long, Long> after = endByStart.ceilingEntry(from);
        while (after != null && after.getKey() <= to) {
            to = Math.max(to, after.getValue());
            endByStart.remove(after.getKey());
            after = endByStart.ceilingEntry(from);
        }
        endByStart.put(from, to);
    }

    /** Removes the pages from start to end, end excluded. */
    void remove(long start, long end) {
        if (start >= end) {
            return;
        }
        Map.Entry<Long, Long> before = endByStart.lowerEntry(start);
        if (before != null && before.getValue() > start) {
            endByStart.put(before.getKey(), start);
            if (before.getValue() > end) {
                endByStart.put(end, before.getValue());
            }
        }
        Map.Entry<Long, Long> inside = endByStart.ceilingEntry(start);
        while (inside != null && inside.getKey() < end) {
            endByStart.remove(inside.getKey());
            if (inside.getValue() > end) {
                endByStart.put(end, inside.getValue());
            }
            inside = endByStart.ceilingEntry(start);
        }
    }

    /** Removes the pages of another set. */
    void removeAll(PageRanges others) {
        if (endByStart.isEmpty()) {
            return;
        }
        long first = endByStart.firstKey();
        long last = endByStart.lastEntry().getValue();
        Long from = others.endByStart.floorKey(first);
        others.endByStart
                .subMap(from == null ? first : from, Math.max(last, from == null ? first : from))
                .forEach(this::remove);
    }

    boolean contains(long page) {
        Map.Entry<Long, Long> at = endByStart.floorEntry(page);
        return at != null && at.getValue() > page;
    }

    /** The ranges in order, each as {start, end}. */
    List<long[]> ranges() {
        List<long[]> ranges = new ArrayList<>();
        endByStart.forEach((start, end) -> ranges.add(new long[] {start, end}));
        return ranges;
    }
}
