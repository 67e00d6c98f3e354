package grusim.linux;

/**
 * Page-table entries of the last level, with the bits of x86 (arch/x86/include/asm/pgtable.h).
 *
 * <p>The entry of a huge page one level up has the same form, and the frame number of the run's head.
 *
 * <p>An entry is none (0), present with a frame number, a swap entry with a slot number, or a migration entry with the frame
 * that the page is leaving. As on x86 an entry that allows no access keeps its frame and counts as present: one of a
 * {@code PROT_NONE} mapping, or elsewhere one that NUMA balancing made so to see the next access. Linux finds in
 * the frame's map count whether it is shared; here the entry tells first whether the count needs to be looked at.
 */
public final class Pte {
    /** The entry of a page that is not mapped. */
    public static final long NONE = 0;

    static final long PRESENT = 1;
    static final long WRITE = 1 << 1;
    static final long USER = 1 << 2;

    /** The huge entry belongs to a hugetlb mapping (a software bit; Linux looks at the vma). */
    private static final long HUGETLB = 1 << 3;

    static final long ACCESSED = 1 << 5;
    static final long DIRTY = 1 << 6;

    /** An entry above the ptes that maps a huge page instead of leading to a table. */
    private static final long HUGE = 1 << 7;

    static final long PROTNONE = 1 << 8;
    private static final long SWAP = 1 << 9;

    /** Others may map the frame too (a software bit): it must be copied, or found to be mapped once, before it is written. */
    static final long SHARED = 1 << 10;

    private static final long MIGRATION = 1 << 11;
    private static final int SHIFT = 12;

    private Pte() {}

    /** Whether the entry holds a frame. */
    public static boolean present(long pte) {
        return (pte & (PRESENT | PROTNONE)) != 0;
    }

    /** Whether a present entry allows no access; its vma says whether that is its protection or a hint. */
    public static boolean protNone(long pte) {
        return (pte & (PRESENT | PROTNONE)) == PROTNONE;
    }

    /** Whether the entry allows writing. */
    public static boolean writable(long pte) {
        return (pte & WRITE) != 0;
    }

    /** Whether the page is marked as written. */
    public static boolean dirty(long pte) {
        return (pte & DIRTY) != 0;
    }

    /** Whether the page is marked as used. */
    public static boolean accessed(long pte) {
        return (pte & ACCESSED) != 0;
    }

    /** Whether the frame of a present entry may have to be copied before it is written. */
    public static boolean shared(long pte) {
        return (pte & SHARED) != 0;
    }

    /** The frame number of a present or a migration entry. */
    public static long pfn(long pte) {
        return pte >>> SHIFT;
    }

    /** Whether the entry names a swap slot. */
    public static boolean swap(long pte) {
        return !present(pte) && (pte & SWAP) != 0;
    }

    /** Whether the entry stands for a page that is being migrated. */
    public static boolean migration(long pte) {
        return !present(pte) && (pte & MIGRATION) != 0;
    }

    /** The slot number of a swap entry. */
    public static long slot(long pte) {
        return pte >>> SHIFT;
    }

    /** A swap entry. */
    static long swapEntry(long slot) {
        return slot << SHIFT | SWAP;
    }

    /** A present entry as the vma's protection gives it: never writable, since a private page is written by a fault. */
    static long of(long pfn, int protection) {
        return pfn << SHIFT | bits(protection) | ACCESSED;
    }

    /** A present entry made writable if the protection allows, and dirty. */
    static long writableDirty(long pte, int protection) {
        return pte | DIRTY | ((protection & Prot.WRITE) != 0 ? WRITE : 0);
    }

    /** A present entry under a new protection: keeps frame and marks, loses the right to write. */
    static long modify(long pte, int protection) {
        return (pte & (-1L << SHIFT | ACCESSED | DIRTY | SHARED | HUGE | HUGETLB)) | bits(protection);
    }

    /** A present entry that has lost the right to write, because its frame is shared from now on. */
    static long share(long pte) {
        return (pte & ~WRITE) | SHARED;
    }

    /** A present entry that allows no access until a fault has been seen; it keeps all else. */
    static long hint(long pte) {
        return (pte & ~(PRESENT | USER)) | PROTNONE;
    }

    /** A hint made an entry of its vma's protection again, accessed. */
    static long unhint(long pte, int protection) {
        long write = (protection & Prot.WRITE) != 0 ? pte & WRITE : 0;
        return modify(pte, protection) | write | ACCESSED;
    }

    /** The migration entry that takes a present entry's place. */
    static long migrationEntry(long pte) {
        return (pte & (-1L << SHIFT | WRITE | SHARED)) | MIGRATION;
    }

    /** A migration entry without the right to write. */
    static long migrationEntryRead(long entry) {
        return entry & ~WRITE;
    }

    /** The entry that takes a migration entry's place: writable if the page was, neither dirty nor accessed. */
    static long migrated(long entry, long pfn, int protection) {
        long write = (protection & Prot.WRITE) != 0 ? entry & WRITE : 0;
        return pfn << SHIFT | bits(protection) | (entry & SHARED) | write;
    }

    /** A present entry with the same rights and marks that leads to another frame. */
    static long leadTo(long pte, long pfn) {
        return (pte & ((1L << SHIFT) - 1)) | pfn << SHIFT;
    }

    /** A present entry whose frame nobody shares any more. */
    static long alone(long pte) {
        return pte & ~SHARED;
    }

    /** Whether an entry above the ptes maps a huge page, present or being split, instead of leading to a table. */
    public static boolean huge(long entry) {
        return (entry & HUGE) != 0;
    }

    /** Whether a huge entry is that of a hugetlb mapping. */
    static boolean hugetlb(long entry) {
        return (entry & HUGETLB) != 0;
    }

    /** A huge entry of a run of frames, as a first touch gives it: dirty, writable if the protection allows. */
    static long ofHuge(long head, int protection, boolean hugetlb) {
        return writableDirty(of(head, protection), protection) | HUGE | (hugetlb ? HUGETLB : 0);
    }

    /** A huge entry that nothing may be done with until it has become a table: pmdp_invalidate. */
    static long splitting(long huge) {
        return huge & ~(PRESENT | PROTNONE);
    }

    /** The pte that stands for one base page of a huge entry. */
    static long part(long huge, long index) {
        return (huge & ~(HUGE | HUGETLB)) + (index << SHIFT);
    }

    private static long bits(int protection) {
        return protection == Prot.NONE ? PROTNONE : PRESENT | USER;
    }
}
