package grusim.explore;

import java.util.Arrays;

/** A set of longs above -1 by open addressing, at most half full. */
final class LongSet {
    private static final long FREE = -1;

    private long[] table = new long[1 << 8];
    private int size;

    LongSet() {
        Arrays.fill(table, FREE);
    }

    /** Adds a number; whether it is new. */
    boolean add(long number) {
        int place = place(table, number);
        if (table[place] == number) {
            return false;
        }
        table[place] = number;
        if (2 * ++size > table.length) {
            grow();
        }
        return true;
    }

    private static int place(long[] table, long number) {
        int mask = table.length - 1;
        long mixed = number * 0x9e3779b97f4a7c15L;
        int place = (int) (mixed >>> Integer.SIZE) & mask;
        while (table[place] != FREE && table[place] != number) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] larger = new long[2 * table.length];
        Arrays.fill(larger, FREE);
        for (long number : table) {
            if (number != FREE) {
                larger[place(larger, number)] = number;
            }
        }
        table = larger;
    }
}
