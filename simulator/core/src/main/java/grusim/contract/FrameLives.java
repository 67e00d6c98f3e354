package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Per frame: whether it is allocated, the page it was last mapped for in its present life (the first of them, if several
 * pages share it), and what others keep by frame: a fresh TLB entry that leads to it, how many fresh translations are on their way, a note of its page's content. Frames are
 * free until their allocation is heard of.
 */
final class FrameLives implements Stateful {
    /** The key of a frame that is free or not mapped yet. */
    static final long NO_PAGE = 0;

    /** No fresh entry leads to the frame. */
    static final long NO_ENTRY = 0;

    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK = 1 << CHUNK_SHIFT;

    // ---- marks ----
    private static final int ALLOCATED = 1;
    private static final int MAPPED = 2;
    /** It was mapped for more than one page in this life. */
    private static final int MOVED = 4;
    /** Other pages than the first are mapped to it too. */
    private static final int SHARED = 8;

    // ---- words of a frame's record, which lies in one cache line of the host ----
    private static final int RECORD_SHIFT = 2;
    private static final int ENTRY = 1;
    private static final int READ_PS = 2;
    /** Reader of the entry; number of translations on their way, above the marks. */
    private static final int REST = 3;

    private static final int MARKS = 0xff;
    private static final int PENDING_SHIFT = 8;
    private static final long PENDING = 0xff_ffff;
    private static final long ONE_PENDING = 1L << PENDING_SHIFT;

    private static final class Chunk {
        final long[] records = new long[CHUNK << RECORD_SHIFT];
        final int[] content = new int[CHUNK];
        final int[] freedBy = new int[CHUNK];
        final long[] freedPs = new long[CHUNK];
        /** Frames up to the highest one ever heard of. */
        int used;

        /** Fresh entries that lead here. */
        int entries;

        Chunk() {
            Arrays.fill(freedBy, Findings.UNKNOWN);
        }

        int marks(int at) {
            return (int) records[(at << RECORD_SHIFT) + REST] & MARKS;
        }

        void marks(int at, int marks) {
            int word = (at << RECORD_SHIFT) + REST;
            records[word] = (records[word] & ~(long) MARKS) | marks;
        }

        long page(int at) {
            return records[at << RECORD_SHIFT];
        }

        void page(int at, long page) {
            records[at << RECORD_SHIFT] = page;
        }
    }

    private @Nullable Chunk[] chunks = new @Nullable Chunk[16];
    private final SharedPages others = new SharedPages();

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
        return chunk != null && (chunk.marks(at(pfn)) & mark) != 0;
    }

    /** Key of the page the frame was last mapped for in this life, or {@link #NO_PAGE}. */
    long page(long pfn) {
        Chunk chunk = chunk(pfn);
        return chunk == null ? NO_PAGE : chunk.page(at(pfn));
    }

    boolean allocated(long pfn) {
        return marked(pfn, ALLOCATED);
    }

    /** Whether the page tables map the page to the frame now. */
    boolean mapped(long pfn, long page) {
        Chunk chunk = chunk(pfn);
        return (chunk != null && chunk.page(at(pfn)) == page && (chunk.marks(at(pfn)) & MAPPED) != 0)
                || (marked(pfn, SHARED) && others.contains(pfn, page));
    }

    /** Whether the page tables map the page to the frame now, and no other. */
    boolean mappedAlone(long pfn, long page) {
        return mapped(pfn, page) && !marked(pfn, SHARED);
    }

    /** Whether the page tables map several pages to the frame now. */
    boolean shared(long pfn) {
        return marked(pfn, SHARED);
    }

    /** Whether the page tables map another page to the frame now. */
    boolean mappedElsewhere(long pfn, long page) {
        return marked(pfn, MAPPED) && (page(pfn) != page || marked(pfn, SHARED));
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

    // ---- content ----

    /** What was noted of the content of a frame's page since it was mapped there, or 0. */
    int content(long pfn) {
        Chunk chunk = chunk(pfn);
        return chunk == null ? 0 : chunk.content[at(pfn)];
    }

    /** Notes something of the content of a frame's page. */
    void content(long pfn, int note) {
        Chunk chunk = chunk(pfn);
        if (chunk != null) {
            chunk.content[at(pfn)] = note;
        }
    }

    // ---- fresh translations ----

    /** Chiplet and asid of the fresh entry that leads to a frame, plus one, or {@link #NO_ENTRY}. */
    long entry(long pfn) {
        Chunk chunk = chunk(pfn);
        return chunk == null ? NO_ENTRY : chunk.records[(at(pfn) << RECORD_SHIFT) + ENTRY];
    }

    /** Whether the place of a frame's fresh entry is free, or that of the same entry. */
    boolean mayEnter(long pfn, long entry) {
        long known = entry(pfn);
        return known == NO_ENTRY || known == entry;
    }

    /** Who read the PTE of the fresh entry. */
    int entryReader(long pfn) {
        return (int) (made(pfn).records[(at(pfn) << RECORD_SHIFT) + REST] >> Integer.SIZE);
    }

    /** When the PTE of the fresh entry was read. */
    long entryReadPs(long pfn) {
        return made(pfn).records[(at(pfn) << RECORD_SHIFT) + READ_PS];
    }

    /** A fresh entry leads to a frame. */
    void enter(long pfn, long entry, int reader, long readPs) {
        Chunk chunk = made(pfn);
        int record = at(pfn) << RECORD_SHIFT;
        chunk.entries += chunk.records[record + ENTRY] == NO_ENTRY ? 1 : 0;
        chunk.records[record + ENTRY] = entry;
        chunk.records[record + READ_PS] = readPs;
        chunk.records[record + REST] = (chunk.records[record + REST] & 0xffff_ffffL) | (long) reader << Integer.SIZE;
    }

    /** The fresh entry of a frame is no more. */
    void leave(long pfn) {
        Chunk chunk = made(pfn);
        chunk.entries--;
        chunk.records[(at(pfn) << RECORD_SHIFT) + ENTRY] = NO_ENTRY;
    }

    /** The first frame from {@code pfn} on that a fresh entry leads to, or -1. */
    long nextEntered(long pfn) {
        long frame = pfn;
        while (frame >>> CHUNK_SHIFT < chunks.length) {
            Chunk chunk = chunk(frame);
            if (chunk == null || chunk.entries == 0) {
                frame = ((frame >>> CHUNK_SHIFT) + 1) << CHUNK_SHIFT;
            } else if (chunk.records[(at(frame) << RECORD_SHIFT) + ENTRY] == NO_ENTRY) {
                frame++;
            } else {
                return frame;
            }
        }
        return -1;
    }

    /** Whether fresh translations of a frame are on their way to an entry. */
    boolean pending(long pfn) {
        Chunk chunk = chunk(pfn);
        return chunk != null && (chunk.records[(at(pfn) << RECORD_SHIFT) + REST] >>> PENDING_SHIFT & PENDING) != 0;
    }

    /** One more fresh translation of a frame is on its way. */
    void addPending(long pfn) {
        made(pfn).records[(at(pfn) << RECORD_SHIFT) + REST] += ONE_PENDING;
    }

    /** A fresh translation of a frame is on its way no more. */
    void dropPending(long pfn) {
        made(pfn).records[(at(pfn) << RECORD_SHIFT) + REST] -= ONE_PENDING;
    }

    // ---- lives ----

    void allocate(long pfn) {
        Chunk chunk = made(pfn);
        chunk.page(at(pfn), NO_PAGE);
        chunk.marks(at(pfn), ALLOCATED);
    }

    void free(long pfn, int by, long nowPs) {
        Chunk chunk = made(pfn);
        int at = at(pfn);
        if (marked(pfn, SHARED)) {
            others.clear(pfn);
        }
        chunk.page(at, NO_PAGE);
        chunk.marks(at, 0);
        chunk.freedBy[at] = by;
        chunk.freedPs[at] = nowPs;
    }

    /** A page is mapped to the frame. */
    void map(long pfn, long page) {
        if (mappedElsewhere(pfn, page)) {
            share(pfn, page);
            return;
        }
        Chunk chunk = made(pfn);
        int at = at(pfn);
        boolean other = chunk.page(at) != NO_PAGE && chunk.page(at) != page;
        chunk.page(at, page);
        chunk.content[at] = 0;
        chunk.marks(at, chunk.marks(at) | ALLOCATED | MAPPED | (other ? MOVED : 0));
    }

    private void share(long pfn, long page) {
        Chunk chunk = made(pfn);
        if (chunk.page(at(pfn)) != page) {
            others.add(pfn, page);
            chunk.marks(at(pfn), chunk.marks(at(pfn)) | ALLOCATED | MOVED | SHARED);
        }
    }

    /** A page is no longer mapped to the frame. */
    void unmap(long pfn, long page) {
        Chunk chunk = made(pfn);
        int at = at(pfn);
        if ((chunk.marks(at) & SHARED) == 0) {
            chunk.marks(at, chunk.marks(at) & ~MAPPED);
            return;
        }
        long left = page;
        if (chunk.page(at) == page) {
            left = others.first(pfn);
            chunk.page(at, left);
            chunk.content[at] = 0;
        }
        if (!others.remove(pfn, left)) {
            chunk.marks(at, chunk.marks(at) & ~SHARED);
        }
    }

    // ---- state ----

    /** Snapshots hold no fresh translations: whoever takes one makes them ordinary before. */
    @Override
    public void state(StateIo io) {
        int known = chunks.length;
        while (known > 0 && listed(io, chunks[known - 1]) == 0) {
            known--;
        }
        int length = io.i32(known);
        for (int i = 0; i < Math.max(length, chunks.length); i++) {
            Chunk chunk = i < chunks.length ? chunks[i] : null;
            int used = i < length ? io.i32(listed(io, chunk)) : 0;
            if (chunk == null && used > 0) {
                chunk = made((long) i << CHUNK_SHIFT);
            }
            if (chunk != null) {
                state(io, chunk, used);
            }
        }
        others.state(io);
    }

    /** How many frames of a chunk are listed: in explorations only up to the last one in use. */
    private static int listed(StateIo io, @Nullable Chunk chunk) {
        int used = chunk == null ? 0 : chunk.used;
        while (!io.timed()
                && chunk != null
                && used > 0
                && chunk.page(used - 1) == NO_PAGE
                && chunk.marks(used - 1) == 0) {
            used--;
        }
        return used;
    }

    private static void state(StateIo io, Chunk chunk, int used) {
        if (io.loading()) {
            Arrays.fill(chunk.records, 0, chunk.used << RECORD_SHIFT, 0);
            Arrays.fill(chunk.content, 0, chunk.used, 0);
            chunk.entries = 0;
            chunk.used = Math.max(used, io.timed() ? 0 : chunk.used);
        }
        for (int at = 0; at < used; at++) {
            chunk.page(at, io.i64(chunk.page(at)));
            chunk.marks(at, io.i32(chunk.marks(at)));
            if (io.timed()) {
                chunk.freedBy[at] = io.i32(chunk.freedBy[at]);
                chunk.freedPs[at] = io.i64(chunk.freedPs[at]);
            }
        }
    }
}
