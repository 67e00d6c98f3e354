package grusim.linux;

import grusim.machine.PhysicalMemory;

/**
 * The page table of one address space: four levels from the pgd (level 3) to the ptes (level 0), in pages of the kernel's
 * {@link TablePages}. The root page lives as long as the address space's identifier.
 */
final class PageTables {
    static final int PGD = 3;
    static final int PUD = 2;
    static final int PMD = 1;
    static final int PTE = 0;

    /** No address of an entry. */
    static final long NO_ENTRY = -1;

    private final TablePages pages;
    private final int tableBits;
    private final long root;

    PageTables(TablePages pages, int tableBits) {
        this.pages = pages;
        this.tableBits = tableBits;
        this.root = pages.take();
    }

    /** The pointer to the root page. */
    long root() {
        return root;
    }

    /** Address of the entry that translates {@code vaddr} at a level, in the table page a pointer names. */
    long entry(long pointer, long vaddr, int level) {
        int index = (int) (vaddr >>> shift(level)) & ((1 << tableBits) - 1);
        return TablePages.address(pointer, index);
    }

    /** Bytes of address space that one entry of a level stands for. */
    long span(int level) {
        return 1L << shift(level);
    }

    /** First byte after the part of the address space that the entry of {@code vaddr} at a level stands for. */
    long next(long vaddr, int level) {
        return ((vaddr >>> shift(level)) + 1) << shift(level);
    }

    /** Base pages of a huge page. */
    int hugePages() {
        return 1 << tableBits;
    }

    /** First address of the huge page an address lies in. */
    long hugeStart(long vaddr) {
        return vaddr & -span(PMD);
    }

    /** Which of the base pages of its huge page an address lies in. */
    long hugeIndex(long vaddr) {
        return (vaddr - hugeStart(vaddr)) >>> PhysicalMemory.FRAME_SHIFT;
    }

    /** The newest pte of an address, or what stands for it in a huge entry, or {@link Pte#NONE}; a probe. */
    long peekPte(long vaddr) {
        long address = peekEntry(vaddr);
        if (address == NO_ENTRY) {
            return Pte.NONE;
        }
        long entry = pages.peek(address);
        return Pte.huge(entry) ? Pte.part(entry | Pte.PRESENT, hugeIndex(vaddr)) : entry;
    }

    /** The first page from {@code from} on, page aligned, that a present pte maps, or {@code end}; a probe. */
    long peekPresent(long from, long end) {
        long at = from;
        while (at < end) {
            long pointer = root;
            int level = PGD;
            while (level > PTE) {
                pointer = pages.peek(entry(pointer, at, level));
                if (pointer == Pte.NONE) {
                    break;
                }
                if (Pte.present(pointer) && Pte.huge(pointer)) {
                    return at;
                }
                level--;
            }
            if (level == PTE && Pte.present(pages.peek(entry(pointer, at, PTE)))) {
                return at;
            }
            at = next(at, level);
        }
        return end;
    }

    /** Address of the pte of an address, or of its huge entry, {@link #NO_ENTRY} if no table leads to it; a probe. */
    long peekEntry(long vaddr) {
        long pointer = root;
        for (int level = PGD; level > PTE; level--) {
            long address = entry(pointer, vaddr, level);
            pointer = pages.peek(address);
            if (pointer == Pte.NONE) {
                return NO_ENTRY;
            }
            if (Pte.huge(pointer)) {
                return address;
            }
        }
        return entry(pointer, vaddr, PTE);
    }

    /** Number of the cell that holds the entry of an address at a level, -1 if no table leads to it; a probe. */
    int cell(long vaddr, int level) {
        long pointer = root;
        for (int above = PGD; above > level; above--) {
            pointer = pages.peek(entry(pointer, vaddr, above));
            if (pointer == Pte.NONE || Pte.huge(pointer)) {
                return -1;
            }
        }
        return pages.cell(entry(pointer, vaddr, level));
    }

    private int shift(int level) {
        return PhysicalMemory.FRAME_SHIFT + level * tableBits;
    }
}
