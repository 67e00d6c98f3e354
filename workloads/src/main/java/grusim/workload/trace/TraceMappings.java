package grusim.workload.trace;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What has to be mapped before a trace is replayed, found by reading it once ahead: the program's image, its stack and
 * the loader, whose mapping no call of the trace shows.
 *
 * <p>Those are the pages that are touched, or named by a successful mprotect, madvise or mremap, while no call of the
 * trace has mapped them; joined where they are neighbours. A page that the trace has unmapped and touches again is not
 * among them: replayed, it faults, as it did for the program. Their protection is not known; it is taken to be read and
 * write. The pages themselves do not exist before the trace, only the mappings do.
 */
public final class TraceMappings {
    /** A range of addresses, both page aligned; the end is excluded. */
    public record Range(long start, long end) {}

    private static final int PAGE_SHIFT = 12;
    private static final int CACHE = 1 << 12;

    private final PageRanges mapped = new PageRanges();
    private final PageRanges unmapped = new PageRanges();
    private final PageRanges initial = new PageRanges();
    private final Set<Long> touched = new HashSet<>();
    private final long[] recent = new long[CACHE];
    private OptionalLong initialBreak = OptionalLong.empty();
    private long currentBreak;
    private long loads;
    private long stores;
    private long modifies;
    private long calls;

    private TraceMappings() {}

    /** Reads a trace up to a number of accesses; negative for all. */
    public static TraceMappings scan(Path file, long limit) {
        TraceMappings mappings = new TraceMappings();
        try (LackeyReader reader = LackeyReader.open(file)) {
            while ((limit < 0 || mappings.accesses() < limit) && reader.next()) {
                mappings.take(reader);
            }
        }
        return mappings;
    }

    private void take(LackeyReader reader) {
        switch (reader.event()) {
            case LOAD -> loads++;
            case STORE -> stores++;
            case MODIFY -> modifies++;
            case CALL -> {
                calls++;
                Arrays.fill(recent, 0);
                if (reader.call().succeeded()) {
                    apply(reader.call());
                }
                return;
            }
        }
        long first = reader.address() >>> PAGE_SHIFT;
        long last = (reader.address() + reader.size() - 1) >>> PAGE_SHIFT;
        for (long page = first; page <= last; page++) {
            touch(page);
        }
    }

    private void touch(long page) {
        int slot = (int) page & (CACHE - 1);
        if (recent[slot] == page + 1) {
            return;
        }
        recent[slot] = page + 1;
        touched.add(page);
        if (!mapped.contains(page) && !unmapped.contains(page)) {
            initial.add(page, page + 1);
        }
    }

    private void apply(VmCall call) {
        if (call instanceof VmCall.Mmap c) {
            map(c.result(), c.length());
        } else if (call instanceof VmCall.Munmap c) {
            unmap(c.address(), c.length());
        } else if (call instanceof VmCall.Mprotect c) {
            require(c.address(), c.length());
        } else if (call instanceof VmCall.Madvise c) {
            require(c.address(), c.length());
        } else if (call instanceof VmCall.Mremap c) {
            require(c.address(), c.oldLength());
            if ((c.flags() & VmCall.Mremap.DONTUNMAP) == 0) {
                unmap(c.address(), c.oldLength());
            }
            map(c.result(), c.newLength());
        } else if (call instanceof VmCall.Brk c) {
            moveBreak(c.result());
        }
    }

    private void moveBreak(long end) {
        if (initialBreak.isEmpty()) {
            initialBreak = OptionalLong.of(end);
        } else if (end > currentBreak) {
            mapped.add(pageAtOrAbove(currentBreak), pageAtOrAbove(end));
            unmapped.remove(pageAtOrAbove(currentBreak), pageAtOrAbove(end));
        } else {
            mapped.remove(pageAtOrAbove(end), pageAtOrAbove(currentBreak));
            unmapped.add(pageAtOrAbove(end), pageAtOrAbove(currentBreak));
        }
        currentBreak = end;
    }

    private void map(long address, long length) {
        mapped.add(address >>> PAGE_SHIFT, pageAtOrAbove(address + length));
        unmapped.remove(address >>> PAGE_SHIFT, pageAtOrAbove(address + length));
    }

    private void unmap(long address, long length) {
        mapped.remove(address >>> PAGE_SHIFT, pageAtOrAbove(address + length));
        unmapped.add(address >>> PAGE_SHIFT, pageAtOrAbove(address + length));
    }

    private void require(long address, long length) {
        PageRanges missing = new PageRanges();
        missing.add(address >>> PAGE_SHIFT, pageAtOrAbove(address + length));
        missing.removeAll(mapped);
        missing.removeAll(unmapped);
        missing.ranges().forEach(r -> initial.add(r[0], r[1]));
    }

    private static long pageAtOrAbove(long address) {
        return (address + (1L << PAGE_SHIFT) - 1) >>> PAGE_SHIFT;
    }

    /** The ranges to map before the trace, in order of address. */
    public List<Range> initial() {
        return initial.ranges().stream()
                .map(r -> new Range(r[0] << PAGE_SHIFT, r[1] << PAGE_SHIFT))
                .toList();
    }

    /** The end of the heap before the trace, if the trace has a brk call; the heap below it is in {@link #initial}. */
    public OptionalLong initialBreak() {
        return initialBreak;
    }

    /** Distinct pages accessed. */
    public long pages() {
        return touched.size();
    }

    /** Load accesses. */
    public long loads() {
        return loads;
    }

    /** Store accesses. */
    public long stores() {
        return stores;
    }

    /** Modify accesses: a load and a store of the same bytes. */
    public long modifies() {
        return modifies;
    }

    /** Accesses of all kinds. */
    public long accesses() {
        return loads + stores + modifies;
    }

    /** VM calls, failed ones included. */
    public long calls() {
        return calls;
    }
}
