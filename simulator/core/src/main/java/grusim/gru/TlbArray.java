package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.PageSize;
import grusim.workload.TlbSpec;

/**
 * The TLB's entries: a set-associative array in which pages of every size live side by side. An entry maps a page of an
 * address space (asid, virtual page number, page size) to its first 4 KiB frame, with a dirty bit (writes allowed) and
 * an address attribute.
 *
 * <p>Geometry is published nowhere; 1,024 sets of 4 ways follow from the width of the TFH's indexway field and the purge
 * count (assumed). A lookup tries the available page sizes from the smallest up. Flat arrays, nothing allocated after
 * construction. Does not model time; the {@link TlbPort} does.
 */
final class TlbArray implements Stateful {
    static final int NONE = -1;

    private static final int[] SHIFTS = shifts();

    /** The low bits of a tag: valid 1, page-size code 5; the asid stands above. */
    private static final int ASID_SHIFT = 6;

    private static final int SIZE_MASK = 31;

    private static final long DIRTY = 1L << 63;
    private static final int GAA_SHIFT = 61;
    private static final long GAA_MASK = 3;
    private static final long PFN_MASK = (1L << 41) - 1;

    private final int sets;
    private final int ways;
    private final int setBits;
    private final boolean fold;
    private final Replacement replacement;

    /** Per entry: asid, size, valid. */
    private final long[] tags;

    private final long[] pages;
    private final long[] frames;
    private int occupied;

    TlbArray(TlbSpec spec, Replacement replacement) {
        sets = spec.sets();
        ways = spec.ways();
        if (Integer.bitCount(sets) != 1) {
            throw new IllegalArgumentException("tlb.sets: " + sets + "; accepted: a power of two");
        }
        setBits = Integer.numberOfTrailingZeros(sets);
        fold = spec.indexHash() == TlbSpec.IndexHash.XOR;
        this.replacement = replacement;
        tags = new long[sets * ways];
        pages = new long[sets * ways];
        frames = new long[sets * ways];
    }

    private static int[] shifts() {
        int[] shifts = new int[PageSize.values().length];
        for (PageSize size : PageSize.values()) {
            shifts[size.code()] = size.shift();
        }
        return shifts;
    }

    /** Number of address bits inside a page of the given size code. */
    static int pageShift(int sizeCode) {
        return SHIFTS[sizeCode];
    }

    private static long tag(int asid, int sizeCode) {
        return ((long) asid << ASID_SHIFT) | ((long) sizeCode << 1) | 1;
    }

    /** The set a virtual page number goes to. */
    int setOf(long page) {
        long bits = page;
        if (fold && setBits > 0) {
            for (long rest = page >>> setBits; rest != 0; rest >>>= setBits) {
                bits ^= rest;
            }
        }
        return (int) bits & (sets - 1);
    }

    /** The entry that maps an address in one of the available page sizes, or {@link #NONE}; counts as a use of it. */
    int lookup(int asid, long vaddr, int sizesAvailable) {
        for (int left = sizesAvailable; left != 0; left &= left - 1) {
            int sizeCode = Integer.numberOfTrailingZeros(left);
            int entry = find(tag(asid, sizeCode), vaddr >>> SHIFTS[sizeCode]);
            if (entry != NONE) {
                replacement.used(entry / ways, entry % ways);
                return entry;
            }
        }
        return NONE;
    }

    /** The entry of exactly this page, or {@link #NONE}; no use of it. */
    int find(int asid, long vaddr, int sizeCode) {
        return find(tag(asid, sizeCode), vaddr >>> SHIFTS[sizeCode]);
    }

    private int find(long tag, long page) {
        int first = setOf(page) * ways;
        for (int entry = first; entry < first + ways; entry++) {
            if (tags[entry] == tag && pages[entry] == page) {
                return entry;
            }
        }
        return NONE;
    }

    /** Where a dropin for this page goes: its present entry, else a free one, else the victim of the replacement. */
    int place(Agent agent, int asid, long vaddr, int sizeCode) {
        long page = vaddr >>> SHIFTS[sizeCode];
        int present = find(tag(asid, sizeCode), page);
        if (present != NONE) {
            return present;
        }
        int set = setOf(page);
        for (int entry = set * ways; entry < (set + 1) * ways; entry++) {
            if (tags[entry] == 0) {
                return entry;
            }
        }
        return set * ways + replacement.victim(agent, set);
    }

    /** Writes an entry. */
    void write(int entry, int asid, long vaddr, int sizeCode, long pfn, boolean dirty, int gaa) {
        if (tags[entry] == 0) {
            occupied++;
        }
        tags[entry] = tag(asid, sizeCode);
        pages[entry] = vaddr >>> SHIFTS[sizeCode];
        frames[entry] = (dirty ? DIRTY : 0) | ((long) gaa << GAA_SHIFT) | pfn;
        replacement.filled(entry / ways, entry % ways);
    }

    /** Empties an entry. */
    void remove(int entry) {
        assert tags[entry] != 0 : "entry " + entry + " is empty";
        occupied--;
        tags[entry] = 0;
        pages[entry] = 0;
        frames[entry] = 0;
        replacement.emptied(entry / ways, entry % ways);
    }

    boolean valid(int entry) {
        return tags[entry] != 0;
    }

    int asid(int entry) {
        return (int) (tags[entry] >>> ASID_SHIFT);
    }

    int sizeCode(int entry) {
        return (int) (tags[entry] >>> 1) & SIZE_MASK;
    }

    /** First virtual address of an entry's page. */
    long vaddr(int entry) {
        return pages[entry] << SHIFTS[sizeCode(entry)];
    }

    /** First frame of an entry's page. */
    long pfn(int entry) {
        return frames[entry] & PFN_MASK;
    }

    /** The 4 KiB frame an entry gives to an address in its page. */
    long frameOf(int entry, long vaddr) {
        long inPage = vaddr & ((1L << SHIFTS[sizeCode(entry)]) - 1);
        return (frames[entry] & PFN_MASK) + (inPage >>> SHIFTS[0]);
    }

    boolean dirty(int entry) {
        return frames[entry] < 0;
    }

    int gaa(int entry) {
        return (int) ((frames[entry] >>> GAA_SHIFT) & GAA_MASK);
    }

    int sets() {
        return sets;
    }

    int ways() {
        return ways;
    }

    /** Number of valid entries. */
    int occupied() {
        return occupied;
    }

    @Override
    public void state(StateIo io) {
        io.array(tags);
        io.array(pages);
        io.array(frames);
        occupied = io.i32(occupied);
        replacement.state(io);
    }
}
