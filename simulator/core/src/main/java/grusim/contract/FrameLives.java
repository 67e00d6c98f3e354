package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Per frame: whether it is allocated, and the page it was last mapped for in its present life. Frames are free until their
 * allocation is heard of.
 */
final class FrameLives implements Stateful {
    /** The key of a frame that is free or not mapped yet. */
    static final long NO_PAGE = 0;

    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK = 1 << CHUNK_SHIFT;

    private static final byte ALLOCATED = 1;
    private static final byte MAPPED = 2;
    /** It was mapped for more than one page in this life. */
    private static final byte MOVED = 4;

    private static final class Chunk {
        final long[] pages = new long[CHUNK];
        final byte[] marks = new byte[CHUNK];
        final int[] freedBy = new int[CHUNK];
        final long[] freedPs = new long[CHUNK];
        /** Frames up to the highest one ever heard of. */
        int used;

        Chunk() {
            Arrays.fill(freedBy, Findings.UNKNOWN);
        }
    }

    private @Nullable Chunk[] chunks = new @Nullable Chunk[16];

    private @Nullable Chunk chunk(long pfn) {
        long index = pfn >>> CHUNK_SHIFT;
        return index < chunks.length ? chunks[(int) index] : null;
    }

    private Chunk made(long pfn) {
        int index = Math.toIntExact(pfn >>> CHUNK_SHIFT);
        if (index >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(index + 1, 2 * chunks.length));
        }
        Chunk chunk = chunks[index];
        if (chunk == null) {
            chunk = new Chunk();
            chunks[index] = chunk;
        }
        chunk.used = Math.max(chunk.used, at(pfn) + 1);
        return chunk;
    }

    private static int at(long pfn) {
        return (int) pfn & (CHUNK - 1);
    }

    private boolean marked(long pfn, int mark) {
        Chunk chunk = chunk(pfn);
        return chunk != null && (chunk.marks[at(pfn)] & mark) != 0;
    }

    /** Key of the page the frame was last mapped for in this life, or {@link #NO_PAGE}. */
    long page(long pfn) {
        Chunk chunk = chunk(pfn);
        return chunk == null ? NO_PAGE : chunk.pages[at(pfn)];
    }

    boolean allocated(long pfn) {
        return marked(pfn, ALLOCATED);
    }

    /** Whether the page tables map the page to the frame now. */
    boolean mapped(long pfn, long page) {
        return page(pfn) == page && marked(pfn, MAPPED);
    }

    /** Whether the frame was mapped for more than one page in this life. */
    boolean moved(long pfn) {
        return marked(pfn, MOVED);
    }

    /** Who freed the frame last, {@link Findings#UNKNOWN} if it was never freed. */
    int freedBy(long pfn) {
        Chunk chunk = chunk(pfn);
        return chunk == null ? Findings.UNKNOWN : chunk.freedBy[at(pfn)];
    }

    long freedPs(long pfn) {
        Chunk chunk = chunk(pfn);
        return chunk == null ? 0 : chunk.freedPs[at(pfn)];
    }

    void allocate(long pfn) {
        Chunk chunk = made(pfn);
        chunk.pages[at(pfn)] = NO_PAGE;
        chunk.marks[at(pfn)] = ALLOCATED;
    }

    void free(long pfn, int by, long nowPs) {
        Chunk chunk = made(pfn);
        int at = at(pfn);
        chunk.pages[at] = NO_PAGE;
        chunk.marks[at] = 0;
        chunk.freedBy[at] = by;
        chunk.freedPs[at] = nowPs;
    }

    /** A page is mapped to the frame. */
    void map(long pfn, long page) {
        Chunk chunk = made(pfn);
        int at = at(pfn);
        boolean other = chunk.pages[at] != NO_PAGE && chunk.pages[at] != page;
        chunk.pages[at] = page;
        chunk.marks[at] |= (byte) (other ? ALLOCATED | MAPPED | MOVED : ALLOCATED | MAPPED);
    }

    /** The frame's page is no longer mapped to it. */
    void unmap(long pfn) {
        made(pfn).marks[at(pfn)] &= ~MAPPED;
    }

    @Override
    public void state(StateIo io) {
        int length = io.i32(chunks.length);
        if (length != chunks.length) {
            chunks = Arrays.copyOf(chunks, length);
        }
        for (int i = 0; i < length; i++) {
            Chunk chunk = chunks[i];
            int used = io.i32(chunk == null ? 0 : chunk.used);
            if (chunk == null && used > 0) {
                chunk = made((long) i << CHUNK_SHIFT);
            }
            if (chunk != null) {
                state(io, chunk, used);
            }
        }
    }

    private static void state(StateIo io, Chunk chunk, int used) {
        if (io.loading()) {
            Arrays.fill(chunk.pages, NO_PAGE);
            Arrays.fill(chunk.marks, (byte) 0);
        }
        chunk.used = used;
        for (int at = 0; at < used; at++) {
            chunk.pages[at] = io.i64(chunk.pages[at]);
            chunk.marks[at] = (byte) io.i32(chunk.marks[at]);
            if (io.timed()) {
                chunk.freedBy[at] = io.i32(chunk.freedBy[at]);
                chunk.freedPs[at] = io.i64(chunk.freedPs[at]);
            }
        }
    }
}
