package grusim.engine;

/** The 64-bit mixing function behind event hashes, fingerprints and seeds. */
public final class Hash {
    private Hash() {}

    /** Folds one value into a running hash. */
    public static long mix(long hash, long value) {
        long h = (hash ^ value) * 0x9e3779b97f4a7c15L;
        return h ^ (h >>> 32);
    }

    /** Hashes a name, character by character, and finishes it well enough to seed a generator. */
    public static long of(long seed, String name) {
        long hash = mix(0x243f6a8885a308d3L, seed);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash, name.charAt(i));
        }
        return finish(hash);
    }

    /** A bijective finisher: every input bit affects every output bit (SplitMix64's). */
    public static long finish(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
