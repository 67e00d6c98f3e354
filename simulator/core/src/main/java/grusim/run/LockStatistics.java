package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.LockName;
import grusim.engine.LockObserver;
import grusim.engine.Shared;
import grusim.linux.lock.RwSemaphore;
import grusim.result.RunResultBuilder;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Measures locks by their kinds: how often each is taken, how often and how long agents wait for it, and how long
 * they hold it. Those that can be shared are measured apart for readers and writers. A try that fails is neither an acquisition
 * nor a wait. Statistics, not simulated state.
 */
final class LockStatistics implements LockObserver {
    private static final LockTimes[] UNHEARD = {};

    private final Engine engine;
    private final TreeMap<String, LockTimes> kinds = new TreeMap<>();

    /** By a lock's number, twice: the times of its shared holders, then of those that have it alone. */
    private LockTimes[] timesOf = UNHEARD;

    /** By an agent's number: what it waits for and holds, and since when. */
    private Open[] open = {};

    /** What one agent waits for and holds: for each, four times the lock's number plus two if held plus one if alone. */
    private static final class Open {
        int[] what = new int[8];
        long[] sincePs = new long[8];
        int count;

        void add(int entry, long nowPs) {
            if (count == what.length) {
                what = Arrays.copyOf(what, 2 * count);
                sincePs = Arrays.copyOf(sincePs, 2 * count);
            }
            what[count] = entry;
            sincePs[count++] = nowPs;
        }

        /** The last entry of a lock that is held, or only waited for; -1 if there is none. */
        int find(int lock, int held) {
            int at = count - 1;
            while (at >= 0 && what[at] >> 1 != (lock << 1 | held)) {
                at--;
            }
            return at;
        }

        void remove(int at) {
            count--;
            System.arraycopy(what, at + 1, what, at, count - at);
            System.arraycopy(sincePs, at + 1, sincePs, at, count - at);
        }
    }

    LockStatistics(Engine engine) {
        this.engine = engine;
    }

    /** Time that agents waited for locks of any kind. */
    long waitPs() {
        return kinds.values().stream().mapToLong(LockTimes::waitPs).sum();
    }

    @Override
    public void wanted(Agent agent, Shared lock, boolean exclusive) {
        Open own = of(agent);
        if (own.find(lock.id(), 0) < 0) {
            own.add(lock.id() << 2 | (exclusive ? 1 : 0), engine.nowPs());
            times(lock, exclusive).contended();
        }
    }

    @Override
    public void locked(Agent agent, Shared lock, boolean exclusive) {
        Open own = of(agent);
        int at = own.find(lock.id(), 0);
        if (at >= 0) {
            times(lock, exclusive).waited(engine.nowPs() - own.sincePs[at]);
            own.remove(at);
        }
        take(own, lock, exclusive);
    }

    @Override
    public void taken(Agent agent, Shared lock, boolean exclusive) {
        Open own = of(agent);
        int at = own.find(lock.id(), 1);
        if (at >= 0 && (own.what[at] & 1) != 0) {
            end(own, at, lock);
        }
        take(own, lock, exclusive);
    }

    @Override
    public void released(Agent agent, Shared lock) {
        Open own = of(agent);
        int at = own.find(lock.id(), 1);
        if (at >= 0) {
            end(own, at, lock);
        }
    }

    private void take(Open own, Shared lock, boolean exclusive) {
        times(lock, exclusive).taken();
        own.add(lock.id() << 2 | 2 | (exclusive ? 1 : 0), engine.nowPs());
    }

    private void end(Open own, int at, Shared lock) {
        times(lock, (own.what[at] & 1) != 0).held(engine.nowPs() - own.sincePs[at]);
        own.remove(at);
    }

    private Open of(Agent agent) {
        int id = agent.id();
        if (id >= open.length) {
            int known = open.length;
            open = Arrays.copyOf(open, Math.max(id + 1, 2 * known));
            for (int i = known; i < open.length; i++) {
                open[i] = new Open();
            }
        }
        return open[id];
    }

    private LockTimes times(Shared lock, boolean exclusive) {
        int at = 2 * lock.id() + (exclusive ? 1 : 0);
        if (at >= timesOf.length || timesOf[at] == null) {
            hear(lock);
        }
        return timesOf[at];
    }

    private void hear(Shared lock) {
        int at = 2 * lock.id();
        if (at >= timesOf.length) {
            timesOf = Arrays.copyOf(timesOf, Math.max(at + 2, 2 * timesOf.length));
        }
        String kind = LockName.kind(lock.name());
        boolean shareable = lock instanceof RwSemaphore;
        timesOf[at] = kinds.computeIfAbsent(shareable ? kind + ".read" : kind, LockTimes::new);
        timesOf[at + 1] = kinds.computeIfAbsent(shareable ? kind + ".write" : kind, LockTimes::new);
    }

    /** Adds every kind that was used, in order of names. */
    void report(RunResultBuilder result) {
        kinds.values().forEach(times -> times.report(result));
    }
}
