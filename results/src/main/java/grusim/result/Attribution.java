package grusim.result;

import java.util.List;

/**
 * Where instruction time goes: for each instruction kind, picoseconds by the reason that was waited for. The parts of an
 * instruction must add up to its whole; {@link #shares()} refuses a kind whose sums differ. Kinds and reasons are given
 * by position so that adding costs one array access. One thread records.
 */
public final class Attribution {
    private final List<String> kinds;
    private final List<String> reasons;
    private final long[][] partsPs;
    private final long[] wholePs;
    private final long[] instructions;

    public Attribution(List<String> kinds, List<String> reasons) {
        this.kinds = List.copyOf(kinds);
        this.reasons = List.copyOf(reasons);
        this.partsPs = new long[kinds.size()][reasons.size()];
        this.wholePs = new long[kinds.size()];
        this.instructions = new long[kinds.size()];
    }

    /** Adds time that an instruction of a kind spent for a reason. */
    public void add(int kind, int reason, long partPs) {
        if (partPs < 0) {
            throw new IllegalArgumentException(
                    kinds.get(kind) + ", " + reasons.get(reason) + ": " + partPs + " ps is negative");
        }
        partsPs[kind][reason] += partPs;
    }

    /** Adds instructions of a kind that finished and what they took as a whole; their parts are added apart. */
    void finished(int kind, long count, long durationPs) {
        wholePs[kind] = Math.addExact(wholePs[kind], durationPs);
        instructions[kind] += count;
    }

    /** Counts a finished instruction that took the given time as a whole. */
    public void finished(int kind, long durationPs) {
        wholePs[kind] += durationPs;
        instructions[kind]++;
    }

    /** An immutable copy; throws with both numbers when the parts of a kind do not add up to the whole. */
    public AttributionShares shares() {
        AttributionShares shares = new AttributionShares(kinds, reasons, partsPs, instructions);
        for (int kind = 0; kind < kinds.size(); kind++) {
            if (shares.totalPs(kind) != wholePs[kind]) {
                throw new IllegalStateException("instruction time of " + kinds.get(kind) + ": parts add up to "
                        + shares.totalPs(kind) + " ps, the whole is " + wholePs[kind] + " ps");
            }
        }
        return shares;
    }
}
