package grusim.engine;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lists the state of a relaxed memory in one form, however it came about: places by key, a message by its position among
 * those of its place. A timed listing has stamps as they are, since times decide what can be read.
 */
final class RelaxedState {
    private static final int CURRENT_BITS = 20;
    private static final int FENCED_SHIFT = 2 * CURRENT_BITS;
    private static final long POSITION = (1L << Integer.SIZE) - 1;
    private static final int MASK = (1 << CURRENT_BITS) - 1;

    private final StateIo io;
    private final History history;
    private final boolean timed;
    private Place[] places = {};
    private int listed;

    RelaxedState(StateIo io, History history) {
        this.io = io;
        this.history = history;
        this.timed = io.timed();
    }

    /** Lists the places with their messages; has to come first. */
    void places() {
        int count = io.i32(history.size());
        long clock = timed ? io.i64(history.clock()) : 0;
        if (io.loading()) {
            history.restart(clock);
            for (int i = 0; i < count; i++) {
                load(history.add(io.i64(0)));
            }
            places = history.sorted();
        } else {
            places = history.sorted();
            for (int i = 0; i < count; i++) {
                io.i64(places[i].key);
                save(places[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            for (Message m = places[i].oldest; m != null; m = m.newer) {
                view(m.view);
            }
        }
    }

    private void save(Place place) {
        io.i32(place.count);
        for (Message m = place.oldest; m != null; m = m.newer) {
            if (timed) {
                io.i64(m.stamp);
            }
            if (m.newer != null) {
                io.i64(m.value);
            }
        }
    }

    private void load(Place place) {
        int count = io.i32(0);
        for (int i = 1; i <= count; i++) {
            Message m = history.message(timed ? io.i64(0) : i);
            m.value = i < count ? io.i64(0) : 0;
            history.append(place, m);
        }
        history.link(place);
    }

    /** Lists one view. */
    void view(View view) {
        entries(view, io.i32(view.size()));
    }

    private void entries(View view, int size) {
        if (io.loading()) {
            view.clear();
            for (int i = 0; i < size; i++) {
                long entry = io.i64(0);
                if (timed) {
                    view.raise(entry, io.i64(0));
                } else {
                    view.raise(places[(int) (entry >>> Integer.SIZE)].key, entry & POSITION);
                }
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            if (timed) {
                io.i64(view.place(i));
                io.i64(view.stamp(i));
            } else {
                io.i64(relative(view.place(i), view.stamp(i)));
            }
        }
    }

    /** Rank of the place, and position of its oldest message that is not older than the stamp, from 1 on. */
    private long relative(long key, long stamp) {
        Place place = history.find(key);
        assert place != null : "a view names a place that is not listed";
        return (long) place.rank << Integer.SIZE | (place.count - place.readable(stamp) + 1);
    }

    /** Lists how many agents' views {@link #agents} lists: up to the last that is not empty. */
    int agentCount(AgentViews[] agents) {
        int count = agents.length;
        while (count > 0 && agents[count - 1].isEmpty()) {
            count--;
        }
        listed = io.i32(count);
        return listed;
    }

    /** Lists the views of agents; those of most are empty, which takes a bit. */
    void agents(AgentViews[] agents) {
        for (int from = 0; from < listed; from += Long.SIZE) {
            int to = Math.min(from + Long.SIZE, listed);
            long used = 0;
            for (int i = from; i < to; i++) {
                used |= agents[i].isEmpty() ? 0 : 1L << i;
            }
            used = io.i64(used);
            for (int i = from; i < to; i++) {
                if ((used >>> i & 1) != 0) {
                    agent(agents[i]);
                } else if (io.loading()) {
                    agents[i].clear();
                }
            }
        }
    }

    private void agent(AgentViews views) {
        long sizes = io.i64((long) views.released.size() << FENCED_SHIFT
                | (long) views.current.size() << CURRENT_BITS
                | views.acquired.size());
        entries(views.acquired, (int) sizes & MASK);
        if (views.cpu != null) {
            entries(views.current, (int) (sizes >>> CURRENT_BITS) & MASK);
            entries(views.released, (int) (sizes >>> FENCED_SHIFT) & MASK);
        }
    }

    /** Lists the views of those locks that have one. */
    void locks(@Nullable View[] locks, IntFunction<View> made) {
        int used = 0;
        for (View view : locks) {
            used += view != null && view.size() > 0 ? 1 : 0;
        }
        used = io.i32(used);
        int next = 0;
        for (int i = 0; i < used; i++) {
            View view = null;
            while (!io.loading() && (view == null || view.size() == 0)) {
                view = locks[next++];
            }
            long head = io.i64((long) next << Integer.SIZE | (view == null ? 0 : view.size()));
            View listed = view == null ? made.apply((int) (head >>> Integer.SIZE) - 1) : view;
            entries(listed, (int) head);
        }
    }
}
