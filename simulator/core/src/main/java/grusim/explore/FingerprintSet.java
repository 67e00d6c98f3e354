package grusim.explore;

/** A set of 64-bit fingerprints by open addressing; 16 bytes a fingerprint at the fullest, no boxing. */
final class FingerprintSet {
    /** Marks a free place; the fingerprint of this value is kept apart. */
    private static final long FREE = 0;

    private long[] table = new long[1 << 10];
    private int size;
    private boolean holdsFree;

    /** Adds a fingerprint; says whether it is new. */
    boolean add(long fingerprint) {
        if (fingerprint == FREE) {
            boolean added = !holdsFree;
            holdsFree = true;
            return added;
        }
        int place = place(table, fingerprint);
        if (table[place] != FREE) {
            return false;
        }
        table[place] = fingerprint;
        if (2 * ++size > table.length) {
            grow();
        }
        return true;
    }

    /** Number of fingerprints in the set. */
    long size() {
        return (long) size + (holdsFree ? 1 : 0);
    }

    private static int place(long[] table, long fingerprint) {
        int mask = table.length - 1;
        int place = (int) (fingerprint ^ fingerprint >>> 32) & mask;
        while (table[place] != FREE && table[place] != fingerprint) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(table.length, 2)];
        for (long fingerprint : table) {
            if (fingerprint != FREE) {
                larger[place(larger, fingerprint)] = fingerprint;
            }
        }
        table = larger;
    }
}
