package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.linux.lock.Mutex;
import java.util.ArrayList;
import java.util.List;

/** The states of all threads with contexts, and of the kernel's own contexts, by number. Announces their use and end. */
public final class ThreadStates {
    private static final int NONE = -1;

    private final GruDriver driver;
    private final Engine engine;
    private final List<ThreadState> states = new ArrayList<>();

    /** The thread state whose use a timed run announced last, unless one was freed since. */
    private int usedLast = NONE;

    ThreadStates(GruDriver driver, Engine engine) {
        this.driver = driver;
        this.engine = engine;
        engine.component(io -> usedLast = io.loading() ? NONE : usedLast);
    }

    /** Makes the state of a thread, or of a kernel context with {@link ThreadState#KERNEL} for its address space. */
    ThreadState create(int mm, Cpu cpu, ContextOptions options, boolean growingSizes) {
        int id = states.size();
        driver.count(DriverCounter.GTS_ALLOC);
        Mutex lock =
                new Mutex(engine, "gts" + id + " ts_ctxlock", driver.kernel().counters());
        SegmentMapping mapping = new SegmentMapping(engine, "gts" + id + " segment");
        AvailableSizes sizes = growingSizes ? new AvailableSizes(engine, "gts" + id) : null;
        ThreadState gts = new ThreadState(id, mm, cpu, options, lock, mapping, sizes);
        engine.component(gts);
        states.add(gts);
        return gts;
    }

    /** A thread state, which is used. */
    public ThreadState use(int id) {
        if (id != usedLast) {
            usedLast = engine.isTimed() ? id : NONE;
            driver.observer().threadStateUsed(id);
        }
        return states.get(id);
    }

    /** A thread state for who does not use it: to find it, or for what never changes. */
    ThreadState found(int id) {
        return states.get(id);
    }

    /** Whether who looks for a thread state, in the step that takes its lock, finds none any more. */
    boolean gone(Agent a, int id) {
        ThreadState gts = states.get(id);
        return gts.mapping().dropped(a) && !gts.lock.inUse(a) && !gts.loaded();
    }

    /** Announces that a thread state was freed. */
    void freed(int id) {
        usedLast = NONE;
        driver.count(DriverCounter.GTS_FREE);
        driver.observer().threadStateFreed(id);
    }

    /** Number of the first thread state of an address space from a number on, or -1. */
    int next(int mm, int from) {
        for (int id = from; id < states.size(); id++) {
            if (states.get(id).mm == mm) {
                return id;
            }
        }
        return NONE;
    }
}
