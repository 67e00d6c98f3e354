package grusim.result;

import java.util.ArrayList;
import java.util.List;

/**
 * The life of one kind of operation by phase: of all cases, and of the slow ones, those that took at least as long as
 * the 99th percentile. The phases of a case add up to its whole. Immutable.
 *
 * @param name the operation, for example {@code dropin.interrupt}
 * @param phases what the time went to, in the order of an operation's life
 * @param allPs picoseconds by phase, added up over all cases
 * @param count how many cases there are
 * @param tailFromPs from which duration on a case is a slow one
 * @param tailPs picoseconds by phase, added up over the slow cases
 * @param tailCount how many slow cases there are
 */
public record Waterfall(
        String name,
        List<String> phases,
        List<Long> allPs,
        long count,
        long tailFromPs,
        List<Long> tailPs,
        long tailCount) {
    public Waterfall {
        phases = List.copyOf(phases);
        allPs = List.copyOf(allPs);
        tailPs = List.copyOf(tailPs);
        if (allPs.size() != phases.size() || tailPs.size() != phases.size()) {
            throw new IllegalArgumentException("waterfall " + name + ": " + phases.size() + " phases, but "
                    + allPs.size() + " and " + tailPs.size() + " sums");
        }
        if (tailCount > count) {
            throw new IllegalArgumentException("waterfall " + name + ": " + tailCount + " slow cases of " + count);
        }
    }

    /** This and other cases together; a case is slow if it was slow among its own. */
    public Waterfall plus(Waterfall other) {
        if (!name.equals(other.name) || !phases.equals(other.phases)) {
            throw new IllegalArgumentException("waterfall " + name + " of " + phases + " and waterfall " + other.name
                    + " of " + other.phases + " have not the same phases");
        }
        return new Waterfall(
                name,
                phases,
                sums(allPs, other.allPs),
                count + other.count,
                Math.min(tailFromPs, other.tailFromPs),
                sums(tailPs, other.tailPs),
                tailCount + other.tailCount);
    }

    /** The time of all cases. */
    public long totalPs() {
        return allPs.stream().mapToLong(Long::longValue).sum();
    }

    /** The time of the slow cases. */
    public long tailTotalPs() {
        return tailPs.stream().mapToLong(Long::longValue).sum();
    }

    private static List<Long> sums(List<Long> one, List<Long> other) {
        List<Long> sums = new ArrayList<>(one.size());
        for (int phase = 0; phase < one.size(); phase++) {
            sums.add(Math.addExact(one.get(phase), other.get(phase)));
        }
        return sums;
    }
}
