package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Per frame: whether it is allocated, the page it was last mapped for in its present life (the first of them, if several
 * pages share it), and what others keep by frame: a fresh TLB entry that leads to it, how many fresh translations are on
 * their way, a note of its page's content. Frames are free until their allocation is heard of.
 */
final class FrameLives implements Stateful {
    /** The key of a frame that is free or not mapped yet. */
    static final long NO_PAGE = 0;

    /** No fresh entry leads to the frame. */
    static final long NO_ENTRY = 0;

    private @Nullable FrameChunk[] chunks = new @Nullable FrameChunk[16];
    private final SharedPages others = new SharedPages();

    private @Nullable FrameChunk chunk(long pfn) {
        long index = pfn >>> FrameChunk.SHIFT;
        return index < chunks.length ? chunks[(int) index] : null;
    }

    private FrameChunk made(long pfn) {
        int index = Math.toIntExact(pfn >>> FrameChunk.SHIFT);
        if (index >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(index + 1, 2 * chunks.length));
        }
        FrameChunk chunk = chunks[index];
        if (chunk == null) {
            chunk = new FrameChunk();
            chunks[index] = chunk;
        }
        chunk.use(at(pfn));
        return chunk;
    }

    private static int at(long pfn) {
        return (int) pfn & (FrameChunk.FRAMES - 1);
    }

    private boolean marked(long pfn, int mark) {
        FrameChunk chunk = chunk(pfn);
        return chunk != null && (chunk.marks(at(pfn)) & mark) != 0;
    }

    /** Key of the page the frame was last mapped for in this life, or {@link #NO_PAGE}. */
    long page(long pfn) {
        FrameChunk chunk = chunk(pfn);
        return chunk == null ? NO_PAGE : chunk.page(at(pfn));
    }

    boolean allocated(long pfn) {
        return marked(pfn, FrameChunk.ALLOCATED);
    }

    /** Whether the page tables map the page to the frame now. */
    boolean mapped(long pfn, long page) {
        FrameChunk chunk = chunk(pfn);
        return (chunk != null && chunk.page(at(pfn)) == page && (chunk.marks(at(pfn)) & FrameChunk.MAPPED) != 0)
                || (marked(pfn, FrameChunk.SHARED) && others.contains(pfn, page));
    }

    /** Whether the page tables map the page to the frame now, and no other. */
    boolean mappedAlone(long pfn, long page) {
        return mapped(pfn, page) && !marked(pfn, FrameChunk.SHARED);
    }

    /** Whether the page tables map several pages to the frame now. */
    boolean shared(long pfn) {
        return marked(pfn, FrameChunk.SHARED);
    }

    /** Whether the page tables map another page to the frame now. */
    boolean mappedElsewhere(long pfn, long page) {
        return marked(pfn, FrameChunk.MAPPED) && (page(pfn) != page || marked(pfn, FrameChunk.SHARED));
    }

    /** Whether the frame was mapped for more than one page in this life. */
    boolean moved(long pfn) {
        return marked(pfn, FrameChunk.MOVED);
    }

    /** Who freed the frame last, {@link Findings#UNKNOWN} if it was never freed. */
    int freedBy(long pfn) {
        FrameChunk chunk = chunk(pfn);
        return chunk == null ? Findings.UNKNOWN : chunk.freedBy(at(pfn));
    }

    long freedPs(long pfn) {
        FrameChunk chunk = chunk(pfn);
        return chunk == null ? 0 : chunk.freedPs(at(pfn));
    }

    // ---- content ----

    /** What was noted of the content of a frame's page since it was mapped there, or 0. */
    int content(long pfn) {
        FrameChunk chunk = chunk(pfn);
        return chunk == null ? 0 : chunk.content(at(pfn));
    }

    /** Notes something of the content of a frame's page. */
    void content(long pfn, int note) {
        FrameChunk chunk = chunk(pfn);
        if (chunk != null) {
            chunk.content(at(pfn), note);
        }
    }

    // ---- fresh translations ----

    /** Chiplet and asid of the fresh entry that leads to a frame, plus one, or {@link #NO_ENTRY}. */
    long entry(long pfn) {
        FrameChunk chunk = chunk(pfn);
        return chunk == null ? NO_ENTRY : chunk.entry(at(pfn));
    }

    /** Whether the place of a frame's fresh entry is free, or that of the same entry. */
    boolean mayEnter(long pfn, long entry) {
        long known = entry(pfn);
        return known == NO_ENTRY || known == entry;
    }

    /** Who read the PTE of the fresh entry. */
    int entryReader(long pfn) {
        return made(pfn).entryReader(at(pfn));
    }

    /** When the PTE of the fresh entry was read. */
    long entryReadPs(long pfn) {
        return made(pfn).entryReadPs(at(pfn));
    }

    /** A fresh entry leads to a frame. */
    void enter(long pfn, long entry, int reader, long readPs) {
        made(pfn).enter(at(pfn), entry, reader, readPs);
    }

    /** The fresh entry of a frame is no more. */
    void leave(long pfn) {
        made(pfn).leave(at(pfn));
    }

    /** The first frame from {@code pfn} on that a fresh entry leads to, or -1. */
    long nextEntered(long pfn) {
        long frame = pfn;
        while (frame >>> FrameChunk.SHIFT < chunks.length) {
            FrameChunk chunk = chunk(frame);
            if (chunk == null || chunk.entries() == 0) {
                frame = ((frame >>> FrameChunk.SHIFT) + 1) << FrameChunk.SHIFT;
            } else if (chunk.entry(at(frame)) == NO_ENTRY) {
                frame++;
            } else {
                return frame;
            }
        }
        return -1;
    }

    /** Whether fresh translations of a frame are on their way to an entry. */
    boolean pending(long pfn) {
        FrameChunk chunk = chunk(pfn);
        return chunk != null && chunk.pending(at(pfn));
    }

    /** One more fresh translation of a frame is on its way. */
    void addPending(long pfn) {
        made(pfn).pending(at(pfn), 1);
    }

    /** A fresh translation of a frame is on its way no more. */
    void dropPending(long pfn) {
        made(pfn).pending(at(pfn), -1);
    }

    // ---- lives ----

    void allocate(long pfn) {
        FrameChunk chunk = made(pfn);
        chunk.page(at(pfn), NO_PAGE);
        chunk.marks(at(pfn), FrameChunk.ALLOCATED);
    }

    void free(long pfn, int by, long nowPs) {
        FrameChunk chunk = made(pfn);
        int at = at(pfn);
        if (marked(pfn, FrameChunk.SHARED)) {
            others.clear(pfn);
        }
        chunk.page(at, NO_PAGE);
        chunk.marks(at, 0);
        chunk.freed(at, by, nowPs);
    }

    /** A page is mapped to the frame. */
    void map(long pfn, long page) {
        if (mappedElsewhere(pfn, page)) {
            share(pfn, page);
            return;
        }
        FrameChunk chunk = made(pfn);
        int at = at(pfn);
        boolean other = chunk.page(at) != NO_PAGE && chunk.page(at) != page;
        chunk.page(at, page);
        chunk.content(at, 0);
        chunk.marks(at, chunk.marks(at) | FrameChunk.ALLOCATED | FrameChunk.MAPPED | (other ? FrameChunk.MOVED : 0));
    }

    private void share(long pfn, long page) {
        FrameChunk chunk = made(pfn);
        if (chunk.page(at(pfn)) != page) {
            others.add(pfn, page);
            chunk.marks(at(pfn), chunk.marks(at(pfn)) | FrameChunk.ALLOCATED | FrameChunk.MOVED | FrameChunk.SHARED);
        }
    }

    /** A page is no longer mapped to the frame. */
    void unmap(long pfn, long page) {
        FrameChunk chunk = made(pfn);
        int at = at(pfn);
        if ((chunk.marks(at) & FrameChunk.SHARED) == 0) {
            chunk.marks(at, chunk.marks(at) & ~FrameChunk.MAPPED);
            return;
        }
        long left = page;
        if (chunk.page(at) == page) {
            left = others.first(pfn);
            chunk.page(at, left);
            chunk.content(at, 0);
        }
        if (!others.remove(pfn, left)) {
            chunk.marks(at, chunk.marks(at) & ~FrameChunk.SHARED);
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
            FrameChunk chunk = i < chunks.length ? chunks[i] : null;
            int used = i < length ? io.i32(listed(io, chunk)) : 0;
            if (chunk == null && used > 0) {
                chunk = made((long) i << FrameChunk.SHIFT);
            }
            if (chunk != null) {
                chunk.state(io, used);
            }
        }
        others.state(io);
    }

    private static int listed(StateIo io, @Nullable FrameChunk chunk) {
        return chunk == null ? 0 : chunk.listed(io);
    }
}
