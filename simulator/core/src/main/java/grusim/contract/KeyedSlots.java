package grusim.contract;

import java.util.Arrays;

/** Hands out small slot numbers for long keys, finds them again, and reuses them; the values live in their owner's arrays. */
final class KeyedSlots {
    static final int NONE = Chains.END;

    private final Chains chains = new Chains();
    private int[] free = new int[16];
    private int freed;
    private int high;
    private boolean[] used = new boolean[16];
    private int[] sorted = new int[16];

    /** The slot of a key, or {@link #NONE}. */
    int find(long key) {
        return chains.first(key);
    }

    /** Gives a slot to a key that has none; the owner's arrays must reach it. */
    int add(long key) {
        int slot = freed > 0 ? free[--freed] : high++;
        if (slot >= used.length) {
            used = Arrays.copyOf(used, 2 * used.length);
        }
        used[slot] = true;
        chains.link(slot, key);
        return slot;
    }

    void remove(int slot) {
        chains.unlink(slot);
        used[slot] = false;
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

    /** Puts the slots in use into the order of their keys, for listings that must not depend on history. */
    void sort() {
        if (sorted.length < high) {
            sorted = new int[Math.max(high, 2 * sorted.length)];
        }
        int count = 0;
        for (int slot = 0; slot < high; slot++) {
            if (used[slot]) {
                sorted[count++] = slot;
            }
        }
        for (int gap = count / 2; gap > 0; gap /= 2) {
            for (int end = gap; end < count; end++) {
                int slot = sorted[end];
                int at = end;
                while (at >= gap && chains.key(sorted[at - gap]) > chains.key(slot)) {
                    sorted[at] = sorted[at - gap];
                    at -= gap;
                }
                sorted[at] = slot;
            }
        }
    }

    /** The slot at a place of the order, until slots come or go. */
    int sorted(int place) {
        return sorted[place];
    }

    void clear() {
        chains.clear();
        Arrays.fill(used, false);
        freed = 0;
        high = 0;
    }
}
