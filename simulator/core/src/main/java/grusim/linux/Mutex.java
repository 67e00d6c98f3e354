package grusim.linux;

import grusim.engine.Engine;

/** A sleeping lock (Linux kernel/mutex.c); who waits gets it in order of arrival. */
public final class Mutex extends FifoLock {
    /** Makes a free lock. */
    public Mutex(Engine engine, String name, VmCounters counters) {
        super(engine, name, counters, VmCounter.MUTEX_WAITS);
    }
}
