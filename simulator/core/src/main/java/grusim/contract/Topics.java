package grusim.contract;

import grusim.engine.Engine;

/**
 * Which parts of the invariants' state the steps since the last {@link #take} consulted or changed, as a mask of 64 bits:
 * steps of different agents whose masks do not intersect leave the contract in the same state in either order, and are
 * judged alike.
 *
 * <p>Each topic is a matrix of bits with a row per key (pages, frames, control blocks, folded) and a column per agent
 * (folded). What <em>changes</em> something of a key sets its whole row; what only <em>consults</em> it, or changes it in a
 * way that commutes with all that is called consulting here, sets its agent's bit of the row. So a change meets every other
 * step on its key, and two consultations of different agents do not meet. Folding only makes masks meet more often. In
 * timed runs, where nobody asks, the mask stays empty.
 */
final class Topics {
    /** Where the bits of a topic lie. */
    private record Matrix(int shift, int keys, int agents) {
        /** The whole row of a key. */
        long row(long key) {
            return ((1L << agents) - 1) << (shift + Math.floorMod(key, keys) * agents);
        }

        /** One agent's bit of a key's row. */
        long bit(long key, int agent) {
            return 1L << (shift + Math.floorMod(key, keys) * agents + Math.floorMod(agent, agents));
        }

        /** All rows. */
        long all() {
            return (-1L >>> (Long.SIZE - keys * agents)) << shift;
        }

        Matrix then(int nextKeys, int nextAgents) {
            return new Matrix(shift + keys * agents, nextKeys, nextAgents);
        }
    }

    private static final Matrix FRAMES = new Matrix(0, 2, 5);
    private static final Matrix TRANSLATIONS = FRAMES.then(2, 7);
    private static final Matrix CLEARS = TRANSLATIONS.then(4, 1);
    private static final Matrix ASIDS = CLEARS.then(1, 7);
    private static final Matrix CONTEXTS = ASIDS.then(2, 4);
    private static final Matrix MISSES = CONTEXTS.then(4, 1);
    private static final Matrix CONTENT = MISSES.then(2, 3);
    private static final Matrix ADDRESS_SPACES = CONTENT.then(1, 5);
    private static final Matrix THREAD_STATES = ADDRESS_SPACES.then(1, 5);
    private static final Matrix TABLES = THREAD_STATES.then(1, 1);

    static {
        assert TABLES.shift() + 1 == Long.SIZE;
    }

    private final Engine engine;
    private final boolean asked;
    private long informed;

    Topics(Engine engine) {
        this.engine = engine;
        this.asked = !engine.isTimed();
    }

    /** The mask since the last call. */
    long take() {
        long mask = informed;
        informed = 0;
        return mask;
    }

    /** Whether the mask is ever asked for. */
    boolean asked() {
        return asked;
    }

    /** A context read or wrote memory. */
    void memoryAccessed(int context, long vaddr, long pfn, boolean bytes, boolean write) {
        contextConsulted(context);
        frameConsulted(pfn);
        translationConsulted(vaddr);
        if (bytes && write) {
            contentChanged(vaddr);
        } else if (bytes) {
            contentConsulted(vaddr);
        }
    }

    private int agent() {
        return engine.stepping();
    }

    private static long number(long vaddr) {
        return vaddr >>> PageKey.SHIFT;
    }

    // ---- frames: allocated or free, and the page each is mapped for ----

    void frameConsulted(long pfn) {
        if (asked) {
            informed |= FRAMES.bit(pfn, agent());
        }
    }

    void frameChanged(long pfn) {
        if (asked) {
            informed |= FRAMES.row(pfn);
        }
    }

    // ---- translations, by page ----

    /** An entry was used, or a translation on its way to one came, went on or was given up. */
    void translationConsulted(long vaddr) {
        if (asked) {
            informed |= TRANSLATIONS.bit(number(vaddr), agent());
        }
    }

    void translationsChanged(long vaddr) {
        if (asked) {
            informed |= TRANSLATIONS.row(number(vaddr));
        }
    }

    /** Translations of the pages from {@code start} to {@code end} changed. */
    void translationsChanged(long start, long end) {
        if (asked) {
            informed |= end - start > PageKey.BYTES ? TRANSLATIONS.all() : TRANSLATIONS.row(number(start));
        }
    }

    void translationsChanged() {
        if (asked) {
            informed |= TRANSLATIONS.all();
        }
    }

    // ---- clears whose end was not announced, by who cleared ----

    void clearsConsulted() {
        if (asked) {
            informed |= CLEARS.all();
        }
    }

    void clearsChanged(int byAgent) {
        if (asked) {
            informed |= CLEARS.row(byAgent);
        }
    }

    // ---- asids: owners, loaded contexts, counts of entries ----

    /** An owner was looked up, or an entry counted. */
    void asidConsulted() {
        if (asked) {
            informed |= ASIDS.bit(0, agent());
        }
    }

    void asidsChanged() {
        if (asked) {
            informed |= ASIDS.all();
        }
    }

    // ---- contexts and the misses of control blocks ----

    void contextConsulted(int context) {
        if (asked) {
            informed |= CONTEXTS.bit(context, agent());
        }
    }

    void contextChanged(int context) {
        if (asked) {
            informed |= CONTEXTS.row(context);
        }
    }

    /** The miss of a control block, or the dropin commanded for it, changed. */
    void missChanged(int cb) {
        if (asked) {
            informed |= MISSES.row(cb);
        }
    }

    void missesChanged() {
        if (asked) {
            informed |= MISSES.all();
        }
    }

    // ---- content of pages ----

    private void contentConsulted(long vaddr) {
        if (asked) {
            informed |= CONTENT.bit(number(vaddr), agent());
        }
    }

    void contentChanged(long vaddr) {
        if (asked) {
            informed |= CONTENT.row(number(vaddr));
        }
    }

    // ---- lives ----

    void addressSpaceConsulted() {
        if (asked) {
            informed |= ADDRESS_SPACES.bit(0, agent());
        }
    }

    void addressSpacesChanged() {
        if (asked) {
            informed |= ADDRESS_SPACES.all();
        }
    }

    void threadStateConsulted() {
        if (asked) {
            informed |= THREAD_STATES.bit(0, agent());
        }
    }

    void threadStatesChanged() {
        if (asked) {
            informed |= THREAD_STATES.all();
        }
    }

    void tablesChanged() {
        if (asked) {
            informed |= TABLES.all();
        }
    }
}
