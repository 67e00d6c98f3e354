package grusim.linux;

import grusim.engine.Agent;
import grusim.linux.rcu.Deferred;

/** The page-table pages that are freed after a grace period. */
record DeferredTables(TablePages tables, VmCounters counters) implements Deferred {
    @Override
    public void graceBegins() {
        counters.add(VmCounter.GRACE_PERIODS);
    }

    @Override
    public void free(Agent thread, long page) {
        tables.free(thread, page);
    }
}
