package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.workload.KillScope;

/**
 * The outstanding misses of a chiplet, at most one per control block, each with its kill bit.
 *
 * <p>A miss is outstanding from the lookup that missed until a TFH command ends it. An invalidate marks outstanding
 * misses; since a dropin in flight is the answer to one, the mark reaches it too. Source: Steiner, linux-mm, February
 * 2008 ("every outstanding miss"); the narrower scopes are what-ifs.
 *
 * <p>A plain table; the {@link TlbPort} it belongs to is what agents access.
 */
final class MissTable implements Stateful {
    private static final int OUTSTANDING = 1;
    /** The control block is still writing the miss into TFH and fault map (or its own status). */
    private static final int RECORDING = 2;
    /** The miss keeps its context from being unloaded. */
    private static final int LOCKING = 4;

    private static final int KILLED = 8;
    /** Some invalidate that marked the miss covered its page. */
    private static final int COVERED = 16;
    /** The visible trace in cbrexecstatus that an invalidate hit the control block. */
    private static final int INVALIDATED = 32;

    private final int[] flags;
    private final int[] contexts;
    private final int[] asids;
    private final long[] vaddrs;

    MissTable(int cbrs) {
        flags = new int[cbrs];
        contexts = new int[cbrs];
        asids = new int[cbrs];
        vaddrs = new long[cbrs];
    }

    /** Enters a miss. */
    void open(int cb, int context, int asid, long vaddr, boolean locking) {
        assert (flags[cb] & OUTSTANDING) == 0 : "control block " + cb + " has a miss already";
        flags[cb] = (flags[cb] & INVALIDATED) | OUTSTANDING | RECORDING | (locking ? LOCKING : 0);
        contexts[cb] = context;
        asids[cb] = asid;
        vaddrs[cb] = vaddr;
    }

    /** The miss is recorded where software sees it. */
    void recorded(int cb) {
        flags[cb] &= ~RECORDING;
    }

    /** The miss no longer keeps its context. */
    void unlock(int cb) {
        flags[cb] &= ~LOCKING;
    }

    /** The miss is answered. */
    void close(int cb) {
        flags[cb] &= INVALIDATED | RECORDING;
        contexts[cb] = 0;
        asids[cb] = 0;
        vaddrs[cb] = 0;
    }

    /** Forgets everything about a control block. */
    void clear(int cb) {
        close(cb);
        flags[cb] = 0;
    }

    boolean outstanding(int cb) {
        return (flags[cb] & OUTSTANDING) != 0;
    }

    /** How many control blocks have a miss outstanding. */
    int outstanding() {
        int count = 0;
        for (int flag : flags) {
            count += flag & OUTSTANDING;
        }
        return count;
    }

    /** Whether the context of the control block cannot be taken away because of its miss. */
    boolean keepsContext(int cb) {
        return (flags[cb] & (RECORDING | LOCKING)) != 0;
    }

    boolean killed(int cb) {
        return (flags[cb] & KILLED) != 0;
    }

    /** Whether the mark was for another page's invalidate only. */
    boolean killedFalsely(int cb) {
        return (flags[cb] & (KILLED | COVERED)) == KILLED;
    }

    boolean invalidated(int cb) {
        return (flags[cb] & INVALIDATED) != 0;
    }

    void invalidated(int cb, boolean hit) {
        flags[cb] = hit ? flags[cb] | INVALIDATED : flags[cb] & ~INVALIDATED;
    }

    int context(int cb) {
        return contexts[cb];
    }

    int asid(int cb) {
        return asids[cb];
    }

    long vaddr(int cb) {
        return vaddrs[cb];
    }

    /** Marks a control block's miss if it is outstanding and in the scope of the invalidate; says whether it was. */
    boolean mark(int cb, KillScope scope, Invalidation by) {
        if (!outstanding(cb)) {
            return false;
        }
        boolean covered = by.covers(asids[cb], vaddrs[cb]);
        boolean inScope = switch (scope) {
            case ALL -> true;
            case CONTEXT -> by.global() || ((by.contextBitmap() >>> contexts[cb]) & 1) != 0;
            case ASID -> by.global() || by.asid() == asids[cb];
            case RANGE -> covered;
        };
        if (inScope) {
            flags[cb] |= KILLED | INVALIDATED | (covered ? COVERED : 0);
        }
        return inScope;
    }

    @Override
    public void state(StateIo io) {
        io.array(flags);
        for (int cb = 0; cb < flags.length; cb++) {
            if (outstanding(cb)) {
                contexts[cb] = io.i32(contexts[cb]);
                asids[cb] = io.i32(asids[cb]);
                vaddrs[cb] = io.i64(vaddrs[cb]);
            } else if (io.loading()) {
                contexts[cb] = 0;
                asids[cb] = 0;
                vaddrs[cb] = 0;
            }
        }
    }
}
