package grusim.run;

import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.linux.Mm;
import grusim.linux.PageSource;
import grusim.workload.ProcessSpec;
import grusim.workload.RegionSpec;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** A process of the spec with its address space: where its regions are now, and what they held at first. */
final class ProcessRun implements Stateful {
    /** Address of the first region; the mappings of a trace lie elsewhere. */
    private static final long FIRST_BASE = 0x1000_0000_0000L;

    /** Regions begin at multiples of this and have at least as much free behind them, to grow. */
    private static final long SPACING = 1L << 30;

    /** Its place among the processes of the spec. */
    final int number;

    final ProcessSpec spec;
    final Mm mm;
    final ProcessBarrier barrier;
    private final long[] bases;
    private final long[] sizes;
    private final RegionContent[] contents;
    private final int[] sources;

    ProcessRun(int number, Engine engine, ProcessSpec spec, Mm mm, ToIntFunction<PageSource> sourceNumbers) {
        this.number = number;
        this.spec = spec;
        this.mm = mm;
        int threads = spec.threads().stream().mapToInt(t -> t.count()).sum();
        barrier = new ProcessBarrier(engine, spec.name() + " barrier", threads);
        List<RegionSpec> regions = spec.regions();
        bases = new long[regions.size()];
        sizes = new long[regions.size()];
        contents = new RegionContent[regions.size()];
        sources = new int[regions.size()];
        long base = FIRST_BASE;
        for (int i = 0; i < bases.length; i++) {
            sizes[i] = regions.get(i).sizeBytes();
            boolean chosen = regions.get(i).at() == RegionSpec.ANYWHERE;
            base = chosen ? free(base, sizes[i]) : base;
            bases[i] = chosen ? base : regions.get(i).at();
            contents[i] = RegionContent.of(regions.get(i).content(), bases[i], sizes[i]);
            sources[i] = sourceNumbers.applyAsInt(contents[i]);
            base = chosen ? spaced(base + sizes[i]) : base;
        }
    }

    /** The first address from one on at which a region keeps its distance from all fixed ones. */
    private long free(long from, long size) {
        long base = from;
        for (RegionSpec other : byAddress()) {
            if (other.at() < base + size + SPACING && base < other.at() + other.sizeBytes() + SPACING) {
                base = spaced(other.at() + other.sizeBytes());
            }
        }
        return base;
    }

    private List<RegionSpec> byAddress() {
        return spec.regions().stream()
                .filter(region -> region.at() != RegionSpec.ANYWHERE)
                .sorted(Comparator.comparingLong(RegionSpec::at))
                .toList();
    }

    /** The next multiple of the spacing that leaves at least as much free. */
    private static long spaced(long end) {
        return (end + 2 * SPACING - 1) / SPACING * SPACING;
    }

    String name() {
        return spec.name();
    }

    /** Number of a region by name; the loader has made sure that it exists. */
    int region(String name) {
        for (int i = 0; i < bases.length; i++) {
            if (spec.regions().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no region " + name);
    }

    long base(int region) {
        return bases[region];
    }

    long size(int region) {
        return sizes[region];
    }

    RegionContent content(int region) {
        return contents[region];
    }

    /** The kernel's number of what fills a region's pages. */
    int source(int region) {
        return sources[region];
    }

    /** A region's mapping has moved or changed its size. */
    void remapped(int region, long base, long size) {
        bases[region] = base;
        sizes[region] = size;
    }

    @Override
    public void state(StateIo io) {
        io.array(bases);
        io.array(sizes);
    }
}
