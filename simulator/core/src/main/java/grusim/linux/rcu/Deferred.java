package grusim.linux.rcu;

import grusim.engine.Agent;

/** What waits for grace periods: pages that are freed after one. */
public interface Deferred {
    /** A grace period begins. */
    void graceBegins();

    /** Frees a page that waited; the one access of the step. */
    void free(Agent thread, long page);
}
