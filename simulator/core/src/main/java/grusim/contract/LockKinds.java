package grusim.contract;

import grusim.engine.Engine;
import grusim.engine.LockName;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Kinds of locks by their role: a lock's name ends in the name of its kind, after the last space or dot, and perhaps a
 * number. Of each lock it knows who wanted it for itself alone. Locks by number.
 */
final class LockKinds implements Stateful {
    /** There are at most so many kinds. */
    static final int MOST = Long.SIZE;

    /** Agents remembered of each kind. */
    private static final int WRITERS = 4;

    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final Engine engine;
    private final List<String> names = new ArrayList<>();
    private final int[] writersOfKind = new int[MOST * WRITERS];

    // ---- the locks that were heard of, and what is known of each by its number ----
    private int heard;
    private int[] order = {};
    private int[] kinds = {};
    private int[] writer = {};
    private long[] writerPs = {};

    LockKinds(Engine engine) {
        this.engine = engine;
        Arrays.fill(writersOfKind, NONE);
    }

    /** Number of a lock's kind. */
    int of(int lock) {
        int kind = lock < kinds.length ? kinds[lock] : NONE;
        return kind == NONE ? hear(lock) : kind;
    }

    private int hear(int lock) {
        int known = kinds.length;
        if (lock >= known) {
            kinds = Arrays.copyOf(kinds, Math.max(lock + 1, 2 * known));
            writer = Arrays.copyOf(writer, kinds.length);
            writerPs = Arrays.copyOf(writerPs, kinds.length);
            Arrays.fill(kinds, known, kinds.length, NONE);
            Arrays.fill(writer, known, kinds.length, NONE);
        }
        if (heard == order.length) {
            order = Arrays.copyOf(order, Math.max(16, 2 * heard));
        }
        order[heard++] = lock;
        String name = LockName.kind(lockName(lock));
        int kind = names.indexOf(name);
        if (kind < 0) {
            kind = names.size();
            if (kind == MOST) {
                throw new IllegalStateException("more than " + MOST + " kinds of locks: " + name);
            }
            names.add(name);
        }
        kinds[lock] = kind;
        return kind;
    }

    String lockName(int lock) {
        return engine.shared(lock).name();
    }

    String name(int kind) {
        return names.get(kind);
    }

    // ---- who wants a lock for itself alone ----

    /** An agent wants a lock that was heard of for itself alone; says whether that is news. */
    boolean wantedAlone(int agent, int lock, long nowPs) {
        int before = writer[lock];
        if (before == agent || before == SEVERAL) {
            return false;
        }
        writer[lock] = before == NONE ? agent : SEVERAL;
        writerPs[lock] = nowPs;
        for (int i = kinds[lock] * WRITERS; i < (kinds[lock] + 1) * WRITERS && writersOfKind[i] != agent; i++) {
            if (writersOfKind[i] == NONE) {
                writersOfKind[i] = agent;
                break;
            }
        }
        return true;
    }

    /** Whether an agent that made none of these has wanted a lock of the kind for itself alone. */
    boolean wantedAloneBeside(List<Acquisition> others, int kind) {
        for (int i = kind * WRITERS; i < (kind + 1) * WRITERS && writersOfKind[i] != NONE; i++) {
            int by = writersOfKind[i];
            if (others.stream().noneMatch(each -> each.agent() == by)) {
                return true;
            }
        }
        return false;
    }

    /** Whether another agent has wanted the lock for itself alone. */
    boolean wantedAloneBeside(int agent, int lock) {
        return writer[lock] != NONE && writer[lock] != agent;
    }

    /** The agent that wanted the lock for itself alone, {@link Findings#UNKNOWN} if several did. */
    int writer(int lock) {
        return writer[lock] < 0 ? Findings.UNKNOWN : writer[lock];
    }

    long writerPs(int lock) {
        return writerPs[lock];
    }

    @Override
    public void state(StateIo io) {
        int locks = io.i32(heard);
        if (io.loading()) {
            names.clear();
            heard = 0;
            Arrays.fill(kinds, NONE);
        }
        for (int i = 0; i < locks; i++) {
            int lock = io.i32(io.loading() ? 0 : order[i]);
            if (io.loading()) {
                hear(lock);
            }
            writer[lock] = io.i32(writer[lock]);
            writerPs[lock] = io.i64(writerPs[lock]);
        }
        io.array(writersOfKind);
    }
}
