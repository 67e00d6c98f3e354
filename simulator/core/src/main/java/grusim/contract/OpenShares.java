package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * Frames that an agent has mapped to one more page, and has not announced the end of what it did yet: until then the first
 * page may still be written through a translation that was made before it lost that right.
 */
final class OpenShares implements Stateful {
    /** Frames by number plus one. */
    private final KeyedSlots frames = new KeyedSlots();

    private int[] agents = new int[4];
    private final Topics topics;

    OpenShares(Topics topics) {
        this.topics = topics;
    }

    /** An agent has mapped a frame to one more page. */
    void begin(int agent, long pfn) {
        int slot = frames.find(pfn + 1);
        if (slot == KeyedSlots.NONE) {
            slot = add(pfn + 1);
        }
        agents[slot] = agent;
    }

    private int add(long key) {
        int slot = frames.add(key);
        if (slot == agents.length) {
            agents = Arrays.copyOf(agents, 2 * slot);
        }
        return slot;
    }

    /** Whether the end of what made a frame shared is still to come. */
    boolean open(long pfn) {
        return frames.find(pfn + 1) != KeyedSlots.NONE;
    }

    /** An agent has announced the end of what it did. */
    void end(int agent) {
        if (frames.size() == 0) {
            return;
        }
        frames.sort();
        for (int i = frames.size() - 1; i >= 0; i--) {
            int slot = frames.sorted(i);
            if (agents[slot] == agent) {
                topics.frameChanged(frames.key(slot) - 1);
                frames.remove(slot);
            }
        }
    }

    /** A frame is freed. */
    void free(long pfn) {
        int slot = frames.find(pfn + 1);
        if (slot != KeyedSlots.NONE) {
            frames.remove(slot);
        }
    }

    @Override
    public void state(StateIo io) {
        int count = io.i32(frames.size());
        if (io.loading()) {
            frames.clear();
        } else {
            frames.sort();
        }
        for (int i = 0; i < count; i++) {
            long key = io.i64(io.loading() ? 0 : frames.key(frames.sorted(i)));
            int slot = io.loading() ? add(key) : frames.sorted(i);
            agents[slot] = io.i32(agents[slot]);
        }
    }
}
