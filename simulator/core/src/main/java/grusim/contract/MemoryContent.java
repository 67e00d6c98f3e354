package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Point 6: what a load returns is what the last store to the address wrote, whatever frames the page has lived in between.
 *
 * <p>Keeps, per virtual page that the device has stored to, the bytes last stored and which of them are known. They follow
 * the page through swap and to another address, and are forgotten when the page's content is given up. Only what the
 * device stores is expected; a page's first content is not known here. Two address spaces that share a frame are not
 * modelled. Pages beyond a fixed number are not followed.
 */
final class MemoryContent implements Stateful {
    /** Most pages followed: 256 MiB of stores. */
    static final int MOST_PAGES = 1 << 16;

    private static final int PAGE_BYTES = (int) PageKey.BYTES;
    private static final int LINE_SHIFT = 6;
    private static final int LINE_BYTES = 1 << LINE_SHIFT;
    private static final int LINES = PAGE_BYTES >>> LINE_SHIFT;
    private static final int NONE = KeyedSlots.NONE;

    /** A followed page. */
    private static final class Page {
        final byte[] bytes = new byte[PAGE_BYTES];
        /** Per line, a bit for each byte that is known. */
        final long[] known = new long[LINES];

        // ---- for words only ----
        final long[] storedPs = new long[LINES];
        final int[] storedBy = new int[LINES];
    }

    private final Findings findings;
    private final int mostPages;
    private final KeyedSlots slots = new KeyedSlots();
    private @Nullable Page[] pages = new @Nullable Page[16];
    private long notFollowed;

    private long lastKey = FrameLives.NO_PAGE;
    private @Nullable Page lastPage;

    MemoryContent(Findings findings, int mostPages) {
        this.findings = findings;
        this.mostPages = mostPages;
    }

    /** Number of stores to pages beyond those that are followed. */
    long notFollowed() {
        return notFollowed;
    }

    // ---- pages ----

    private @Nullable Page find(long key) {
        if (key == lastKey) {
            return lastPage;
        }
        int slot = slots.find(key);
        Page page = slot == NONE ? null : pages[slot];
        lastKey = key;
        lastPage = page;
        return page;
    }

    private @Nullable Page make(long key) {
        return slots.size() == mostPages ? null : add(key);
    }

    private Page add(long key) {
        int slot = slots.add(key);
        if (slot == pages.length) {
            pages = Arrays.copyOf(pages, 2 * slot);
        }
        Page page = pages[slot];
        if (page == null) {
            page = new Page();
            pages[slot] = page;
        }
        lastKey = key;
        lastPage = page;
        return page;
    }

    private void forgetLast() {
        lastKey = FrameLives.NO_PAGE;
        lastPage = null;
    }

    /** A page's content was given up. */
    void drop(long key) {
        int slot = slots.find(key);
        Page page = slot == NONE ? null : pages[slot];
        if (page != null) {
            Arrays.fill(page.known, 0);
            slots.remove(slot);
            forgetLast();
        }
    }

    /** A page's content is at another address now. */
    void move(long from, long to) {
        drop(to);
        int slot = slots.find(from);
        if (slot != NONE) {
            slots.rekey(slot, to);
            forgetLast();
        }
    }

    // ---- accesses ----

    private static long mask(int from, int to) {
        return (-1L >>> (Long.SIZE - (to - from))) << from;
    }

    /** The device stored bytes. */
    void stored(int chiplet, int cb, long key, long vaddr, int bytes, byte[] data) {
        Page page = find(key);
        if (page == null) {
            page = make(key);
        }
        if (page == null) {
            notFollowed++;
            return;
        }
        int at = (int) vaddr & PAGE_BYTES - 1;
        assert at + bytes <= PAGE_BYTES : "a store of " + bytes + " bytes at " + at + " leaves its page";
        System.arraycopy(data, 0, page.bytes, at, bytes);
        long nowPs = findings.nowPs();
        int end = at + bytes;
        for (int from = at; from < end; ) {
            int line = from >>> LINE_SHIFT;
            int to = Math.min(end, (line + 1) << LINE_SHIFT);
            page.known[line] |= mask(from & LINE_BYTES - 1, to - (line << LINE_SHIFT));
            page.storedPs[line] = nowPs;
            page.storedBy[line] = Findings.block(chiplet, cb);
            from = to;
        }
    }

    /** The device loaded bytes. */
    void loaded(int chiplet, int cb, long key, long vaddr, int bytes, byte[] data) {
        Page page = find(key);
        if (page == null) {
            return;
        }
        int at = (int) vaddr & PAGE_BYTES - 1;
        int end = at + bytes;
        for (int from = at; from < end; ) {
            int line = from >>> LINE_SHIFT;
            int to = Math.min(end, (line + 1) << LINE_SHIFT);
            long wanted = mask(from & LINE_BYTES - 1, to - (line << LINE_SHIFT));
            long known = page.known[line] & wanted;
            if (known != 0) {
                findings.checks++;
                boolean equal = known == wanted
                        ? Arrays.equals(page.bytes, from, to, data, from - at, to - at)
                        : equal(page, known, line, data, at);
                if (!equal) {
                    differs(page, line, known, chiplet, cb, vaddr - at, data, at);
                }
            }
            from = to;
        }
    }

    private static boolean equal(Page page, long known, int line, byte[] data, int at) {
        return firstDifference(page, known, line, data, at) < 0;
    }

    /** Offset in the page of the first known byte of a line that differs from what was loaded, or -1. */
    private static int firstDifference(Page page, long known, int line, byte[] data, int at) {
        for (long left = known; left != 0; left &= left - 1) {
            int offset = (line << LINE_SHIFT) + Long.numberOfTrailingZeros(left);
            if (page.bytes[offset] != data[offset - at]) {
                return offset;
            }
        }
        return -1;
    }

    private void differs(Page page, int line, long known, int chiplet, int cb, long start, byte[] data, int at) {
        int offset = firstDifference(page, known, line, data, at);
        Deed store = findings.deed(
                page.storedPs[line],
                page.storedBy[line],
                "stored to the line of 0x%x, where 0x%02x is due".formatted(start + offset, page.bytes[offset]));
        findings.violated(
                Invariant.CONTENT,
                store,
                Findings.block(chiplet, cb),
                "loaded 0x%02x from there".formatted(data[offset - at]));
        page.known[line] &= ~known;
    }

    // ---- state ----

    @Override
    public void state(StateIo io) {
        int count = io.i32(slots.size());
        long[] keys = io.loading() ? new long[count] : slots.sortedKeys();
        if (io.loading()) {
            slots.clear();
            forgetLast();
            for (Page page : pages) {
                if (page != null) {
                    Arrays.fill(page.known, 0);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            long key = io.i64(keys[i]);
            Page page = io.loading() ? add(key) : find(key);
            assert page != null;
            state(io, page);
        }
        if (io.timed()) {
            notFollowed = io.i64(notFollowed);
        }
    }

    private static void state(StateIo io, Page page) {
        long lines = 0;
        for (int line = 0; line < LINES; line++) {
            lines |= page.known[line] != 0 ? 1L << line : 0;
        }
        for (long left = io.i64(lines); left != 0; left &= left - 1) {
            int line = Long.numberOfTrailingZeros(left);
            page.known[line] = io.i64(page.known[line]);
            for (long unknown = ~page.known[line]; unknown != 0; unknown &= unknown - 1) {
                page.bytes[(line << LINE_SHIFT) + Long.numberOfTrailingZeros(unknown)] = 0;
            }
            for (int at = line << LINE_SHIFT; at < (line + 1) << LINE_SHIFT; at += Long.BYTES) {
                word(io, page.bytes, at);
            }
            if (io.timed()) {
                page.storedPs[line] = io.i64(page.storedPs[line]);
                page.storedBy[line] = io.i32(page.storedBy[line]);
            }
        }
    }

    private static void word(StateIo io, byte[] bytes, int at) {
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            word = word << Byte.SIZE | (bytes[at + i] & 0xff);
        }
        word = io.i64(word);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[at + i] = (byte) (word >>> (i * Byte.SIZE));
        }
    }
}
