package grusim.contract;

import java.util.Arrays;

/**
 * The first TLB entry of each frame, as a slot of {@link Translations}, found by the frame's number. Frames that are a
 * multiple of 256 GiB apart share a place: who looks for one of them passes the others by.
 */
final class FrameEntries {
    private static final int NONE = Translations.NONE;
    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final int CHUNKS = 1 << 16;
    private static final int[] EMPTY = {};

    private int[][] chunks = {EMPTY};

    private static int index(long pfn) {
        return (int) (pfn >>> CHUNK_SHIFT) & (CHUNKS - 1);
    }

    /** The first entry of a frame, or {@link Translations#NONE}. */
    int first(long pfn) {
        int index = index(pfn);
        int[] chunk = index < chunks.length ? chunks[index] : EMPTY;
        return chunk.length == 0 ? NONE : chunk[(int) pfn & (CHUNK - 1)];
    }

    void first(long pfn, int slot) {
        int index = index(pfn);
        if (index >= chunks.length) {
            int known = chunks.length;
            chunks = Arrays.copyOf(chunks, Math.max(index + 1, 2 * known));
            Arrays.fill(chunks, known, chunks.length, EMPTY);
        }
        if (chunks[index].length == 0) {
            chunks[index] = new int[CHUNK];
            Arrays.fill(chunks[index], NONE);
        }
        chunks[index][(int) pfn & (CHUNK - 1)] = slot;
    }
}
