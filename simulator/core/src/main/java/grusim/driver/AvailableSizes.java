package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.isa.PageSize;

/**
 * The page sizes a thread's context looks up (ts_sizeavail), which begin with the base page and grow with the first miss
 * of a larger one, and whether the context handle is yet to be told (ts_force_cch_reload). Interrupts and the thread's own
 * calls race for both; the driver has no lock for them.
 */
final class AvailableSizes {
    private final Cell sizes;
    private final Cell reloadPending;

    AvailableSizes(Engine engine, String name) {
        sizes = engine.cell(name + " ts_sizeavail", PageSize.KIB_4.mask());
        reloadPending = engine.cell(name + " ts_force_cch_reload", 0);
    }

    /** Whether a size is among them. One access. */
    boolean has(Agent agent, PageSize size) {
        return (sizes.load(agent, Order.RELAXED) & size.mask()) != 0;
    }

    /** The mask of sizes as the agent sees it. One access. */
    int load(Agent agent) {
        return (int) sizes.load(agent, Order.RELAXED);
    }

    /** Adds a size. One access. */
    void add(Agent agent, PageSize size) {
        sizes.orBits(agent, size.mask(), Order.RELAXED);
    }

    /** Asks for the context handle to be told by the thread's next call. One access. */
    void askReload(Agent agent) {
        reloadPending.store(agent, 1, Order.RELAXED);
    }

    /** Whether that is yet to be done. One access. */
    boolean reloadPending(Agent agent) {
        return reloadPending.load(agent, Order.RELAXED) != 0;
    }

    /** As {@link #reloadPending}; it is the caller's to do then. One access. */
    boolean takeReload(Agent agent) {
        return reloadPending.exchange(agent, 0, Order.RELAXED) != 0;
    }

    /** The mask at present, for probes, and where one step configures a whole handle. */
    int peek() {
        return (int) sizes.peek();
    }
}
