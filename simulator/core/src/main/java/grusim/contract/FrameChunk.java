package grusim.contract;

import grusim.engine.StateIo;
import java.util.Arrays;

/** The records of neighbouring frames, by their place in the chunk; each lies in one cache line of the host. */
final class FrameChunk {
    static final int SHIFT = 10;
    static final int FRAMES = 1 << SHIFT;

    // ---- marks ----
    static final int ALLOCATED = 1;
    static final int MAPPED = 2;
    /** It was mapped for more than one page in this life. */
    static final int MOVED = 4;
    /** Other pages than the first are mapped to it too. */
    static final int SHARED = 8;

    // ---- words of a frame's record, after its page's key ----
    private static final int RECORD_SHIFT = 2;
    private static final int ENTRY = 1;
    private static final int READ_PS = 2;
    /** Reader of the entry; number of translations on their way, above the marks. */
    private static final int REST = 3;

    private static final int MARKS = 0xff;
    private static final int PENDING_SHIFT = 8;
    private static final long PENDING = 0xff_ffff;

    private final long[] records = new long[FRAMES << RECORD_SHIFT];
    private final int[] content = new int[FRAMES];
    private final int[] freedBy = new int[FRAMES];
    private final long[] freedPs = new long[FRAMES];
    /** Frames up to the highest one ever heard of. */
    private int used;

    private int entries;

    FrameChunk() {
        Arrays.fill(freedBy, Findings.UNKNOWN);
    }

    /** A frame is heard of. */
    void use(int at) {
        used = Math.max(used, at + 1);
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

    int content(int at) {
        return content[at];
    }

    void content(int at, int note) {
        content[at] = note;
    }

    int freedBy(int at) {
        return freedBy[at];
    }

    long freedPs(int at) {
        return freedPs[at];
    }

    void freed(int at, int by, long nowPs) {
        freedBy[at] = by;
        freedPs[at] = nowPs;
    }

    // ---- fresh translations ----

    /** Number of fresh entries that lead to the chunk's frames. */
    int entries() {
        return entries;
    }

    long entry(int at) {
        return records[(at << RECORD_SHIFT) + ENTRY];
    }

    int entryReader(int at) {
        return (int) (records[(at << RECORD_SHIFT) + REST] >> Integer.SIZE);
    }

    long entryReadPs(int at) {
        return records[(at << RECORD_SHIFT) + READ_PS];
    }

    void enter(int at, long entry, int reader, long readPs) {
        int record = at << RECORD_SHIFT;
        entries += records[record + ENTRY] == FrameLives.NO_ENTRY ? 1 : 0;
        records[record + ENTRY] = entry;
        records[record + READ_PS] = readPs;
        records[record + REST] = (records[record + REST] & 0xffff_ffffL) | (long) reader << Integer.SIZE;
    }

    void leave(int at) {
        entries--;
        records[(at << RECORD_SHIFT) + ENTRY] = FrameLives.NO_ENTRY;
    }

    /** Whether fresh translations are on their way to an entry. */
    boolean pending(int at) {
        return (records[(at << RECORD_SHIFT) + REST] >>> PENDING_SHIFT & PENDING) != 0;
    }

    /** So many more fresh translations are on their way. */
    void pending(int at, int more) {
        records[(at << RECORD_SHIFT) + REST] += (long) more << PENDING_SHIFT;
    }

    // ---- state ----

    /** How many frames are listed: in explorations only up to the last one in use. */
    int listed(StateIo io) {
        int listed = used;
        while (!io.timed() && listed > 0 && page(listed - 1) == FrameLives.NO_PAGE && marks(listed - 1) == 0) {
            listed--;
        }
        return listed;
    }

    void state(StateIo io, int listed) {
        if (io.loading()) {
            Arrays.fill(records, 0, used << RECORD_SHIFT, 0);
            Arrays.fill(content, 0, used, 0);
            entries = 0;
            used = Math.max(listed, io.timed() ? 0 : used);
        }
        for (int at = 0; at < listed; at++) {
            page(at, io.i64(page(at)));
            marks(at, io.i32(marks(at)));
            if (io.timed()) {
                freedBy[at] = io.i32(freedBy[at]);
                freedPs[at] = io.i64(freedPs[at]);
            }
        }
    }
}
