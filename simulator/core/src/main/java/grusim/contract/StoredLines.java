package grusim.contract;

import grusim.engine.StateIo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The lines of pages that were stored to, by slot of the page: per line its bytes, a bit for each byte that is known, and
 * who stored there last when. Lines lie in a few large arrays, each with its marks beside it, so that a comparison touches
 * little of the host's memory.
 */
final class StoredLines {
    static final int LINE_SHIFT = 6;
    static final int LINE_BYTES = 1 << LINE_SHIFT;
    static final int LINES = (int) PageKey.BYTES >>> LINE_SHIFT;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    // ---- a line's record ----
    private static final int KNOWN = LINE_BYTES;
    private static final int STORED_PS = KNOWN + Long.BYTES;
    private static final int STORED_BY = STORED_PS + Long.BYTES;
    private static final int RECORD = STORED_BY + Long.BYTES;

    private static final int PAGE = LINES * RECORD;
    private static final int CHUNK_SHIFT = 4;
    private static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;

    private byte[][] chunks = new byte[4][];
    private int chunksMade;

    /** Makes room for a page's lines, none of which is known. */
    void add(int slot) {
        int index = slot >>> CHUNK_SHIFT;
        assert index <= chunksMade : "slot " + slot + " out of turn";
        if (index == chunksMade) {
            if (index == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * index);
            }
            chunks[chunksMade++] = new byte[CHUNK_PAGES * PAGE];
        } else {
            int first = record(slot, 0);
            Arrays.fill(chunks[index], first, first + PAGE, (byte) 0);
        }
    }

    /** Makes a page's lines those of another. */
    void copy(int from, int to) {
        System.arraycopy(chunk(from), record(from, 0), chunk(to), record(to, 0), PAGE);
    }

    private byte[] chunk(int slot) {
        return chunks[slot >>> CHUNK_SHIFT];
    }

    private static int record(int slot, int line) {
        return (slot & CHUNK_PAGES - 1) * PAGE + line * RECORD;
    }

    private static long mask(int at, int bytes) {
        return (-1L >>> (Long.SIZE - bytes)) << at;
    }

    /** Keeps bytes stored inside a line. */
    void store(int slot, int line, int at, int bytes, byte[] data, int from, int by, long nowPs) {
        byte[] chunk = chunk(slot);
        int record = record(slot, line);
        System.arraycopy(data, from, chunk, record + at, bytes);
        LONG.set(chunk, record + KNOWN, (long) LONG.get(chunk, record + KNOWN) | mask(at, bytes));
        LONG.set(chunk, record + STORED_PS, nowPs);
        INT.set(chunk, record + STORED_BY, by);
    }

    /** Which bytes of a part of a line are known. */
    long known(int slot, int line, int at, int bytes) {
        return (long) LONG.get(chunk(slot), record(slot, line) + KNOWN) & mask(at, bytes);
    }

    /** The first known byte of a part of a line that differs from the data, as its number in the line, or -1. */
    int difference(int slot, int line, int at, int bytes, byte[] data, int from) {
        byte[] chunk = chunk(slot);
        int record = record(slot, line);
        if (Arrays.equals(chunk, record + at, record + at + bytes, data, from, from + bytes)) {
            return -1;
        }
        for (long left = known(slot, line, at, bytes); left != 0; left &= left - 1) {
            int offset = Long.numberOfTrailingZeros(left);
            if (chunk[record + offset] != data[from + offset - at]) {
                return offset;
            }
        }
        return -1;
    }

    /** Bytes of a part of a line are no longer known. */
    void forget(int slot, int line, int at, int bytes) {
        byte[] chunk = chunk(slot);
        int record = record(slot, line);
        LONG.set(chunk, record + KNOWN, (long) LONG.get(chunk, record + KNOWN) & ~mask(at, bytes));
    }

    byte value(int slot, int line, int offset) {
        return chunk(slot)[record(slot, line) + offset];
    }

    long storedPs(int slot, int line) {
        return (long) LONG.get(chunk(slot), record(slot, line) + STORED_PS);
    }

    int storedBy(int slot, int line) {
        return (int) INT.get(chunk(slot), record(slot, line) + STORED_BY);
    }

    // ---- state ----

    /** Lists the known lines of a page; the page has just been added if this loads. */
    void state(StateIo io, int slot) {
        long lines = 0;
        for (int line = 0; line < LINES; line++) {
            lines |= known(slot, line, 0, LINE_BYTES) != 0 ? 1L << line : 0;
        }
        byte[] chunk = chunk(slot);
        for (long left = io.i64(lines); left != 0; left &= left - 1) {
            line(io, chunk, record(slot, Long.numberOfTrailingZeros(left)));
        }
    }

    private static void line(StateIo io, byte[] chunk, int record) {
        long known = io.i64((long) LONG.get(chunk, record + KNOWN));
        LONG.set(chunk, record + KNOWN, known);
        for (long unknown = ~known; unknown != 0; unknown &= unknown - 1) {
            chunk[record + Long.numberOfTrailingZeros(unknown)] = 0;
        }
        for (int at = record; at < record + LINE_BYTES; at += Long.BYTES) {
            LONG.set(chunk, at, io.i64((long) LONG.get(chunk, at)));
        }
        if (io.timed()) {
            LONG.set(chunk, record + STORED_PS, io.i64((long) LONG.get(chunk, record + STORED_PS)));
            INT.set(chunk, record + STORED_BY, io.i32((int) INT.get(chunk, record + STORED_BY)));
        } else if (io.loading()) {
            INT.set(chunk, record + STORED_BY, Findings.UNKNOWN);
        }
    }
}
