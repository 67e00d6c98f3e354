package grusim.contract;

import java.util.Arrays;

/** Hands out small slot numbers for long keys, finds them again, and reuses them; the values live in their owner's arrays. */
final class KeyedSlots {
    static final int NONE = Chains.END;

    private final Chains chains = new Chains();
    private int[] free = new int[16];
    private int freed;
    private int high;

    /** The slot of a key, or {@link #NONE}. */
    int find(long key) {
        return chains.first(key);
    }

    /** Gives a slot to a key that has none; the owner's arrays must reach it. */
    int add(long key) {
        int slot = freed > 0 ? free[--freed] : high++;
        chains.link(slot, key);
        return slot;
    }

    void remove(int slot) {
        chains.unlink(slot);
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = slot;
    }

    /** Gives a slot another key. */
    void rekey(int slot, long key) {
        chains.unlink(slot);
        chains.link(slot, key);
    }

    /** The key of a slot, 0 if it has none; that is a key too, unless its owner uses no such. */
    long key(int slot) {
        return chains.key(slot);
    }

    int size() {
        return high - freed;
    }

    /** The keys in use, in order, for listings that must not depend on history. */
    long[] sortedKeys() {
        boolean[] unused = new boolean[high];
        for (int i = 0; i < freed; i++) {
            unused[free[i]] = true;
        }
        long[] keys = new long[size()];
        int count = 0;
        for (int slot = 0; slot < high; slot++) {
            if (!unused[slot]) {
                keys[count++] = chains.key(slot);
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    void clear() {
        chains.clear();
        freed = 0;
        high = 0;
    }
}
