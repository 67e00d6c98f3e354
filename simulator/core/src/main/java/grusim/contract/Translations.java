package grusim.contract;

import grusim.engine.Hash;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The pool of translations that exist anywhere: a PTE value an agent has read, a dropin commanded with it, a TLB entry made
 * from it. Each carries what has happened to its page since the read.
 *
 * <p>The place is, by stage, the reader's position, the control block, or the chiplet. Snapshots list translations in an
 * order that does not depend on slots.
 */
final class Translations implements Stateful {
    static final int NONE = -1;

    // ---- stages ----
    static final byte UNUSED = 0;
    static final byte READ = 1;
    static final byte COMMANDED = 2;
    static final byte ENTRY = 3;

    // ---- marks ----
    /** The frame was freed after the read. */
    static final byte FREED = 1;
    /** The PTE was cleared after the read, and the end of that was announced. */
    static final byte STALE = 2;
    /** That it is a stale live entry was found already. */
    static final byte TOLD = 4;

    private static final Comparator<long[]> BY_LISTING = (a, b) -> Arrays.compare(a, 0, 4, b, 0, 4);

    private final Chains byPage = new Chains();
    private final Chains byEntry = new Chains();
    private int[] free = new int[16];
    private int freed;
    private int high;

    byte[] stage = new byte[16];
    byte[] marks = new byte[16];
    int[] place = new int[16];
    int[] asid = new int[16];
    /** Logarithm of the page's bytes. */
    int[] shift = new int[16];

    long[] page = new long[16];
    long[] pfn = new long[16];
    /** Clears of the PTE since the read whose end was not announced: bit numbers of {@link OpenClears}. */
    long[] clears = new long[16];

    // ---- for words only ----
    int[] reader = new int[16];
    long[] readPs = new long[16];
    int[] clearer = new int[16];
    long[] clearedPs = new long[16];

    private int entriesFreed;
    private int large;
    /** Translations that bear each bit of {@link #clears}. */
    private final int[] cleared = new int[Long.SIZE];

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

    /** Every slot is below this. */
    int high() {
        return high;
    }

    /** Takes a slot for what was read of a page. */
    int add(long ofPage, long frame, int by, long nowPs) {
        int slot = freed > 0 ? free[--freed] : high++;
        if (slot == stage.length) {
            grow();
        }
        stage[slot] = UNUSED;
        marks[slot] = 0;
        page[slot] = ofPage;
        pfn[slot] = frame;
        shift[slot] = PageKey.SHIFT;
        asid[slot] = 0;
        clears[slot] = 0;
        reader[slot] = by;
        readPs[slot] = nowPs;
        clearer[slot] = Findings.UNKNOWN;
        clearedPs[slot] = 0;
        byPage.link(slot, ofPage);
        return slot;
    }

    private void grow() {
        int length = 2 * stage.length;
        stage = Arrays.copyOf(stage, length);
        marks = Arrays.copyOf(marks, length);
        place = Arrays.copyOf(place, length);
        asid = Arrays.copyOf(asid, length);
        shift = Arrays.copyOf(shift, length);
        page = Arrays.copyOf(page, length);
        pfn = Arrays.copyOf(pfn, length);
        clears = Arrays.copyOf(clears, length);
        reader = Arrays.copyOf(reader, length);
        readPs = Arrays.copyOf(readPs, length);
        clearer = Arrays.copyOf(clearer, length);
        clearedPs = Arrays.copyOf(clearedPs, length);
    }

    /** Moves a translation on to a stage before that of an entry. */
    void hold(int slot, byte atStage, int at) {
        stage[slot] = atStage;
        place[slot] = at;
    }

    /** Makes a translation a TLB entry. */
    void enter(int slot, int chiplet, int underAsid, int pageShift) {
        hold(slot, ENTRY, chiplet);
        asid[slot] = underAsid;
        shift[slot] = pageShift;
        large += pageShift > PageKey.SHIFT ? 1 : 0;
        entriesFreed += (marks[slot] & FREED) != 0 ? 1 : 0;
        byEntry.link(slot, entryKey(chiplet, underAsid, vaddr(slot)));
    }

    /** First address of a translation's page. */
    long vaddr(int slot) {
        return PageKey.vaddr(page[slot]) & -1L << shift[slot];
    }

    /** Notes that a translation's PTE was cleared, under a bit of open clears. */
    void clearedUnder(int slot, int bit) {
        if ((clears[slot] >>> bit & 1) == 0) {
            clears[slot] |= 1L << bit;
            cleared[bit]++;
        }
    }

    /** Takes a bit of open clears off a translation. */
    void clearEnded(int slot, int bit) {
        clears[slot] &= ~(1L << bit);
        cleared[bit]--;
    }

    /** Follows a new numbering of open clears. */
    void renumber(OpenClears open) {
        Arrays.fill(cleared, 0);
        for (int slot = 0; slot < high; slot++) {
            if (stage[slot] != UNUSED && clears[slot] != 0) {
                clears[slot] = open.sorted(clears[slot]);
                countClears(slot);
            }
        }
    }

    private void countClears(int slot) {
        for (long left = clears[slot]; left != 0; left &= left - 1) {
            cleared[Long.numberOfTrailingZeros(left)]++;
        }
    }

    /** Notes that a translation's frame was freed. */
    void frameFreed(int slot) {
        if ((marks[slot] & FREED) == 0) {
            marks[slot] |= FREED;
            entriesFreed += stage[slot] == ENTRY ? 1 : 0;
        }
    }

    void release(int slot) {
        if (stage[slot] == ENTRY) {
            byEntry.unlink(slot);
            large -= shift[slot] > PageKey.SHIFT ? 1 : 0;
            entriesFreed -= (marks[slot] & FREED) != 0 ? 1 : 0;
        }
        for (long left = clears[slot]; left != 0; left &= left - 1) {
            cleared[Long.numberOfTrailingZeros(left)]--;
        }
        byPage.unlink(slot);
        stage[slot] = UNUSED;
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = slot;
    }

    /** First translation of a page, or {@link #NONE}. */
    int firstOf(long ofPage) {
        return byPage.first(ofPage);
    }

    /** The translation of the same page after this one, or {@link #NONE}. */
    int nextOf(int slot) {
        return byPage.next(slot);
    }

    /** The entry of exactly this page, or {@link #NONE}. */
    int entry(int chiplet, int underAsid, long vaddr, int pageShift) {
        long first = vaddr & -1L << pageShift;
        int slot = byEntry.first(entryKey(chiplet, underAsid, first));
        while (slot != NONE) {
            if (place[slot] == chiplet && asid[slot] == underAsid && shift[slot] == pageShift && vaddr(slot) == first) {
                return slot;
            }
            slot = byEntry.next(slot);
        }
        return NONE;
    }

    /** The entry that translates an address, or {@link #NONE}. */
    int entryFor(int chiplet, int underAsid, long vaddr) {
        int slot = entry(chiplet, underAsid, vaddr, PageKey.SHIFT);
        for (int i = 0; slot == NONE && large > 0 && i < high; i++) {
            if (stage[i] == ENTRY && place[i] == chiplet && asid[i] == underAsid && covers(i, vaddr)) {
                slot = i;
            }
        }
        return slot;
    }

    private boolean covers(int slot, long vaddr) {
        return (vaddr & -1L << shift[slot]) == vaddr(slot);
    }

    /** Whether the translation gives an address of its address space a frame. */
    boolean translates(int slot, int mm, long vaddr) {
        return PageKey.mm(page[slot]) == mm && covers(slot, vaddr);
    }

    /** The frame a translation gives an address in its page. */
    long frameOf(int slot, long vaddr) {
        return pfn[slot] + ((vaddr & (1L << shift[slot]) - 1) >>> PageKey.SHIFT);
    }

    /** Whether a frame belongs to the page a translation leads to. */
    boolean uses(int slot, long frame) {
        return frame >= pfn[slot] && frame - pfn[slot] < 1L << (shift[slot] - PageKey.SHIFT);
    }

    /** One key per entry, were hashes unique. */
    private static long entryKey(int chiplet, int asid, long vaddr) {
        return Hash.mix((long) chiplet << Integer.SIZE | asid, vaddr >>> PageKey.SHIFT);
    }

    private void clear() {
        byPage.clear();
        byEntry.clear();
        Arrays.fill(stage, UNUSED);
        Arrays.fill(cleared, 0);
        freed = 0;
        high = 0;
        large = 0;
        entriesFreed = 0;
    }

    /** Slots in use, in an order that depends on the translations only. */
    private List<long[]> listing() {
        List<long[]> rows = new ArrayList<>();
        for (int slot = 0; slot < high; slot++) {
            if (stage[slot] != UNUSED) {
                long where = (long) stage[slot] << Integer.SIZE | place[slot];
                rows.add(new long[] {where, asid[slot], page[slot], shift[slot], slot});
            }
        }
        rows.sort(BY_LISTING);
        return rows;
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
        List<long[]> rows = listing();
        io.i32(rows.size());
        for (long[] row : rows) {
            int slot = (int) row[4];
            io.i64(row[0]);
            io.i64(row[1]);
            io.i64(row[2]);
            io.i64(row[3]);
            io.i64(pfn[slot]);
            rest(io, slot);
        }
    }

    private void load(StateIo io) {
        long where = io.i64(0);
        int underAsid = io.i32(0);
        long ofPage = io.i64(0);
        int pageShift = io.i32(0);
        int slot = add(ofPage, io.i64(0), Findings.UNKNOWN, 0);
        rest(io, slot);
        countClears(slot);
        byte atStage = (byte) (where >>> Integer.SIZE);
        if (atStage == ENTRY) {
            enter(slot, (int) where, underAsid, pageShift);
        } else {
            hold(slot, atStage, (int) where);
        }
    }

    private void rest(StateIo io, int slot) {
        clears[slot] = io.i64(clears[slot]);
        marks[slot] = (byte) io.i32(marks[slot]);
        if (io.timed()) {
            reader[slot] = io.i32(reader[slot]);
            readPs[slot] = io.i64(readPs[slot]);
            clearer[slot] = io.i32(clearer[slot]);
            clearedPs[slot] = io.i64(clearedPs[slot]);
        }
    }
}
