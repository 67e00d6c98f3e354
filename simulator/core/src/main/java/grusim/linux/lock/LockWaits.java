package grusim.linux.lock;

/** Hears of each wait for a lock, once an agent has joined the lock's queue. */
@FunctionalInterface
public interface LockWaits {
    /** Nobody counts. */
    LockWaits UNCOUNTED = kind -> {};

    /** What was waited for. */
    enum Kind {
        SPINLOCK,
        MUTEX,
        SEMAPHORE_READ,
        SEMAPHORE_WRITE
    }

    /** Somebody has to wait. */
    void waits(Kind kind);
}
