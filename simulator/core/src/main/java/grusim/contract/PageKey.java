package grusim.contract;

/** A virtual 4 KiB page of an address space as one non-zero long: the address space's number plus one, and the page's. */
final class PageKey {
    static final int SHIFT = 12;
    static final long BYTES = 1L << SHIFT;

    /** The address space of a page whose owner is not known. */
    static final int NO_MM = -1;

    private static final int VPN_BITS = Long.SIZE - SHIFT;
    private static final long VPN = (1L << VPN_BITS) - 1;

    private PageKey() {}

    static long of(int mm, long vaddr) {
        assert mm < (1 << SHIFT) - 1 : "address space " + mm;
        return (long) (mm + 1) << VPN_BITS | vaddr >>> SHIFT;
    }

    static int mm(long key) {
        return (int) (key >>> VPN_BITS) - 1;
    }

    /** First address of the page. */
    static long vaddr(long key) {
        return (key & VPN) << SHIFT;
    }
}
