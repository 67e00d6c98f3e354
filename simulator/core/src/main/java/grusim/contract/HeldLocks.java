package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/** Which locks each agent holds, in the order in which it took them, and whether for itself alone. At most 15 each. */
final class HeldLocks implements Stateful {
    private static final int ROW_BITS = 4;
    private static final int MOST = (1 << ROW_BITS) - 1;

    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    /** FACTOR * UNDO = 1 in 64 bits. */
    private static final long UNDO = 0xf1de83e19937733dL;

    /** Per agent a row: how many, then each as twice the lock's number, plus one if it is held for itself alone. */
    private int[] rows = new int[4 << ROW_BITS];

    /** Per agent, a number that its row is folded into from the first to the last. */
    private long[] signatures = new long[4];

    int count(int agent) {
        int row = agent << ROW_BITS;
        return row < rows.length ? rows[row] : 0;
    }

    /** Number of the {@code i}th lock that an agent holds. */
    int lock(int agent, int i) {
        return rows[(agent << ROW_BITS) + 1 + i] >> 1;
    }

    /** Whether an agent holds its {@code i}th lock for itself alone. */
    boolean exclusive(int agent, int i) {
        return (rows[(agent << ROW_BITS) + 1 + i] & 1) != 0;
    }

    /** A number that differs, but for a chance of 2^-64, between an agent's ways of holding locks. */
    long signature(int agent) {
        return agent < signatures.length ? signatures[agent] : 0;
    }

    private void sign(int agent) {
        int row = agent << ROW_BITS;
        long signature = 0;
        for (int at = row + 1; at <= row + rows[row]; at++) {
            signature = signature * FACTOR + rows[at] + 1;
        }
        signatures[agent] = signature;
    }

    /** Agents there may be that hold something: every such number is below this. */
    int agents() {
        return rows.length >> ROW_BITS;
    }

    /** Whether an agent holds a lock. */
    boolean holds(int agent, int lock) {
        for (int i = count(agent) - 1; i >= 0; i--) {
            if (lock(agent, i) == lock) {
                return true;
            }
        }
        return false;
    }

    /** An agent holds a lock from now on; one it held already changes its way, unless both are shared: then it holds two. */
    void take(int agent, int lock, boolean exclusive) {
        int row = agent << ROW_BITS;
        if (row >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(row + (1 << ROW_BITS), 2 * rows.length));
            signatures = Arrays.copyOf(signatures, agents());
        }
        int held = lock << 1 | (exclusive ? 1 : 0);
        for (int at = row + rows[row]; at > row; at--) {
            if (rows[at] >> 1 == lock && (exclusive || (rows[at] & 1) != 0)) {
                rows[at] = held;
                sign(agent);
                return;
            }
        }
        signatures[agent] = signatures[agent] * FACTOR + held + 1;
        assert rows[row] < MOST : "agent " + agent + " holds more than " + MOST + " locks";
        rows[++rows[row] + row] = held;
    }

    /** An agent gives back what it took last of a lock. */
    void release(int agent, int lock) {
        int row = agent << ROW_BITS;
        int at = row < rows.length ? row + rows[row] : row;
        while (at > row && rows[at] >> 1 != lock) {
            at--;
        }
        if (at == row) {
            return;
        }
        int last = row + rows[row]--;
        if (at == last) {
            signatures[agent] = (signatures[agent] - rows[at] - 1) * UNDO;
        } else {
            System.arraycopy(rows, at + 1, rows, at, last - at);
            sign(agent);
        }
        rows[last] = 0;
    }

    @Override
    public void state(StateIo io) {
        int holders = 0;
        for (int agent = 0; agent < agents(); agent++) {
            holders += count(agent) > 0 ? 1 : 0;
        }
        holders = io.i32(holders);
        if (io.loading()) {
            Arrays.fill(rows, 0);
            Arrays.fill(signatures, 0);
            for (int i = 0; i < holders; i++) {
                load(io);
            }
            return;
        }
        for (int agent = 0; agent < agents(); agent++) {
            if (count(agent) > 0) {
                io.i64((long) agent << Integer.SIZE | count(agent));
                for (int i = 0; i < count(agent); i++) {
                    io.i32(rows[(agent << ROW_BITS) + 1 + i]);
                }
            }
        }
    }

    private void load(StateIo io) {
        long header = io.i64(0);
        int agent = (int) (header >>> Integer.SIZE);
        for (int i = 0; i < (int) header; i++) {
            int held = io.i32(0);
            take(agent, held >> 1, (held & 1) != 0);
        }
    }
}
