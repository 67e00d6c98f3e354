package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.isa.handle.Cch;
import grusim.isa.handle.CchCause;
import grusim.isa.handle.CchState;
import java.util.Arrays;

/**
 * What a chiplet knows of its 16 contexts: life, resources, asids and page sizes per region, miss mode, pauses by
 * invalidates, and line requests under way. Filled from the CCH words when they take effect.
 *
 * <p>A plain table; the {@link TlbPort} it belongs to is what agents access.
 */
final class ContextTable implements Stateful {
    static final int CONTEXTS = ChipletMap.CONTEXTS;
    static final int NOBODY = -1;

    private static final int REGION_SHIFT = 61;

    private final int[] states = new int[CONTEXTS];
    private final int[] paused = new int[CONTEXTS];
    private final int[] lines = new int[CONTEXTS];
    private final long[] modes = new long[CONTEXTS];
    private final long[] cbrMaps = new long[CONTEXTS];
    private final int[] dsrMaps = new int[CONTEXTS];
    private final int[] asids = new int[CONTEXTS * Cch.REGIONS];
    private final int[] sizes = new int[CONTEXTS * Cch.REGIONS];
    private final int[] owners;

    ContextTable(int cbrs) {
        owners = new int[cbrs];
        Arrays.fill(owners, NOBODY);
    }

    CchState state(int context) {
        return CchState.of(states[context]);
    }

    /** Whether the context's control blocks may issue requests now. */
    boolean running(int context) {
        return states[context] == CchState.ACTIVE.code() && paused[context] == 0;
    }

    boolean paused(int context) {
        return paused[context] != 0;
    }

    void pause(int context) {
        paused[context]++;
    }

    void resume(int context) {
        assert paused[context] > 0 : "context " + context + " is not paused";
        paused[context]--;
    }

    /** Counts line requests under way. */
    void lines(int context, int change) {
        lines[context] += change;
        assert lines[context] >= 0 : "context " + context + " has " + lines[context] + " lines in flight";
    }

    boolean drained(int context) {
        return lines[context] == 0;
    }

    /** The context that owns a control block, or {@link #NOBODY}. */
    int owner(int cb) {
        return owners[cb];
    }

    long cbrMap(int context) {
        return cbrMaps[context];
    }

    int dsrMap(int context) {
        return dsrMaps[context];
    }

    int dsrBytes(int context) {
        return Integer.bitCount(dsrMaps[context]) * AllocationMap.DSR_BYTES_PER_UNIT;
    }

    /** CCH word 0 as it was when the context was last started. */
    long mode(int context) {
        return modes[context];
    }

    int asid(int context, long vaddr) {
        return asids[context * Cch.REGIONS + (int) (vaddr >>> REGION_SHIFT)];
    }

    int sizesAvailable(int context, long vaddr) {
        return sizes[context * Cch.REGIONS + (int) (vaddr >>> REGION_SHIFT)];
    }

    // ---- commands ----

    /** Gives control blocks and data segment to an inactive context, or says why not. */
    CchCause allocate(int context, long[] words) {
        long cbrMap = Cch.CBR_ALLOCATION_MAP.get(words);
        int dsrMap = (int) Cch.DSR_ALLOCATION_MAP.get(words);
        if (states[context] != CchState.INACTIVE.code()) {
            return CchCause.INVALID_ALLOCATION_REQUEST;
        }
        if (cbrMap == 0) {
            return CchCause.NO_CBRS_TO_ALLOCATE;
        }
        long built = -1L >>> (Long.SIZE - owners.length / AllocationMap.CBRS_PER_UNIT);
        if ((cbrMap & ~built) != 0 || (cbrMap & cbrsTaken()) != 0) {
            return CchCause.CBR_RESOURCES_OVERSUBSCRIBED;
        }
        if ((dsrMap & dsrTaken()) != 0) {
            return CchCause.DSR_RESOURCES_OVERSUBSCRIBED;
        }
        cbrMaps[context] = cbrMap;
        dsrMaps[context] = dsrMap;
        own(cbrMap, context);
        states[context] = CchState.MAPPED.code();
        return CchCause.NONE;
    }

    private long cbrsTaken() {
        long taken = 0;
        for (long map : cbrMaps) {
            taken |= map;
        }
        return taken;
    }

    private int dsrTaken() {
        int taken = 0;
        for (int map : dsrMaps) {
            taken |= map;
        }
        return taken;
    }

    /** Lets a mapped or interrupted context run with the miss mode, asids and page sizes of the words, or says why not. */
    CchCause start(int context, long[] words) {
        if (states[context] != CchState.MAPPED.code() && states[context] != CchState.INTERRUPTED.code()) {
            return CchCause.INVALID_START_REQUEST;
        }
        if (Cch.TLB_INT_ENABLE.get(words) != 0 && Cch.TFM_FAULT_BIT_ENABLE.get(words) == 0) {
            return CchCause.BAD_TFM_CONFIG;
        }
        modes[context] = words[0];
        for (int region = 0; region < Cch.REGIONS; region++) {
            asids[context * Cch.REGIONS + region] = (int) Cch.ASID.get(words, region);
            sizes[context * Cch.REGIONS + region] = (int) Cch.SIZEAVAIL.get(words, region);
        }
        states[context] = CchState.ACTIVE.code();
        return CchCause.NONE;
    }

    /**
     * Stops an active context, or says why not: its asids and page sizes may be rewritten only once it is stopped (what the
     * cause of a wrong write means is assumed).
     */
    CchCause interrupt(int context, long[] words) {
        if (states[context] != CchState.ACTIVE.code()) {
            return CchCause.INVALID_INTERRUPT_REQUEST;
        }
        if (rewritten(context, words)) {
            return CchCause.REGION_REGISTER_WRITE_ERROR;
        }
        states[context] = CchState.INTERRUPTED.code();
        return CchCause.NONE;
    }

    private boolean rewritten(int context, long[] words) {
        for (int region = 0; region < Cch.REGIONS; region++) {
            int at = context * Cch.REGIONS + region;
            if (asids[at] != (int) Cch.ASID.get(words, region) || sizes[at] != (int) Cch.SIZEAVAIL.get(words, region)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a context is in a state in which it can be deallocated, and the words name what it was given. */
    CchCause mayDeallocate(int context, long[] words) {
        if (states[context] != CchState.MAPPED.code() && states[context] != CchState.INTERRUPTED.code()) {
            return CchCause.INVALID_DEALLOCATION_REQUEST;
        }
        return Cch.CBR_ALLOCATION_MAP.get(words) == cbrMaps[context] ? CchCause.NONE : CchCause.CBR_DEALLOCATION_ERROR;
    }

    /** Takes everything from a context. */
    void deallocate(int context) {
        own(cbrMaps[context], NOBODY);
        cbrMaps[context] = 0;
        dsrMaps[context] = 0;
        modes[context] = 0;
        int first = context * Cch.REGIONS;
        Arrays.fill(asids, first, first + Cch.REGIONS, 0);
        Arrays.fill(sizes, first, first + Cch.REGIONS, 0);
        states[context] = CchState.INACTIVE.code();
    }

    private void own(long cbrMap, int owner) {
        for (long left = cbrMap; left != 0; left &= left - 1) {
            int first = Long.numberOfTrailingZeros(left) * AllocationMap.CBRS_PER_UNIT;
            Arrays.fill(owners, first, first + AllocationMap.CBRS_PER_UNIT, owner);
        }
    }

    @Override
    public void state(StateIo io) {
        io.array(states);
        io.array(paused);
        for (int context = 0; context < CONTEXTS; context++) {
            if (states[context] != CchState.INACTIVE.code() || io.loading()) {
                context(io, context);
            }
        }
        io.array(owners);
    }

    private void context(StateIo io, int context) {
        boolean loaded = states[context] != CchState.INACTIVE.code();
        lines[context] = loaded ? io.i32(lines[context]) : 0;
        modes[context] = loaded ? io.i64(modes[context]) : 0;
        cbrMaps[context] = loaded ? io.i64(cbrMaps[context]) : 0;
        dsrMaps[context] = loaded ? io.i32(dsrMaps[context]) : 0;
        for (int i = context * Cch.REGIONS; i < (context + 1) * Cch.REGIONS; i++) {
            asids[i] = loaded ? io.i32(asids[i]) : 0;
            sizes[i] = loaded ? io.i32(sizes[i]) : 0;
        }
    }
}
