package grusim.linux;

import grusim.machine.PhysicalMemory;
import java.util.ArrayList;
import java.util.List;

/** What a kernel puts into frames: the first content of mapped pages, copies of other frames, words that the CPU stores. */
public final class PageContents {
    private final PhysicalMemory memory;
    private final List<PageSource> sources = new ArrayList<>();

    PageContents(PhysicalMemory memory) {
        this.memory = memory;
        sources.add(PageSource.ZERO);
    }

    /** Registers what the pages of some mappings hold at first and returns its number; number 0 is zeros. */
    public int register(PageSource source) {
        sources.add(source);
        return sources.size() - 1;
    }

    PageSource source(int number) {
        return sources.get(number);
    }

    /** Gives a frame the first content of a page of a source. */
    void fill(long pfn, int source, long page) {
        sources.get(source).fill(memory, pfn, page);
    }

    /** Gives a frame the content of another. */
    void copy(long from, long to) {
        memory.copyFrame(from, to);
    }

    /** Whether two frames hold the same bytes; not if none are kept. */
    boolean same(long pfn, long other) {
        return memory.functional() && memory.sameContent(pfn, other);
    }

    /** Stores 8 bytes at a virtual address of a frame's page. */
    void storeWord(long pfn, long vaddr, long value) {
        memory.writeWord(pfn, (int) (vaddr & (PhysicalMemory.FRAME_BYTES - 1)), Long.BYTES, value);
    }
}
