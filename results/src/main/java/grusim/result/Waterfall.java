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
        for (int phase = 0; phase < phases.size(); phase++) {
            if (tailPs.get(phase) < 0 || tailPs.get(phase) > allPs.get(phase)) {
                throw new IllegalArgumentException("waterfall " + name + ", " + phases.get(phase) + ": "
                        + tailPs.get(phase) + " ps of slow cases, " + allPs.get(phase) + " ps of all");
            }
        }
    }

    /**
     * This and other cases together; a case is slow if it was slow among its own. A phase that one of them has not comes
     * behind the one that it follows in the other.
     */
    public Waterfall plus(Waterfall other) {
        if (!name.equals(other.name)) {
            throw new IllegalArgumentException("waterfall " + name + " and waterfall " + other.name);
        }
        List<String> both = new ArrayList<>(phases);
        int next = 0;
        for (String phase : other.phases) {
            int at = both.indexOf(phase);
            if (at < 0) {
                both.add(next++, phase);
            } else {
                next = at + 1;
            }
        }
        return new Waterfall(
                name,
                both,
                sums(both, allPs, other, other.allPs),
                count + other.count,
                Math.min(tailFromPs, other.tailFromPs),
                sums(both, tailPs, other, other.tailPs),
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

    private List<Long> sums(List<String> both, List<Long> own, Waterfall other, List<Long> others) {
        return both.stream()
                .map(phase -> Math.addExact(of(phase, own), other.of(phase, others)))
                .toList();
    }

    private long of(String phase, List<Long> sums) {
        int at = phases.indexOf(phase);
        return at < 0 ? 0 : sums.get(at);
    }
}
