package grusim.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A weak order like those of IA-64, POWER and ARM, as a view machine without promises. The writes to each word are in one
 * order, new ones at its end; a CPU may read any that is not older than its view. What a reader learns about other words
 * depends on the barriers of both sides:
 *
 * <ul>
 *   <li>a plain store passes on what its CPU had seen at its last write fence or full fence, a release store what it has
 *       seen;
 *   <li>what a plain load learns counts from the next read fence on, what an acquiring load learns at once;
 *   <li>a full fence exchanges with all other full fences, both ways;
 *   <li>an atomic read-modify-write reads the newest value and passes on what it read there too; {@link Order#FULL} has a
 *       full fence on both sides, {@link Order#RELAXED} orders nothing, as the semantics of each order go;
 *   <li>a command gives the unit what its sender had seen at its last fence; a lock is acquire and release on its own word,
 *       and no fence for others.
 * </ul>
 *
 * <p>Device units, and other agents that are no CPUs, read the newest value, and what they have seen is in all they write.
 * A CPU that waits for a word sees the newest value there in the end.
 *
 * <p>A write fence passes on what its CPU has loaded as well, as release fences do: stronger than a barrier for stores alone.
 * Does not show: load buffering (a load that returns a later store's value), and two CPUs' writes to two words each ending
 * up first (2+2W), since a write is at once the newest. Readers of two independent writers may disagree on their order
 * even with read fences between their loads (IRIW), as on POWER; only full fences forbid it.
 *
 * <p>When timed, a value can be read for a given time after it was overwritten; which one is read is drawn.
 */
public final class RelaxedMemory extends WeakMemory {
    /** In footprints, the views of agents are shared state with numbers beyond all others. */
    private static final int VIEWS = 1 << 19;

    private static final int ROOM = 8;

    private final long windowPs;
    private final History history = new History();
    private final Readers readers = new Readers();
    private final View fenced = new View();
    private final List<AgentViews> cpus = new ArrayList<>();

    /** By number of the agent. */
    private AgentViews[] agents = {};

    /** By number of the lock. */
    private @Nullable View[] locks = new View[16];

    private final IntFunction<View> lockViews = this::lock;

    /** {@code windowPs} is the longest time, in picoseconds, for which a timed run lets an overwritten value be read. */
    public RelaxedMemory(long windowPs) {
        this.windowPs = windowPs;
    }

    @Override
    public void attach(Cpu cpu) {
        AgentViews views = new AgentViews(cpu, cpus.size());
        cpus.add(views);
        know(cpu.id() + 1);
        agents[cpu.id()] = views;
    }

    /** Has views for the first {@code count} agents. */
    private void know(int count) {
        int known = agents.length;
        if (count > known) {
            agents = Arrays.copyOf(agents, count);
            for (int i = known; i < count; i++) {
                agents[i] = new AgentViews(null, -1);
            }
        }
    }

    /** The agent's views, when time has come to its step. */
    private AgentViews views(Agent agent) {
        know(agent.id() + 1);
        AgentViews views = agents[agent.id()];
        if (agent.engine().isTimed()) {
            long nowPs = agent.engine().nowPs();
            history.advance(nowPs, nowPs - windowPs);
            if (views.acquired.size() > ROOM) {
                views.forget(history);
            }
        } else {
            // What the agent sees depends on the order of its accesses, those of its interrupts' handlers included.
            agent.engine().footprint().add(VIEWS + agent.id(), Footprint.WHOLE, true);
        }
        return views;
    }

    private View lock(int id) {
        if (id >= locks.length) {
            locks = Arrays.copyOf(locks, 2 * id + 1);
        }
        View view = locks[id];
        if (view == null) {
            view = new View();
            locks[id] = view;
        }
        return view;
    }

    private void join(View view, View other) {
        if (other.size() > 0) {
            if (view.size() + other.size() > ROOM) {
                view.forget(history);
            }
            view.join(other);
        }
    }

    @Override
    public void settled() {
        history.clear();
        fenced.clear();
        for (AgentViews views : agents) {
            views.clear();
        }
        for (View view : locks) {
            if (view != null) {
                view.clear();
            }
        }
    }

    // ---- what orders ----

    @Override
    public void fence(Agent agent, Fence fence) {
        agent.engine().fenced(agent, fence);
        AgentViews views = views(agent);
        switch (fence) {
            case READ -> views.current.join(views.acquired);
            case WRITE -> views.released.become(views.current);
            case FULL -> fullFence(agent, views);
        }
    }

    private void fullFence(Agent agent, AgentViews views) {
        if (agent.engine().explores()) {
            agent.engine().footprint().everythingTouched();
        } else {
            fenced.forget(history);
        }
        views.fence(fenced);
    }

    @Override
    public void command(Agent sender, Unit unit, long delayPs) {
        AgentViews from = views(sender);
        join(views(unit).current, from.released);
        unit.commanded(delayPs);
    }

    @Override
    public void acquired(Agent agent, Shared lock) {
        AgentViews views = views(agent);
        View view = lock(lock.id());
        join(views.current, view);
        join(views.acquired, view);
    }

    @Override
    public void releasing(Agent agent, Shared lock) {
        join(lock(lock.id()), views(agent).current);
    }

    @Override
    public void release(Agent agent, Shared lock) {
        releasing(agent, lock);
        lock.released(agent);
    }

    private static boolean acquires(Order order) {
        return order == Order.ACQUIRE || order == Order.FULL;
    }

    private static boolean releases(Order order) {
        return order == Order.RELEASE || order == Order.FULL;
    }

    // ---- accesses ----

    @Override
    long read(Agent agent, Words words, int index, Order order) {
        AgentViews views = views(agent);
        long key = Place.key(words.shared(), index);
        if (views.cpu != null && agent.engine().explores()) {
            readers.loads(key, views.number);
        }
        Place place = history.find(key);
        if (place == null) {
            return words.word(index);
        }
        int newer = views.cpu == null ? 0 : agent.engine().choose(agent, place.readable(views.current.of(key)));
        Message message = place.message(newer);
        views.read(place, message, acquires(order));
        return newer == 0 ? words.word(index) : message.value;
    }

    @Override
    void store(Agent agent, Words words, int index, long stored, Order order) {
        Shared state = words.shared();
        long old = words.word(index);
        state.access(agent, index, Access.WRITE);
        state.observe(agent, index, Access.WRITE, order, old, stored, old);
        before(agent, order);
        AgentViews views = views(agent);
        Message message = history.write(Place.key(state, index), old);
        written(agent, views, Place.key(state, index), message, order);
        words.word(index, stored);
    }

    @Override
    void before(Agent agent, Order order) {
        if (order == Order.FULL) {
            fullFence(agent, views(agent));
        }
    }

    @Override
    void update(Agent agent, Words words, int index, Order order, boolean written) {
        AgentViews views = views(agent);
        long key = Place.key(words.shared(), index);
        Place place = history.find(key);
        Message read = place == null ? null : place.newest();
        if (place != null && read != null) {
            views.read(place, read, acquires(order));
        }
        if (written) {
            Message message = history.write(key, words.word(index));
            if (read != null) {
                message.view.join(read.view);
            }
            written(agent, views, key, message, order);
        } else if (order == Order.FULL) {
            fullFence(agent, views);
        }
    }

    /** Gives a new message what it passes on, and lets its writer see it. */
    private void written(Agent agent, AgentViews views, long key, Message message, Order order) {
        join(message.view, releases(order) ? views.current : views.released);
        views.current.raise(key, message.stamp);
        views.acquired.raise(key, message.stamp);
        if (order == Order.FULL) {
            fullFence(agent, views);
        }
    }

    @Override
    long newest(Agent agent, Words words, int index) {
        return words.word(index);
    }

    @Override
    long seen(Agent agent, Words words, int index) {
        return words.word(index);
    }

    @Override
    void reset(Words words, int index) {
        Place place = history.find(Place.key(words.shared(), index));
        if (place != null) {
            history.remove(place);
        }
    }

    @Override
    boolean upToDate(Agent agent, Words words, int index) {
        AgentViews views = views(agent);
        if (views.cpu == null) {
            return true;
        }
        if (index != Footprint.WHOLE) {
            Place place = history.find(Place.key(words.shared(), index));
            return place == null || upToDate(views, place);
        }
        boolean upToDate = true;
        for (Place place = history.first(); place != null; place = place.next) {
            if ((int) (place.key >>> Integer.SIZE) == words.shared().id()) {
                upToDate &= upToDate(views, place);
            }
        }
        return upToDate;
    }

    /** Whether the CPU can read the newest message only; if not, it can no longer read the oldest of the others. */
    private static boolean upToDate(AgentViews views, Place place) {
        int readable = place.readable(views.current.of(place.key));
        if (readable == 1) {
            return true;
        }
        long next = place.message(readable - 2).stamp;
        views.current.raise(place.key, next);
        views.acquired.raise(place.key, next);
        return false;
    }

    // ---- explorations ----

    @Override
    public int discoveries() {
        return readers.discoveries();
    }

    @Override
    public int known() {
        return readers.known();
    }

    @Override
    public void learn(Memory other) {
        if (other instanceof RelaxedMemory relaxed) {
            readers.learn(relaxed.readers);
        }
    }

    /** Counts a CPU among those that load a word, for tests that compare twins. */
    void reads(Agent cpu, Words words, int index) {
        readers.loads(Place.key(words.shared(), index), agents[cpu.id()].number);
    }

    /** Number of words that were written lately, for tests. */
    int tracked() {
        return history.size();
    }

    /** Forgets the messages that no CPU can read any more, as far as is known who reads what. */
    private void forgetUnread() {
        for (Place place = history.first(); place != null; place = place.next) {
            if (place.count > 1) {
                forgetUnread(place);
            }
        }
    }

    private void forgetUnread(Place place) {
        long loaders = readers.loaders(place.key);
        long oldest = place.newest().stamp;
        for (int i = 0; i < cpus.size(); i++) {
            AgentViews views = cpus.get(i);
            if ((loaders & Readers.bit(i)) != 0 && !views.finished()) {
                oldest = Math.min(oldest, views.current.of(place.key));
            }
        }
        int before = place.count;
        history.trim(place, oldest);
        if (place.count < before) {
            long missed = 0;
            for (int i = 0; i < cpus.size(); i++) {
                AgentViews views = cpus.get(i);
                boolean behind = views.current.of(place.key) < place.oldest().stamp;
                missed |= behind && !views.finished() ? Readers.bit(i) : 0;
            }
            readers.missed(place.key, missed & ~loaders);
        }
    }

    /** Forgets what can make no difference any more. */
    private void tidy(boolean timed) {
        if (!timed) {
            forgetUnread();
        }
        fenced.forget(history);
        for (AgentViews views : agents) {
            if (!timed && views.finished()) {
                views.clear();
            }
            views.forget(history);
        }
        for (View view : locks) {
            if (view != null) {
                view.forget(history);
            }
        }
        for (Place place = history.first(); place != null; ) {
            Place next = place.next;
            for (Message m = place.oldest; m != null; m = m.newer) {
                m.view.forget(history);
            }
            if (!timed && place.count == 1 && place.newest().view.size() == 0) {
                history.remove(place);
            }
            place = next;
        }
    }

    @Override
    public void state(StateIo io) {
        super.state(io);
        if (io.loading()) {
            settled();
        } else {
            tidy(io.timed());
        }
        RelaxedState state = new RelaxedState(io, history);
        state.places();
        state.view(fenced);
        know(state.agentCount(agents));
        state.agents(agents);
        state.locks(locks, lockViews);
    }
}
