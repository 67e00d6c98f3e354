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

    @Override
    public void state(StateIo io) {
        open = io.i64(open);
        for (int bit = 0; bit < agents.length; bit++) {
            agents[bit] = (open >>> bit & 1) != 0 ? io.i32(agents[bit]) : NOBODY;
        }
    }
}
