package grusim.workload.trace;

/**
 * A system call of the traced program that concerns its address space, with what the kernel answered.
 *
 * <p>Arguments are as the program gave them; nothing is rounded. {@code error} is 0 for success, else the errno.
 */
public sealed interface VmCall {
    /** What a successful call returned; 0 for a failed one. */
    long result();

    /** The errno of a failed call; 0 for a successful one. */
    int error();

    /** Whether the kernel did it. */
    default boolean succeeded() {
        return error() == 0;
    }

    /** Maps memory; the result is where. */
    record Mmap(long address, long length, int protection, int flags, long result, int error) implements VmCall {
        /** Protection bit: reading allowed. */
        public static final int READ = 1;

        /** Protection bit: writing allowed. */
        public static final int WRITE = 2;

        /** Flag: exactly at the address, replacing what is there. */
        public static final int FIXED = 0x10;
    }

    /** Unmaps a range. */
    record Munmap(long address, long length, long result, int error) implements VmCall {}

    /** Changes the protection of a range; bits as for {@link Mmap}. */
    record Mprotect(long address, long length, int protection, long result, int error) implements VmCall {}

    /** Resizes or moves a mapping; the result is where it is now. */
    record Mremap(long address, long oldLength, long newLength, int flags, long newAddress, long result, int error)
            implements VmCall {
        /** Flag: the mapping may move. */
        public static final int MAYMOVE = 1;

        /** Flag: move to the new address. */
        public static final int FIXED = 2;

        /** Flag: leave the old range mapped. */
        public static final int DONTUNMAP = 4;
    }

    /** Asks for an end of the heap; the result is the end, unchanged if the request was refused. */
    record Brk(long address, long result, int error) implements VmCall {}

    /** Advises about a range. */
    record Madvise(long address, long length, int advice, long result, int error) implements VmCall {
        /** Advice: drop the pages. */
        public static final int DONTNEED = 4;

        /** Advice: the pages may be dropped until they are written again. */
        public static final int FREE = 8;

        /** Advice: swap the pages out. */
        public static final int PAGEOUT = 21;
    }
}
