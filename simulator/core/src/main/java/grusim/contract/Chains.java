package grusim.contract;

import grusim.engine.Hash;
import java.util.Arrays;

/**
 * A hash index over the slots of a pool, by chains through flat arrays. Whoever owns the pool compares the keys; each slot
 * is linked at most once. Allocates only when it grows.
 */
final class Chains {
    static final int END = -1;

    /** The key of a slot that is not linked; other slots may have it too. */
    private static final long NO_KEY = 0;

    private int[] heads = filled(16);
    private int[] next = filled(16);
    private long[] keys = new long[16];
    private int linked;

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, END);
        return array;
    }

    private int bucket(long key) {
        return (int) Hash.finish(key) & (heads.length - 1);
    }

    /** First slot with the key, or {@link #END}. */
    int first(long key) {
        return seek(heads[bucket(key)], key);
    }

    /** The slot with the same key after this one, or {@link #END}. */
    int next(int slot) {
        return seek(next[slot], keys[slot]);
    }

    private int seek(int from, long key) {
        int slot = from;
        while (slot != END && keys[slot] != key) {
            slot = next[slot];
        }
        return slot;
    }

    /** The key a slot is linked under, 0 if it is not. */
    long key(int slot) {
        return keys[slot];
    }

    void link(int slot, long key) {
        if (slot >= next.length) {
            next = Arrays.copyOf(next, Math.max(slot + 1, 2 * next.length));
            keys = Arrays.copyOf(keys, next.length);
        }
        if (linked == heads.length) {
            grow();
        }
        linked++;
        keys[slot] = key;
        push(slot);
    }

    private void push(int slot) {
        int bucket = bucket(keys[slot]);
        next[slot] = heads[bucket];
        heads[bucket] = slot;
    }

    void unlink(int slot) {
        int bucket = bucket(keys[slot]);
        if (heads[bucket] == slot) {
            heads[bucket] = next[slot];
        } else {
            int before = heads[bucket];
            while (next[before] != slot) {
                before = next[before];
            }
            next[before] = next[slot];
        }
        keys[slot] = NO_KEY;
        linked--;
    }

    private void grow() {
        int[] old = heads;
        heads = filled(2 * old.length);
        for (int head : old) {
            int slot = head;
            while (slot != END) {
                int following = next[slot];
                push(slot);
                slot = following;
            }
        }
    }

    void clear() {
        Arrays.fill(heads, END);
        linked = 0;
    }
}
