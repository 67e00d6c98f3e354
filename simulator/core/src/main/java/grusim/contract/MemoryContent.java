package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * Point 6: what a load returns is what the last store to the address wrote, whatever frames the page has lived in between.
 *
 * <p>Keeps, per virtual page that the device has stored to, the bytes last stored and which of them are known. They follow
 * the page through swap and to another address, and are forgotten when the page's content is given up. Only what the
 * device stores is expected; a page's first content is not known here. A page that begins as the copy of another (fork) has the
 * other's content. Pages beyond a fixed number are not followed.
 */
final class MemoryContent implements Stateful {
    /** Most pages followed: 256 MiB of stores. */
    static final int MOST_PAGES = 1 << 16;

    private static final int PAGE_BYTES = (int) PageKey.BYTES;
    private static final int LINE_SHIFT = StoredLines.LINE_SHIFT;
    private static final int LINE_BYTES = StoredLines.LINE_BYTES;
    private static final int NONE = KeyedSlots.NONE;

    private final Findings findings;
    private final FrameLives frames;
    private final int mostPages;
    private final KeyedSlots slots = new KeyedSlots();
    private final StoredLines lines = new StoredLines();
    private long notFollowed;

    /** Number of pages that have begun to be followed, folded: what was looked for in vain may be there after the next. */
    private int begun;

    MemoryContent(Findings findings, FrameLives frames, int mostPages) {
        this.frames = frames;
        this.findings = findings;
        this.mostPages = mostPages;
    }

    /** Number of stores to pages beyond those that are followed. */
    long notFollowed() {
        return notFollowed;
    }

    // ---- pages ----

    /** The slot of a page that an access through a frame found, with the frame's note of it. */
    private int find(long key, long pfn) {
        if (slots.size() == 0) {
            return NONE;
        }
        boolean noted = frames.page(pfn) == key;
        int note = noted ? frames.content(pfn) : 0;
        if (note > 0 && slots.key(note - 1) == key) {
            return note - 1;
        }
        if (note == nothing()) {
            return NONE;
        }
        int slot = slots.find(key);
        if (noted) {
            frames.content(pfn, slot == NONE ? nothing() : slot + 1);
        }
        return slot;
    }

    /** The note that a page has no content, which holds until the next one gets some. */
    private int nothing() {
        return begun | Integer.MIN_VALUE;
    }

    private int add(long key) {
        int slot = slots.add(key);
        lines.add(slot);
        begun = begun + 1 & Integer.MAX_VALUE;
        return slot;
    }

    /** A page's content was given up. */
    void drop(long key) {
        int slot = slots.find(key);
        if (slot != NONE) {
            slots.remove(slot);
        }
    }

    /** A page's content is at another address now. */
    void move(long from, long to) {
        drop(to);
        int slot = slots.find(from);
        if (slot != NONE) {
            slots.rekey(slot, to);
            begun = begun + 1 & Integer.MAX_VALUE;
        }
    }

    /** A page of which nothing is known yet has the content of another. */
    void copy(long from, long to) {
        int source = slots.find(from);
        if (source != NONE && slots.find(to) == NONE && slots.size() < mostPages) {
            lines.copy(source, add(to));
        }
    }

    // ---- accesses ----

    /** The device stored bytes. */
    void stored(int chiplet, int cb, long key, long pfn, long vaddr, int bytes, byte[] data) {
        int slot = find(key, pfn);
        if (slot == NONE && slots.size() < mostPages) {
            slot = add(key);
        }
        if (slot == NONE) {
            notFollowed++;
            return;
        }
        int start = (int) vaddr & (PAGE_BYTES - 1);
        assert start + bytes <= PAGE_BYTES : "a store of " + bytes + " bytes at " + start + " leaves its page";
        int by = Findings.block(chiplet, cb);
        for (int done = 0; done < bytes; ) {
            int at = (start + done) & (LINE_BYTES - 1);
            int part = Math.min(bytes - done, LINE_BYTES - at);
            lines.store(slot, (start + done) >>> LINE_SHIFT, at, part, data, done, by, findings.nowPs());
            done += part;
        }
    }

    /** The device loaded bytes. */
    void loaded(int chiplet, int cb, long key, long pfn, long vaddr, int bytes, byte[] data) {
        int slot = find(key, pfn);
        if (slot == NONE) {
            return;
        }
        int start = (int) vaddr & (PAGE_BYTES - 1);
        for (int done = 0; done < bytes; ) {
            int at = (start + done) & (LINE_BYTES - 1);
            int part = Math.min(bytes - done, LINE_BYTES - at);
            int line = (start + done) >>> LINE_SHIFT;
            if (lines.known(slot, line, at, part) != 0) {
                findings.checks++;
                int offset = lines.difference(slot, line, at, part, data, done);
                if (offset >= 0) {
                    long byteAt = vaddr + done - at + offset;
                    differs(slot, line, offset, byteAt, data[done + offset - at], Findings.block(chiplet, cb));
                    lines.forget(slot, line, at, part);
                }
            }
            done += part;
        }
    }

    private void differs(int slot, int line, int offset, long vaddr, byte loaded, int by) {
        Deed store = findings.deed(
                lines.storedPs(slot, line),
                lines.storedBy(slot, line),
                "stored to the line of 0x%x, where 0x%02x is due,".formatted(vaddr, lines.value(slot, line, offset)));
        findings.violated(Invariant.CONTENT, store, by, "loaded 0x%02x from there".formatted(loaded));
    }

    @Override
    public void state(StateIo io) {
        int count = io.i32(slots.size());
        if (io.loading()) {
            slots.clear();
            begun = begun + 1 & Integer.MAX_VALUE;
        } else {
            slots.sort();
        }
        for (int i = 0; i < count; i++) {
            long key = io.i64(io.loading() ? 0 : slots.key(slots.sorted(i)));
            lines.state(io, io.loading() ? add(key) : slots.sorted(i));
        }
        if (io.timed()) {
            notFollowed = io.i64(notFollowed);
        }
    }
}
