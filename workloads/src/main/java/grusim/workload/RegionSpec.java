package grusim.workload;

/** A named range of a process's address space. */
public record RegionSpec(
        @Knob(doc = "The region's name, unique in its process.", required = true)
        String name,

        @Knob(doc = "Size; rounded up to whole pages when mapped.", required = true, min = "1 B", max = "128 TiB")
        long sizeBytes,

        @Knob(
                doc = "Address of a fixed mapping, a multiple of 4 KiB; 0: one is chosen.",
                value = "0",
                kind = Kind.VALUE)
        long at,

        @Knob(
                doc = "Initial bytes: \"zero\", {\"seed\": N} for reproducible noise, or {\"permutation\": N} for"
                        + " 8-byte pointers that form one cycle through the region.",
                value = "zero")
        ContentSpec content,

        @Knob(doc = "Access the mapping allows.", value = "rw")
        Protection protection,

        @Knob(
                doc = "Blade whose memory holds the pages, or \"first-touch\".",
                value = "first-touch",
                word = "first-touch",
                max = "16383")
        int blade,

        @Knob(
                doc = "Whether the region is mapped when the threads start; if not, an mmap step maps it.",
                value = "true")
        boolean mapped,

        @Knob(
                doc = "Size of its pages: 4 KiB, or 2 MiB for a hugetlb mapping, whose pages come from the pool of"
                        + " kernel.hugePages and which is mapped and unmapped by whole ones.",
                value = "4 KiB")
        long pageSizeBytes) {
    /** The value of {@code blade} for a page placed on the blade that touches it first. */
    public static final int FIRST_TOUCH = -1;

    /** The value of {@code at} for a region whose address is chosen. */
    public static final long ANYWHERE = 0;

    /** The other accepted value of {@code pageSizeBytes}. */
    public static final long HUGE_BYTES = 2L << 20;

    /** Whether the region is a hugetlb mapping. */
    public boolean huge() {
        return pageSizeBytes == HUGE_BYTES;
    }

    /** End of what fixed mappings may use: user space of 47 bits, less what mmap keeps free at its top. */
    public static final long LIMIT = (1L << 47) - (128L << 20);
}
