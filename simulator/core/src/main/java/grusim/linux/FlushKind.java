package grusim.linux;

/** What a flush of the CPUs' TLBs is about, packed into a routine's slot. */
final class FlushKind {
    /** The most pages that are counted; more are a flush of everything. */
    static final int MOST_PAGES = (1 << 16) - 1;

    private static final long PAGES = MOST_PAGES;
    private static final long TABLES_FREED = 1L << 16;
    private static final long OWN_HUB_ONLY = 1L << 17;

    private FlushKind() {}

    /** A flush of some pages, {@link CpuTlb#ALL} for everything, before page tables are freed or not. */
    static long of(int pages, boolean tablesFreed) {
        return pages | (tablesFreed ? TABLES_FREED : 0);
    }

    /** The same for the CPUs of the sender's hub alone. */
    static long onOwnHub(long kind) {
        return kind | OWN_HUB_ONLY;
    }

    static int pages(long kind) {
        return (int) (kind & PAGES);
    }

    static boolean freesTables(long kind) {
        return (kind & TABLES_FREED) != 0;
    }

    static boolean ownHubOnly(long kind) {
        return (kind & OWN_HUB_ONLY) != 0;
    }
}
