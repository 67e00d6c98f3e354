package grusim.run;

import grusim.linux.PageSource;
import grusim.machine.GeneratedContent;
import grusim.machine.PhysicalMemory;
import grusim.workload.ContentSpec;
import java.util.Arrays;

/** The bytes a region holds before anybody writes to it, as its page faults supply them. */
abstract class RegionContent implements PageSource {
    private static final int WORD_BYTES = 8;

    /** Content as the spec says, for a region that begins at an address and has a size. */
    static RegionContent of(ContentSpec spec, long base, long bytes) {
        if (spec instanceof ContentSpec.Noise noise) {
            return new Noise(noise.seed());
        }
        if (spec instanceof ContentSpec.Permutation permutation) {
            return new Pointers(base, new Cycle(bytes / WORD_BYTES, permutation.seed()));
        }
        return new Zero();
    }

    /** Reads bytes at an offset in the region. */
    abstract void read(long offset, byte[] into, int bytes);

    private static final class Zero extends RegionContent {
        @Override
        public void fill(PhysicalMemory memory, long pfn, long page) {
            memory.zero(pfn);
        }

        @Override
        void read(long offset, byte[] into, int bytes) {
            Arrays.fill(into, 0, bytes, (byte) 0);
        }
    }

    private static final class Noise extends RegionContent {
        private final long seed;

        Noise(long seed) {
            this.seed = seed;
        }

        @Override
        public void fill(PhysicalMemory memory, long pfn, long page) {
            memory.seed(pfn, seed, page);
        }

        @Override
        void read(long offset, byte[] into, int bytes) {
            GeneratedContent.fill(seed, offset, into, 0, bytes);
        }
    }

    private static final class Pointers extends RegionContent {
        private final long base;
        private final Cycle cycle;

        Pointers(long base, Cycle cycle) {
            this.base = base;
            this.cycle = cycle;
        }

        @Override
        public void fill(PhysicalMemory memory, long pfn, long page) {
            long offset = page * PhysicalMemory.FRAME_BYTES;
            for (int at = 0; at < PhysicalMemory.FRAME_BYTES; at += WORD_BYTES) {
                memory.writeWord(pfn, at, WORD_BYTES, word(offset + at));
            }
        }

        @Override
        void read(long offset, byte[] into, int bytes) {
            for (int i = 0; i < bytes; i++) {
                long position = offset + i;
                into[i] = (byte) (word(position & -WORD_BYTES) >>> (8 * (position & 7)));
            }
        }

        private long word(long offset) {
            return base + WORD_BYTES * cycle.next(offset / WORD_BYTES);
        }
    }
}
