package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * Who has cleared PTEs and not announced the end of that yet. Each such agent has a bit, for {@link Translations#clears}.
 * At most 64 at once: the clears of any more are not followed.
 */
final class OpenClears implements Stateful {
    static final int NONE = -1;

    private static final int NOBODY = -1;

    private final int[] agents = new int[Long.SIZE];
    private final int[] ranks = new int[Long.SIZE];
    private long open;

    OpenClears() {
        Arrays.fill(agents, NOBODY);
    }

    /** Bits of all open clears. */
    long open() {
        return open;
    }

    /** The bit of an agent's open clears, or {@link #NONE}. */
    int bit(int agent) {
        for (long left = open; left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            if (agents[bit] == agent) {
                return bit;
            }
        }
        return NONE;
    }

    /** The bit of an agent that clears, a new one if it has none; {@link #NONE} if none is left. */
    int begin(int agent) {
        int bit = bit(agent);
        if (bit == NONE && open != -1L) {
            bit = Long.numberOfTrailingZeros(~open);
            open |= 1L << bit;
            agents[bit] = agent;
        }
        return bit;
    }

    void end(int bit) {
        open &= ~(1L << bit);
        agents[bit] = NOBODY;
    }

    /** Whether the bits are numbered by agent, without gaps. */
    boolean sorted() {
        int count = Long.bitCount(open);
        boolean sorted = open == low(count);
        for (int bit = 1; sorted && bit < count; bit++) {
            sorted = agents[bit - 1] < agents[bit];
        }
        return sorted;
    }

    /** Numbers the bits by agent, without gaps; {@link #sorted(long)} then translates old masks until the next call. */
    void sort() {
        for (long left = open; left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            int rank = 0;
            for (long others = open; others != 0; others &= others - 1) {
                rank += agents[Long.numberOfTrailingZeros(others)] < agents[bit] ? 1 : 0;
            }
            ranks[bit] = rank;
        }
        int count = Long.bitCount(open);
        open = low(count);
        for (int end = 1; end < agents.length; end++) {
            int agent = agents[end];
            int at = end;
            while (agent != NOBODY && at > 0 && (agents[at - 1] == NOBODY || agents[at - 1] > agent)) {
                agents[at] = agents[at - 1];
                at--;
            }
            agents[at] = agent;
        }
    }

    private static long low(int count) {
        return count == 0 ? 0 : -1L >>> (Long.SIZE - count);
    }

    /** A mask of bits as they were numbered before they were sorted, in the numbers they have now. */
    long sorted(long mask) {
        long now = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            now |= 1L << ranks[Long.numberOfTrailingZeros(left)];
        }
        return now;
    }

    @Override
    public void state(StateIo io) {
        open = io.i64(open);
        for (int bit = 0; bit < agents.length; bit++) {
            agents[bit] = (open >>> bit & 1) != 0 ? io.i32(agents[bit]) : NOBODY;
        }
    }
}
