package grusim.engine;

/**
 * Is told of every lock that agents take and give back, in the step in which it happens. {@link LockName} says of which kind a
 * lock is.
 */
public interface LockObserver {
    /** Listens to nothing. */
    LockObserver NONE = new LockObserver() {};

    /** The agent wants a lock, for itself alone or shared, which it does not get yet, and will wait for it. */
    default void wanted(Agent agent, Shared lock, boolean exclusive) {}

    /** The agent holds a lock from now on, for which it waited or would have waited: it wanted it and has taken it. */
    default void locked(Agent agent, Shared lock, boolean exclusive) {
        wanted(agent, lock, exclusive);
        taken(agent, lock, exclusive);
    }

    /** The agent holds the lock from now on by a try, or holds it in another way than before. */
    default void taken(Agent agent, Shared lock, boolean exclusive) {}

    /** The agent gives the lock back. */
    default void released(Agent agent, Shared lock) {}
}
