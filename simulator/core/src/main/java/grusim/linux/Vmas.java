package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.machine.PhysicalMemory;

/**
 * The mappings (vmas) of one address space: sorted intervals that do not overlap, each with protection, placement and page
 * source. Neighbours that continue each other are one vma. All mappings are private; the number of mappings has no limit.
 *
 * <p>Guarded by mmap_sem: a vma's index holds good while the caller holds it, and reads by index are no accesses of their
 * own. Operations that take an agent are the one access of its step. Reclaim comes in through the reverse map instead, see
 * {@link #mapsPage}.
 */
public final class Vmas extends Shared {
    /** No such vma. */
    public static final int NONE = -1;

    /** Flag of a mapping of huge pages from the pool (VM_HUGETLB). */
    static final int HUGETLB = 1;

    /** Flag of a mapping whose owner asked for transparent huge pages (VM_HUGEPAGE). */
    static final int HUGEPAGE = 2;

    /** Flag of a mapping whose owner asked for base pages (VM_NOHUGEPAGE). */
    static final int NOHUGEPAGE = 4;

    private final VmaTable table = new VmaTable();
    private final long limit;
    private final long mmapBase;
    private boolean unlinked;

    Vmas(Engine engine, String name, long limit, long mmapBase) {
        super(engine, name);
        this.limit = limit;
        this.mmapBase = mmapBase;
    }

    /** Index of the first vma that ends above the address, or {@link #NONE}; it need not contain the address. */
    public int find(Agent agent, long vaddr) {
        access(agent, Access.READ);
        return indexAbove(vaddr);
    }

    /** Number of vmas. */
    public int count() {
        return table.length;
    }

    /** First byte of a vma. */
    public long start(int vma) {
        return table.starts[vma];
    }

    /** First byte after a vma. */
    public long end(int vma) {
        return table.ends[vma];
    }

    /** Protection bits of a vma, see {@link Prot}. */
    public int protection(int vma) {
        return table.protections[vma];
    }

    /** Blade of a vma's pages plus one, or 0 for the blade of the CPU that touches a page first. */
    int placement(int vma) {
        return table.placements[vma];
    }

    /** Number of the page source of a vma. */
    int source(int vma) {
        return table.sources[vma];
    }

    /** Flags of a vma. */
    int flags(int vma) {
        return table.flags[vma];
    }

    /** Whether a vma is a mapping of huge pages from the pool. */
    public boolean hugetlb(int vma) {
        return (table.flags[vma] & HUGETLB) != 0;
    }

    /** Whether a cut at an address would go through a huge page of a hugetlb mapping; within the step of an access. */
    boolean cutsHugePage(long vaddr, long hugeBytes) {
        int vma = indexAbove(vaddr);
        return contains(vma, vaddr) && hugetlb(vma) && vaddr % hugeBytes != 0;
    }

    /** Whether a range meets a hugetlb mapping; within the step of an access. */
    boolean meetsHugetlb(long start, long end) {
        boolean meets = false;
        int vma = indexAbove(start);
        for (; !meets && vma != NONE && vma < count() && start(vma) < end; vma++) {
            meets = hugetlb(vma);
        }
        return meets;
    }

    /** Page of the source at an address of a vma. */
    long sourcePage(int vma, long vaddr) {
        return table.sourcePage(vma, vaddr);
    }

    /** Whether a vma contains the address. */
    public boolean contains(int vma, long vaddr) {
        return vma != NONE && vaddr >= start(vma) && vaddr < end(vma);
    }

    /** End of user addresses. */
    public long limit() {
        return limit;
    }

    /** Index of the first vma that ends above the address, or {@link #NONE}; a probe, or within the step of an access. */
    int indexAbove(long vaddr) {
        int index = table.firstEndingAbove(vaddr);
        return index == table.length ? NONE : index;
    }

    /** Whether any vma overlaps the range; within the step of an access. */
    boolean overlap(long start, long end) {
        int index = indexAbove(start);
        return index != NONE && start(index) < end;
    }

    /** End of the vma before an address, 0 if there is none; within the step of an access. */
    long floor(long vaddr) {
        int index = table.firstEndingAbove(vaddr);
        return index == 0 ? 0 : end(index - 1);
    }

    /** Start of the vma after a range's end, the limit of user addresses if there is none; within the step of an access. */
    long ceiling(long end) {
        int index = indexAbove(end);
        return index == NONE ? limit : start(index);
    }

    /** Adds a vma and merges it with neighbours that it continues; the range must be free. */
    void insert(Agent agent, long start, long end, int protection, int placement, int source, long sourcePage) {
        insert(agent, start, end, protection, placement, source, sourcePage, 0);
    }

    /** As the other, with flags. */
    void insert(
            Agent agent, long start, long end, int protection, int placement, int source, long sourcePage, int flags) {
        access(agent, Access.WRITE);
        insert(start, end, protection, placement, source, sourcePage, flags);
    }

    /** Adds a vma while the machine is being built. */
    void insert(long start, long end, int protection, int placement, int source, long sourcePage, int flags) {
        assert !overlap(start, end) : name() + ": a mapping at " + Long.toHexString(start) + " is in the way";
        int at = table.firstEndingAbove(start);
        table.insert(at, start, end, protection, placement, source, sourcePage, flags);
        table.mergeAround(at);
    }

    /** Sets the flags of a range that lies within one vma; splits and merges as needed. */
    void flag(Agent agent, long start, long end, int flags) {
        access(agent, Access.WRITE);
        int vma = table.split(start);
        table.split(end);
        table.flags[vma] = flags;
        table.mergeAround(vma);
    }

    /** Takes all mappings out of the range, splitting those that reach beyond it; says whether there were any. */
    boolean detach(Agent agent, long start, long end) {
        access(agent, Access.WRITE);
        if (!overlap(start, end)) {
            return false;
        }
        int first = table.split(start);
        int after = table.split(end);
        table.remove(first, after);
        return true;
    }

    /** Changes the protection of a range that lies within one vma; splits and merges as needed. */
    void protect(Agent agent, long start, long end, int protection) {
        access(agent, Access.WRITE);
        int vma = table.split(start);
        int after = table.split(end);
        assert after == vma + 1 : name() + ": the range crosses vmas";
        table.protections[vma] = protection;
        table.mergeAround(vma);
    }

    /** Adds a vma of the given place and length that continues what the vma at {@code from} maps there: copy_vma. */
    void copy(Agent agent, long from, long to, long bytes) {
        access(agent, Access.WRITE);
        int vma = indexAbove(from);
        insert(to, to + bytes, protection(vma), placement(vma), source(vma), sourcePage(vma, from), flags(vma));
    }

    /** Lets a vma that ends at {@code end} end at {@code newEnd}; the gained range must be free. */
    void extend(Agent agent, int vma, long newEnd) {
        access(agent, Access.WRITE);
        table.ends[vma] = newEnd;
        table.mergeAround(vma);
    }

    /** Maps the heap's new part, unless a mapping is in its way or directly above it; says whether it did. */
    boolean growHeap(Agent agent, long oldEnd, long newEnd) {
        access(agent, Access.WRITE);
        if (newEnd == limit || overlap(oldEnd, newEnd + PhysicalMemory.FRAME_BYTES)) {
            return false;
        }
        insert(oldEnd, newEnd, Prot.READ | Prot.WRITE, 0, 0, 0, 0);
        return true;
    }

    /**
     * Where a mapping of this length goes: at the hint if that is free, else in the highest gap below the mmap base, else
     * anywhere above it; {@link #NONE} if there is no room.
     */
    long place(Agent agent, long hint, long length) {
        access(agent, Access.READ);
        if (hint != 0 && hint <= limit - length && !overlap(hint, hint + length)) {
            return hint;
        }
        long below = table.gapBelow(mmapBase, length);
        return below != VmaTable.NO_GAP ? below : table.gapAbove(mmapBase, limit, length);
    }

    /** Whether the reverse map still leads from a page of the address to this address space. */
    boolean mapsPage(Agent agent, long vaddr) {
        access(agent, Access.READ);
        return !unlinked && contains(indexAbove(vaddr), vaddr);
    }

    /** Adds a vma like one of another address space. */
    void copy(Agent agent, Vmas from, int vma) {
        int protection = from.protection(vma);
        long start = from.start(vma);
        long page = from.sourcePage(vma, start);
        insert(agent, start, from.end(vma), protection, from.placement(vma), from.source(vma), page, from.flags(vma));
    }

    /** Puts what will be mapped on the reverse map, before anything is. */
    void link() {
        unlinked = false;
    }

    /** Takes all vmas off the reverse map. */
    void unlink(Agent agent) {
        access(agent, Access.WRITE);
        unlinked = true;
    }

    /** Drops all vmas. */
    void clear(Agent agent) {
        access(agent, Access.WRITE);
        table.remove(0, table.length);
    }

    @Override
    public void state(StateIo io) {
        unlinked = io.bool(unlinked);
        table.state(io);
    }
}
