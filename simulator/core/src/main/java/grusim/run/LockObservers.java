package grusim.run;

import grusim.engine.Agent;
import grusim.engine.LockObserver;
import grusim.engine.Shared;

/** Tells two observers of every lock, one after the other. */
record LockObservers(LockObserver first, LockObserver second) implements LockObserver {
    @Override
    public void wanted(Agent agent, Shared lock, boolean exclusive) {
        first.wanted(agent, lock, exclusive);
        second.wanted(agent, lock, exclusive);
    }

    @Override
    public void locked(Agent agent, Shared lock, boolean exclusive) {
        first.locked(agent, lock, exclusive);
        second.locked(agent, lock, exclusive);
    }

    @Override
    public void taken(Agent agent, Shared lock, boolean exclusive) {
        first.taken(agent, lock, exclusive);
        second.taken(agent, lock, exclusive);
    }

    @Override
    public void released(Agent agent, Shared lock) {
        first.released(agent, lock);
        second.released(agent, lock);
    }
}
