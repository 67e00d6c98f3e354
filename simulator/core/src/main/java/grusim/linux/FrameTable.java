package grusim.linux;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.machine.PhysicalMemory;

/**
 * Where the record of each of a partition's frames lies. Each blade's highest frames may be a pool of huge pages. Blades
 * are counted from the partition's first. Part of {@link FrameAllocator}.
 */
final class FrameTable implements Stateful {
    private final PhysicalMemory memory;
    private final int firstBlade;
    private final BladeFrames[] blades;
    private final BladeFrames[] pools;
    private final int hugePages;

    /** First frame of a blade's pool of huge pages. */
    private final long poolStart;

    /** A table of free frames, so many huge pages of each blade being pooled. */
    FrameTable(PhysicalMemory memory, Partition partition, int pooled) {
        this.memory = memory;
        this.firstBlade = partition.firstBlade();
        this.hugePages = 1 << partition.tableBits();
        this.poolStart =
                pooled == 0 ? memory.framesOnBlade() : (memory.framesOnBlade() / hugePages - pooled) * hugePages;
        if (poolStart < 0) {
            throw new IllegalArgumentException("hugePages: " + pooled + " do not fit into a blade's memory");
        }
        this.blades = new BladeFrames[partition.blades()];
        this.pools = new BladeFrames[partition.blades()];
        for (int i = 0; i < blades.length; i++) {
            blades[i] = new BladeFrames(poolStart);
            pools[i] = BladeFrames.pool(pooled, hugePages);
        }
    }

    /** Number of blades. */
    int blades() {
        return blades.length;
    }

    /** Base pages of a huge page. */
    int hugePages() {
        return hugePages;
    }

    /** Whether a blade of the machine is one of the partition's. */
    boolean has(long blade) {
        return blade >= firstBlade && blade < firstBlade + blades.length;
    }

    /** Number in the partition of a blade of the machine; of a foreign one, whose memory is wanted as well as any. */
    int wanted(int blade) {
        return Math.max(0, blade - firstBlade) % blades.length;
    }

    /** Number in the partition of a blade that is one of its own. */
    int own(int blade) {
        return blade - firstBlade;
    }

    /** A blade's frames but for its pool. */
    BladeFrames blade(int blade) {
        return blades[blade];
    }

    /** A blade's pool of huge pages. */
    BladeFrames pool(int blade) {
        return pools[blade];
    }

    /** Number of a frame of a blade. */
    long frame(int blade, int index) {
        return memory.frame(firstBlade + blade, index);
    }

    /** Number of a frame of a blade's pool. */
    long pooledFrame(int blade, int index) {
        return memory.frame(firstBlade + blade, poolStart + index);
    }

    /** Those among which a frame's record is, at its {@link #index}. */
    BladeFrames of(long pfn) {
        return (pooled(pfn) ? pools : blades)[memory.blade(pfn) - firstBlade];
    }

    /** Index of a frame's record. */
    int index(long pfn) {
        return (int) (onBlade(pfn) - (pooled(pfn) ? poolStart : 0));
    }

    boolean pooled(long pfn) {
        return onBlade(pfn) >= poolStart;
    }

    private long onBlade(long pfn) {
        return pfn & (memory.framesPerBlade() - 1);
    }

    /** Number of frames outside pools. */
    long unpooled() {
        return poolStart * blades.length;
    }

    /** Number of frames outside pools that have ever been used. */
    long used() {
        long used = 0;
        for (BladeFrames blade : blades) {
            used += blade.used();
        }
        return used;
    }

    long freeHugePages() {
        long free = 0;
        for (BladeFrames pool : pools) {
            free += pool.freeFrames() / hugePages;
        }
        return free;
    }

    @Override
    public void state(StateIo io) {
        for (BladeFrames blade : blades) {
            blade.state(io);
        }
        for (BladeFrames pool : pools) {
            pool.state(io);
        }
    }
}
