package grusim.driver;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.gru.Chiplet;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.linux.lock.LockWaits;
import grusim.linux.lock.SpinLock;
import grusim.workload.AsidSpec;
import java.util.Arrays;

/**
 * The driver's state of one chiplet (gru_state): which contexts, CBRs and data-segment units are taken, which thread
 * state each context belongs to, and the numbering of asids. Every operation is one critical section of the chiplet's
 * lock and one access.
 */
final class ChipletState extends Shared {
    static final int FREE = -1;

    final Chiplet chiplet;
    final SpinLock asidLock;
    final AsidAllocator asids;

    private final int[] owners = new int[ChipletMap.CONTEXTS];
    private final int[] baseAsids = new int[ChipletMap.CONTEXTS];
    private long cbrMap;
    private int dsrMap;
    private int active;
    /** The pairs of control blocks that the chiplet has. */
    private final long built;
    /** Fault maps that have a handler; set while building. */
    private int connectedMaps;

    ChipletState(Engine engine, Chiplet chiplet, AsidSpec numbers, LockWaits waits) {
        super(engine, "chiplet" + chiplet.index() + " gs_lock");
        this.chiplet = chiplet;
        this.asids = new AsidAllocator(numbers);
        this.asidLock = new SpinLock(engine, "chiplet" + chiplet.index() + " gs_asid_lock", waits);
        built = -1L >>> (Long.SIZE - chiplet.size().controlBlocks() / AllocationMap.CBRS_PER_UNIT);
        Arrays.fill(owners, FREE);
    }

    /** Contexts that the chiplet has. */
    int contexts() {
        return chiplet.size().contexts();
    }

    /** Notes that a core's fault map gets its handler; false if it has it already. */
    boolean connect(int faultMap) {
        boolean first = (connectedMaps & (1 << faultMap)) == 0;
        connectedMaps |= 1 << faultMap;
        return first;
    }

    /** Number of contexts assigned. */
    int active() {
        return active;
    }

    /** Control blocks taken, for views that are no access. */
    int cbrsTaken() {
        return Long.bitCount(cbrMap) * AllocationMap.CBRS_PER_UNIT;
    }

    /** Bytes of data segment taken, for views that are no access. */
    int dsrBytesTaken() {
        return Integer.bitCount(dsrMap) * AllocationMap.DSR_BYTES_PER_UNIT;
    }

    /** As {@link #owner}, for views that are no access. */
    int ownerNow(int context) {
        return owners[context];
    }

    /** Whether a context with these resources could be assigned now. */
    boolean fits(int cbrs, int dsrUnits) {
        return active < contexts()
                && Long.bitCount(built & ~cbrMap) >= AllocationMap.cbrUnits(cbrs)
                && Integer.bitCount(~dsrMap) >= dsrUnits;
    }

    /** Assigns a context with its resources to a thread state; false if they are not free. */
    boolean reserve(Agent agent, ThreadState gts) {
        access(agent, Access.UPDATE);
        if (!fits(gts.cbrs(), gts.dsrUnits())) {
            return false;
        }
        int context = 0;
        while (owners[context] != FREE) {
            context++;
        }
        long cbrs = AllocationMap.lowest(built & ~cbrMap, AllocationMap.cbrUnits(gts.cbrs()));
        int dsr = (int) AllocationMap.lowest(~dsrMap & 0xffffffffL, gts.dsrUnits());
        cbrMap |= cbrs;
        dsrMap |= dsr;
        owners[context] = gts.id;
        active++;
        gts.placed(chiplet.index(), context, cbrs, dsr);
        return true;
    }

    /** As {@link #fits}, of a thread state's context, as the step's access. */
    boolean roomFor(Agent agent, ThreadState gts) {
        access(agent, Access.READ);
        return fits(gts.cbrs(), gts.dsrUnits());
    }

    /** As {@link #owner}, beside the step's access to the owner's lock: nobody can take the context away meanwhile. */
    int ownerBeside(Agent agent, int context) {
        consult(agent);
        return owners[context];
    }

    /** Gives a context and its resources back. */
    void free(Agent agent, ThreadState gts) {
        access(agent, Access.UPDATE);
        cbrMap &= ~gts.cbrMap();
        dsrMap &= ~gts.dsrMap();
        owners[gts.context()] = FREE;
        baseAsids[gts.context()] = 0;
        active--;
        gts.unplaced();
    }

    /** The thread state a context belongs to, or {@link #FREE}. */
    int owner(Agent agent, int context) {
        access(agent, Access.READ);
        return owners[context];
    }

    /** Takes the next asid; false when a whole flush and {@link #nextBlock} must come first. */
    boolean advanceAsid(Agent agent) {
        access(agent, Access.UPDATE);
        return asids.advance();
    }

    /** After a whole flush: finds the next block of asids; says whether the numbers started over. */
    boolean nextBlock(Agent agent) {
        access(agent, Access.UPDATE);
        return asids.findBlock(baseAsids);
    }

    /** The asid a context is loaded under; 0 if it is not. */
    int baseAsid(int context) {
        return baseAsids[context];
    }

    /** Notes under which asid a context is loaded. */
    void loaded(int context, int baseAsid) {
        baseAsids[context] = baseAsid;
    }

    @Override
    public void state(StateIo io) {
        io.array(owners);
        io.array(baseAsids);
        cbrMap = io.i64(cbrMap);
        dsrMap = io.i32(dsrMap);
        active = io.i32(active);
        asids.state(io);
    }
}
