package grusim.contract;

import grusim.engine.Agent;
import grusim.engine.LockObserver;
import grusim.engine.Shared;

/** Hands what is announced of locks to the invariants it matters to. */
final class LockWatch implements LockObserver {
    private final HeldLocks held;
    private final LockOrder order;
    private final boolean ordered;

    /** {@code ordered} says whether the order of locks is judged. */
    LockWatch(HeldLocks held, LockOrder order, boolean ordered) {
        this.held = held;
        this.order = order;
        this.ordered = ordered;
    }

    @Override
    public void wanted(Agent agent, Shared lock, boolean exclusive) {
        if (ordered) {
            order.wanted(agent.id(), lock.id(), exclusive);
        }
    }

    @Override
    public void taken(Agent agent, Shared lock, boolean exclusive) {
        held.take(agent.id(), lock.id(), exclusive);
    }

    @Override
    public void released(Agent agent, Shared lock) {
        held.release(agent.id(), lock.id());
    }
}
