package grusim.linux;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.machine.PhysicalMemory;
import java.util.Arrays;

/** The vmas of {@link Vmas} as parallel arrays in order of address; no locking, no accesses. */
final class VmaTable implements Stateful {
    static final long NO_GAP = -1;

    long[] starts = new long[4];
    long[] ends = new long[4];
    int[] protections = new int[4];
    int[] placements = new int[4];
    int[] sources = new int[4];
    long[] sourcePages = new long[4];
    int[] flags = new int[4];
    int length;

    /** Index of the first vma that ends above the address, or the number of vmas. */
    int firstEndingAbove(long vaddr) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > vaddr) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Page of the source at an address of a vma. */
    long sourcePage(int vma, long vaddr) {
        return sourcePages[vma] + ((vaddr - starts[vma]) >>> PhysicalMemory.FRAME_SHIFT);
    }

    void insert(int at, long start, long end, int protection, int placement, int source, long sourcePage, int flag) {
        shift(at, 1);
        flags[at] = flag;
        starts[at] = start;
        ends[at] = end;
        protections[at] = protection;
        placements[at] = placement;
        sources[at] = source;
        sourcePages[at] = sourcePage;
    }

    /** Removes the vmas from one index up to another. */
    void remove(int from, int to) {
        shift(to, from - to);
    }

    /** Splits the vma that contains the address, if it does not start there; returns the first vma at or above it. */
    int split(long vaddr) {
        int vma = firstEndingAbove(vaddr);
        if (vma == length || starts[vma] >= vaddr) {
            return vma;
        }
        long page = sourcePage(vma, vaddr);
        insert(vma + 1, vaddr, ends[vma], protections[vma], placements[vma], sources[vma], page, flags[vma]);
        ends[vma] = vaddr;
        return vma + 1;
    }

    /** Merges a vma with the ones before and after it where they continue each other. */
    void mergeAround(int vma) {
        if (vma + 1 < length && continued(vma)) {
            ends[vma] = ends[vma + 1];
            remove(vma + 1, vma + 2);
        }
        if (vma > 0 && continued(vma - 1)) {
            ends[vma - 1] = ends[vma];
            remove(vma, vma + 1);
        }
    }

    private boolean continued(int vma) {
        int next = vma + 1;
        return ends[vma] == starts[next]
                && protections[vma] == protections[next]
                && placements[vma] == placements[next]
                && sources[vma] == sources[next]
                && flags[vma] == flags[next]
                && (sources[vma] == 0 || sourcePage(vma, starts[next]) == sourcePages[next]);
    }

    /** Start of the highest free range of this length that ends at or below an address. */
    long gapBelow(long top, long bytes) {
        long gapEnd = top;
        for (int vma = Math.min(firstEndingAbove(top - 1), length - 1); vma >= 0; vma--) {
            if (ends[vma] <= gapEnd && gapEnd - ends[vma] >= bytes) {
                return gapEnd - bytes;
            }
            gapEnd = Math.min(gapEnd, starts[vma]);
        }
        return gapEnd - bytes >= PhysicalMemory.FRAME_BYTES ? gapEnd - bytes : NO_GAP;
    }

    /** Start of the lowest free range of this length that starts at or above an address. */
    long gapAbove(long bottom, long limit, long bytes) {
        long gapStart = bottom;
        for (int vma = firstEndingAbove(bottom); vma < length; vma++) {
            if (starts[vma] - gapStart >= bytes) {
                return gapStart;
            }
            gapStart = ends[vma];
        }
        return limit - gapStart >= bytes ? gapStart : NO_GAP;
    }

    /** Moves the vmas from an index on by some places; the columns grow as needed. */
    private void shift(int from, int by) {
        int newLength = length + by;
        if (newLength > starts.length) {
            int capacity = 2 * newLength;
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            protections = Arrays.copyOf(protections, capacity);
            placements = Arrays.copyOf(placements, capacity);
            sources = Arrays.copyOf(sources, capacity);
            sourcePages = Arrays.copyOf(sourcePages, capacity);
            flags = Arrays.copyOf(flags, capacity);
        }
        int moved = length - from;
        System.arraycopy(starts, from, starts, from + by, moved);
        System.arraycopy(ends, from, ends, from + by, moved);
        System.arraycopy(protections, from, protections, from + by, moved);
        System.arraycopy(placements, from, placements, from + by, moved);
        System.arraycopy(sources, from, sources, from + by, moved);
        System.arraycopy(sourcePages, from, sourcePages, from + by, moved);
        System.arraycopy(flags, from, flags, from + by, moved);
        length = newLength;
    }

    @Override
    public void state(StateIo io) {
        length = io.i32(length);
        starts = io.array(starts, length);
        ends = io.array(ends, length);
        protections = io.array(protections, length);
        placements = io.array(placements, length);
        sources = io.array(sources, length);
        sourcePages = io.array(sourcePages, length);
        flags = io.array(flags, length);
    }
}
