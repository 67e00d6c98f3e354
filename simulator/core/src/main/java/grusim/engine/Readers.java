package grusim.engine;

import java.util.Arrays;

/**
 * Which CPUs were ever seen to load a word, so that old values are kept only for those who may ask for them. It grows
 * while explorations go on and is no part of the state. CPUs from the 64th on share a bit.
 */
final class Readers {
    private static final long FREE = -1;

    private long[] places = new long[64];
    private long[] loaders = new long[64];

    /** CPUs that did not count as loaders when messages they could have read were forgotten. */
    private long[] missed = new long[64];

    private int size;
    private int discoveries;

    Readers() {
        Arrays.fill(places, FREE);
    }

    static long bit(int cpu) {
        return 1L << Math.min(cpu, Long.SIZE - 1);
    }

    /** Number of times that a loader turned up after messages were forgotten that it could have read. */
    int discoveries() {
        return discoveries;
    }

    /** Number of pairs of a word and a CPU that loads it. */
    int known() {
        int known = 0;
        for (long mask : loaders) {
            known += Long.bitCount(mask);
        }
        return known;
    }

    long loaders(long place) {
        return loaders[slot(place)];
    }

    void loads(long place, int cpu) {
        int slot = slot(place);
        long bit = bit(cpu);
        if ((loaders[slot] & bit) == 0) {
            if ((missed[slot] & bit) != 0) {
                discoveries++;
            }
            slot = claim(place);
            loaders[slot] |= bit;
        }
    }

    /** Messages were forgotten that these CPUs could have read. */
    void missed(long place, long cpus) {
        int slot = slot(place);
        if ((missed[slot] | cpus) != missed[slot]) {
            missed[claim(place)] |= cpus;
        }
    }

    void learn(Readers other) {
        for (int i = 0; i < other.places.length; i++) {
            if (other.loaders[i] != 0) {
                loaders[claim(other.places[i])] |= other.loaders[i];
            }
        }
    }

    private int slot(long place) {
        int mask = places.length - 1;
        int slot = (int) Hash.finish(place) & mask;
        while (places[slot] != place && places[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int claim(long place) {
        if (places[slot(place)] == FREE && 2 * ++size > places.length) {
            enlarge();
        }
        int slot = slot(place);
        places[slot] = place;
        return slot;
    }

    private void enlarge() {
        long[] oldPlaces = places;
        long[] oldLoaders = loaders;
        long[] oldMissed = missed;
        places = new long[2 * oldPlaces.length];
        Arrays.fill(places, FREE);
        loaders = new long[places.length];
        missed = new long[places.length];
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != FREE) {
                int slot = slot(oldPlaces[i]);
                places[slot] = oldPlaces[i];
                loaders[slot] = oldLoaders[i];
                missed[slot] = oldMissed[i];
            }
        }
    }
}
