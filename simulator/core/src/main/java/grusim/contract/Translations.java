package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * The pool of translations that exist anywhere: a PTE value an agent has read, a dropin commanded with it, a TLB entry made
 * from it. Each carries what has happened to its page since the read.
 *
 * <p>The place is, by stage, the reader's position, the control block, or the chiplet. Snapshots list translations in an
 * order that does not depend on slots.
 */
final class Translations extends TranslationPool implements Stateful {
    // ---- a byte each of the word that snapshots list of stage, marks and size ----
    private static final int MARKS_AT = 8;
    private static final int SHIFT_AT = 16;
    private static final int BYTE = 0xff;

    private final Chains byPage = new Chains();
    private final FrameEntries byFrame = new FrameEntries();
    private int[] sorted = new int[16];

    private int entriesFreed;
    private int large;
    /** Translations that bear each bit of open clears. */
    private final int[] cleared = new int[Long.SIZE];

    // ---- all of them ----

    /** Number of translations that bear a bit of open clears. */
    int cleared(int bit) {
        return cleared[bit];
    }

    /** Number of entries of freed frames. */
    int entriesFreed() {
        return entriesFreed;
    }

    /** Number of translations of pages larger than the base page. */
    int large() {
        return large;
    }

    // ---- lives ----

    /** Takes a slot for what was read of a page. */
    int add(long ofPage, long frame, int by, long nowPs) {
        int slot = take(ofPage, frame, by, nowPs);
        byPage.link(slot, ofPage);
        return slot;
    }

    /** Makes a translation a TLB entry. */
    void enter(int slot, int chiplet, int underAsid, int pageShift) {
        becomeEntry(slot, chiplet, underAsid, pageShift);
        large += pageShift > PageKey.SHIFT ? 1 : 0;
        entriesFreed += (marks(slot) & FREED) != 0 ? 1 : 0;
        next(slot, byFrame.first(pfn(slot)));
        byFrame.first(pfn(slot), slot);
    }

    private void leave(int slot) {
        int entry = byFrame.first(pfn(slot));
        if (entry == slot) {
            byFrame.first(pfn(slot), next(slot));
        } else {
            while (next(entry) != slot) {
                entry = next(entry);
            }
            next(entry, next(slot));
        }
        large -= shift(slot) > PageKey.SHIFT ? 1 : 0;
        entriesFreed -= (marks(slot) & FREED) != 0 ? 1 : 0;
    }

    /** Gives a translation up. */
    void release(int slot) {
        if (stage(slot) == ENTRY) {
            leave(slot);
        }
        for (long left = clears(slot); left != 0; left &= left - 1) {
            cleared[Long.numberOfTrailingZeros(left)]--;
        }
        byPage.unlink(slot);
        give(slot);
    }

    // ---- what happens to a page ----

    /** Notes that an agent cleared a translation's PTE, under a bit of open clears. */
    void clearedUnder(int slot, int bit, int agent, long nowPs) {
        clearedUnder(slot, bit);
        clearer(slot, agent, nowPs);
    }

    /** Notes that a translation's PTE had been cleared when it was read, under a bit of open clears. */
    void clearedUnder(int slot, int bit) {
        if (!clearedBy(slot, bit)) {
            clears(slot, clears(slot) | 1L << bit);
            cleared[bit]++;
        }
    }

    /** Whether a translation bears a bit of open clears. */
    boolean clearedBy(int slot, int bit) {
        return (clears(slot) >>> bit & 1) != 0;
    }

    /** Takes a bit of open clears off a translation. */
    void clearEnded(int slot, int bit) {
        clears(slot, clears(slot) & ~(1L << bit));
        cleared[bit]--;
    }

    /** Follows a new numbering of open clears. */
    void renumber(OpenClears open) {
        Arrays.fill(cleared, 0);
        for (int slot = 0; slot < high(); slot++) {
            if (used(slot) && clears(slot) != 0) {
                clears(slot, open.sorted(clears(slot)));
                countClears(slot);
            }
        }
    }

    private void countClears(int slot) {
        for (long left = clears(slot); left != 0; left &= left - 1) {
            cleared[Long.numberOfTrailingZeros(left)]++;
        }
    }

    /** Notes that a translation's frame was freed. */
    void frameFreed(int slot) {
        if ((marks(slot) & FREED) == 0) {
            mark(slot, FREED);
            entriesFreed += stage(slot) == ENTRY ? 1 : 0;
        }
    }

    // ---- looking for them ----

    /** First translation of a page, or {@link #NONE}. */
    int firstOf(long ofPage) {
        return byPage.first(ofPage);
    }

    /** The translation of the same page after this one, or {@link #NONE}. */
    int nextOf(int slot) {
        return byPage.next(slot);
    }

    /** The entry of exactly this page and frame, or {@link #NONE}. */
    int entry(int chiplet, int underAsid, long vaddr, long frame, int pageShift) {
        int slot = byFrame.first(frame);
        while (slot != NONE
                && !(pfn(slot) == frame && isEntry(slot, chiplet, underAsid, pageShift) && covers(slot, vaddr))) {
            slot = next(slot);
        }
        return slot;
    }

    /** The entry of exactly this page of an address space, whatever its frame, or {@link #NONE}. */
    int entryOf(int chiplet, int underAsid, long ofPage, int pageShift) {
        int slot = byPage.first(ofPage);
        while (slot != NONE && !isEntry(slot, chiplet, underAsid, pageShift)) {
            slot = byPage.next(slot);
        }
        for (int i = 0; slot == NONE && pageShift > PageKey.SHIFT && i < high(); i++) {
            if (isEntry(i, chiplet, underAsid, pageShift) && translates(i, PageKey.mm(ofPage), PageKey.vaddr(ofPage))) {
                slot = i;
            }
        }
        return slot;
    }

    private boolean isEntry(int slot, int chiplet, int underAsid, int pageShift) {
        return stage(slot) == ENTRY && where(slot) == pair(chiplet, underAsid) && shift(slot) == pageShift;
    }

    /** Whether an entry translates an address to a frame that was freed since its PTE was read. */
    boolean leadsToFreed(int chiplet, int underAsid, long vaddr, long frame) {
        if (entriesFreed == 0) {
            return false;
        }
        int slot = entry(chiplet, underAsid, vaddr, frame, PageKey.SHIFT);
        for (int i = 0; slot == NONE && large > 0 && i < high(); i++) {
            if (stage(i) == ENTRY
                    && where(i) == pair(chiplet, underAsid)
                    && covers(i, vaddr)
                    && frameOf(i, vaddr) == frame) {
                slot = i;
            }
        }
        return slot != NONE && (marks(slot) & FREED) != 0;
    }

    // ---- state ----

    private void clear() {
        for (int slot = 0; slot < high(); slot++) {
            byFrame.first(pfn(slot), NONE);
        }
        byPage.clear();
        Arrays.fill(cleared, 0);
        giveAll();
        large = 0;
        entriesFreed = 0;
    }

    private boolean before(int slot, int other) {
        int order = Integer.compare(stage(slot), stage(other));
        order = order != 0 ? order : Long.compare(where(slot), where(other));
        order = order != 0 ? order : Long.compare(page(slot), page(other));
        order = order != 0 ? order : Integer.compare(shift(slot), shift(other));
        return order < 0;
    }

    /** Puts the slots in use into an order that depends on the translations only; returns their number. */
    private int sort() {
        if (sorted.length < high()) {
            sorted = new int[Integer.highestOneBit(high()) << 1];
        }
        int count = 0;
        for (int slot = 0; slot < high(); slot++) {
            if (used(slot)) {
                sorted[count++] = slot;
            }
        }
        for (int gap = count / 2; gap > 0; gap /= 2) {
            for (int end = gap; end < count; end++) {
                int slot = sorted[end];
                int at = end;
                while (at >= gap && before(slot, sorted[at - gap])) {
                    sorted[at] = sorted[at - gap];
                    at -= gap;
                }
                sorted[at] = slot;
            }
        }
        return count;
    }

    @Override
    public void state(StateIo io) {
        if (io.loading()) {
            clear();
            int count = io.i32(0);
            for (int i = 0; i < count; i++) {
                load(io);
            }
            return;
        }
        int count = io.i32(sort());
        for (int i = 0; i < count; i++) {
            int slot = sorted[i];
            io.i64(where(slot));
            io.i32(stage(slot) | marks(slot) << MARKS_AT | shift(slot) << SHIFT_AT);
            io.i64(page(slot));
            io.i64(pfn(slot));
            io.i64(clears(slot));
            rest(io, slot);
        }
    }

    private void load(StateIo io) {
        long where = io.i64(0);
        int kind = io.i32(0);
        int slot = add(io.i64(0), io.i64(0), Findings.UNKNOWN, 0);
        clears(slot, io.i64(0));
        countClears(slot);
        mark(slot, kind >>> MARKS_AT & BYTE);
        int place = (int) (where >> Integer.SIZE);
        if ((kind & BYTE) == ENTRY) {
            enter(slot, place, (int) where, kind >>> SHIFT_AT);
        } else {
            hold(slot, kind & BYTE, place);
        }
        rest(io, slot);
    }

    private void rest(StateIo io, int slot) {
        if (io.timed()) {
            reader(slot, io.i32(reader(slot)), io.i64(readPs(slot)));
            clearer(slot, io.i32(clearer(slot)), io.i64(clearedPs(slot)));
        }
    }
}
