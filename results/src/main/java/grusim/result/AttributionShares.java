package grusim.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Instruction time by kind and reason, in picoseconds; the parts add up to the whole. Immutable. */
public final class AttributionShares {
    /** No kinds and no reasons. */
    public static final AttributionShares NONE =
            new AttributionShares(List.of(), List.of(), new long[0][0], new long[0]);

    private final List<String> kinds;
    private final List<String> reasons;
    private final long[][] partsPs;
    private final long[] instructions;

    AttributionShares(List<String> kinds, List<String> reasons, long[][] partsPs, long[] instructions) {
        this.kinds = kinds;
        this.reasons = reasons;
        this.partsPs = new long[partsPs.length][];
        for (int kind = 0; kind < partsPs.length; kind++) {
            this.partsPs[kind] = partsPs[kind].clone();
        }
        this.instructions = instructions.clone();
    }

    /**
     * Shares from their parts, as read from a file.
     *
     * @param partsPs by kind, and then by reason
     * @param instructions how many finished, by kind
     */
    public static AttributionShares of(
            List<String> kinds, List<String> reasons, List<long[]> partsPs, long[] instructions) {
        boolean fits = partsPs.size() == kinds.size()
                && instructions.length == kinds.size()
                && partsPs.stream().allMatch(parts -> parts.length == reasons.size());
        if (!fits) {
            throw new IllegalArgumentException("time of " + partsPs.size() + " kinds and " + instructions.length
                    + " counts; accepted are as many as names, " + kinds.size() + " by " + reasons.size());
        }
        return new AttributionShares(
                List.copyOf(kinds), List.copyOf(reasons), partsPs.toArray(new long[0][]), instructions);
    }

    public List<String> kinds() {
        return kinds;
    }

    public List<String> reasons() {
        return reasons;
    }

    /** Time that instructions of a kind spent for a reason. */
    public long partPs(int kind, int reason) {
        return partsPs[kind][reason];
    }

    /** Time of all instructions of a kind. */
    public long totalPs(int kind) {
        long sum = 0;
        for (long part : partsPs[kind]) {
            sum = Math.addExact(sum, part);
        }
        return sum;
    }

    /** How many instructions of a kind finished. */
    public long instructions(int kind) {
        return instructions[kind];
    }

    /** The mean duration of a kind, rounded to the nearest picosecond; absent if none finished. */
    public OptionalLong meanPs(int kind) {
        return instructions[kind] == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Decimals.divide(totalPs(kind), instructions[kind]));
    }

    /** Adds the time of a kind to a group of other time by the same reasons. */
    public void addTo(Attribution other, int kind, int group) {
        if (instructions[kind] == 0) {
            return;
        }
        for (int reason = 0; reason < reasons.size(); reason++) {
            other.add(group, reason, partsPs[kind][reason]);
        }
        other.finished(group, instructions[kind], totalPs(kind));
    }

    /** The same time without the kinds of which nothing finished. */
    public AttributionShares used() {
        int[] used = IntStream.range(0, kinds.size())
                .filter(kind -> instructions[kind] > 0)
                .toArray();
        return new AttributionShares(
                IntStream.of(used).mapToObj(kinds::get).toList(),
                reasons,
                IntStream.of(used).mapToObj(kind -> partsPs[kind]).toArray(long[][]::new),
                IntStream.of(used).mapToLong(kind -> instructions[kind]).toArray());
    }

    /** This and other time together; kinds that one of them has not are taken over. */
    public AttributionShares plus(AttributionShares other) {
        if (kinds.isEmpty() || other.kinds.isEmpty()) {
            return kinds.isEmpty() ? other : this;
        }
        if (!reasons.equals(other.reasons)) {
            throw new IllegalArgumentException("time by " + reasons + " and time by " + other.reasons);
        }
        List<String> all = new ArrayList<>(kinds);
        other.kinds.stream().filter(kind -> !kinds.contains(kind)).forEach(all::add);
        long[][] parts = new long[all.size()][reasons.size()];
        long[] counts = new long[all.size()];
        addTo(all, parts, counts);
        other.addTo(all, parts, counts);
        return new AttributionShares(List.copyOf(all), reasons, parts, counts);
    }

    private void addTo(List<String> all, long[][] parts, long[] counts) {
        for (int kind = 0; kind < kinds.size(); kind++) {
            int at = all.indexOf(kinds.get(kind));
            counts[at] += instructions[kind];
            for (int reason = 0; reason < reasons.size(); reason++) {
                parts[at][reason] += partsPs[kind][reason];
            }
        }
    }
}
