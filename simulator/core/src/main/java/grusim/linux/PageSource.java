package grusim.linux;

import grusim.machine.PhysicalMemory;

/** What a mapping's pages hold when they are touched first. */
@FunctionalInterface
public interface PageSource {
    /** Pages that start as zeros. */
    PageSource ZERO = (memory, pfn, page) -> memory.zero(pfn);

    /** Gives the frame the content of a page of the mapped object, counted from the object's start. */
    void fill(PhysicalMemory memory, long pfn, long page);

    /** Pages with content generated from a seed and the byte position in the object. */
    static PageSource generated(long seed) {
        return (memory, pfn, page) -> memory.seed(pfn, seed, page);
    }
}
