package grusim.machine;

import grusim.engine.Hash;

/**
 * Content that is a function of a seed and the byte position in a region, so that a region of any size has known content
 * without being stored.
 *
 * <p>The byte at position p is byte p mod 8, little endian, of {@code word(seed, p / 8)}.
 */
public final class GeneratedContent {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private GeneratedContent() {}

    /** The 8-byte word that holds the bytes at positions {@code 8 * index} to {@code 8 * index + 7}. */
    public static long word(long seed, long index) {
        return Hash.finish(Hash.finish(seed) + (index + 1) * GOLDEN_RATIO);
    }

    /** The zero-extended little-endian word of 1 to 8 bytes at a position. */
    public static long word(long seed, long position, int bytes) {
        long index = position >> 3;
        int shift = (int) (position & 7) * Byte.SIZE;
        long value = word(seed, index) >>> shift;
        if (shift != 0 && shift + bytes * Byte.SIZE > Long.SIZE) {
            value |= word(seed, index + 1) << (Long.SIZE - shift);
        }
        return value & -1L >>> (Long.SIZE - bytes * Byte.SIZE);
    }

    /** Writes the bytes from a position on. */
    public static void fill(long seed, long position, byte[] into, int at, int bytes) {
        int done = 0;
        while (done < bytes) {
            int n = Math.min(Long.BYTES, bytes - done);
            FrameChunk.putWord(into, at + done, n, word(seed, position + done, n));
            done += n;
        }
    }
}
