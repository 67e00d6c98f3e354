package grusim.linux;

/** Protection bits of mappings and the flags of mmap and mremap, as their system calls number them. */
public final class Prot {
    public static final int NONE = 0;
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int EXEC = 4;

    /** All protection bits. */
    public static final int MASK = READ | WRITE | EXEC;

    /** Flag of mmap, in the same argument as the protection: map exactly there, replacing what is there. */
    public static final int FIXED = 0x10;

    /** Flag of mmap, in the same argument: huge pages from the pool. */
    public static final int HUGETLB = 0x40000;

    /** Flag of mremap: the mapping may move. */
    public static final int MREMAP_MAYMOVE = 1;

    /** Flag of mremap: move to the given address, replacing what is there. */
    public static final int MREMAP_FIXED = 2;

    private Prot() {}
}
