package grusim.driver;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.linux.lock.LockWaits;
import grusim.linux.lock.SpinLock;
import grusim.linux.lock.WaitQueue;
import java.util.BitSet;

/**
 * The driver's state of one address space (gru_mm_struct), which holds its mmu notifier: the count of active range
 * invalidates with the queue of those who wait for zero, and per chiplet the asid, its generation and the contexts
 * loaded under it. The per-chiplet part is guarded by the asid lock and is one access per look.
 */
final class AddressSpaceState extends Shared {
    final int mm;
    final SpinLock asidLock;
    final Cell rangeActive;
    final WaitQueue waitQueue;

    private final int[] asid;
    private final int[] generation;
    private final int[] contexts;
    /** Chiplets with an asid, as bits (ms_asidmap): most address spaces use few of many. */
    private final BitSet withAsid = new BitSet();

    private boolean released;

    AddressSpaceState(Engine engine, int mm, int chiplets, LockWaits waits) {
        super(engine, "mm" + mm + " asid map");
        this.mm = mm;
        asidLock = new SpinLock(engine, "mm" + mm + " ms_asid_lock", waits);
        rangeActive = engine.cell("mm" + mm + " ms_range_active", 0);
        waitQueue = new WaitQueue(engine, "mm" + mm + " ms_wait_queue");
        asid = new int[chiplets];
        generation = new int[chiplets];
        contexts = new int[chiplets];
    }

    /** The first chiplet from a number on where the address space has an asid, or -1. */
    int nextWithAsid(int from) {
        return withAsid.nextSetBit(from);
    }

    /** Reads one chiplet's entry; its fields are then stable while the lock is held. */
    void read(Agent agent) {
        access(agent, Access.READ);
    }

    int asid(int chiplet) {
        return asid[chiplet];
    }

    int generation(int chiplet) {
        return generation[chiplet];
    }

    int contexts(int chiplet) {
        return contexts[chiplet];
    }

    /** Enters a context loaded under an asid. */
    void loaded(Agent agent, int chiplet, int context, int baseAsid, int asidGeneration) {
        access(agent, Access.UPDATE);
        asid[chiplet] = baseAsid;
        withAsid.set(chiplet);
        generation[chiplet] = asidGeneration;
        contexts[chiplet] |= 1 << context;
    }

    /** Takes a context off that is being unloaded. */
    void unloaded(Agent agent, int chiplet, int context) {
        access(agent, Access.UPDATE);
        contexts[chiplet] &= ~(1 << context);
    }

    /**
     * Looks at one chiplet for a flush: if no context is loaded there, the asid is dropped, which makes every entry under
     * it dead.
     *
     * @return whether contexts are loaded, so that the device must flush
     */
    boolean flush(Agent agent, int chiplet) {
        access(agent, Access.UPDATE);
        if (contexts[chiplet] != 0) {
            return true;
        }
        asid[chiplet] = 0;
        withAsid.clear(chiplet);
        return false;
    }

    /** The address space goes away. */
    void release(Agent agent) {
        access(agent, Access.WRITE);
        released = true;
    }

    boolean released() {
        return released;
    }

    @Override
    public void state(StateIo io) {
        io.array(asid);
        io.array(generation);
        io.array(contexts);
        released = io.bool(released);
        if (io.loading()) {
            for (int chiplet = 0; chiplet < asid.length; chiplet++) {
                withAsid.set(chiplet, asid[chiplet] != 0);
            }
        }
    }
}
