package grusim.driver;

import grusim.engine.StateIo;
import grusim.workload.AsidSpec;

/**
 * One chiplet's numbering of address spaces: base asids in steps of eight (one per address region), up to a limit at
 * which a loaded context's asid lies. Guarded by the chiplet's asid lock.
 *
 * <p>A generation that does not change shows what it is for. Source: Linux drivers/misc/sgi-gru, grumain.c and
 * grutables.h.
 */
final class AsidAllocator {
    private final AsidSpec spec;
    private int last;
    private int limit;
    private int generation = 1;

    AsidAllocator(AsidSpec spec) {
        this.spec = spec;
        limit = spec.end();
    }

    /** Times the numbers started over, plus one. */
    int generation() {
        return generation;
    }

    /** Moves to the next number; false when it lies at the limit, so that a flush and {@link #findBlock} must follow. */
    boolean advance() {
        last += AsidSpec.STEP;
        return last < limit;
    }

    /** The number last moved to. */
    int current() {
        return last;
    }

    /**
     * Moves to the first number from the current one on that no loaded context uses, and sets the limit to the next one
     * in use; starts over with a new generation at the end of the numbers.
     *
     * @param loaded base asids of the loaded contexts, zero for none
     * @return whether the numbers started over
     */
    boolean findBlock(int[] loaded) {
        boolean wrapped = false;
        boolean used = true;
        while (used) {
            if (last >= spec.end()) {
                last = AsidSpec.STEP;
                generation += spec.generation() ? 1 : 0;
                wrapped = true;
            }
            used = false;
            for (int asid : loaded) {
                used |= asid == last;
            }
            if (used) {
                last += AsidSpec.STEP;
            }
        }
        limit = spec.end();
        for (int asid : loaded) {
            if (asid > last && asid < limit) {
                limit = asid;
            }
        }
        return wrapped;
    }

    void state(StateIo io) {
        last = io.i32(last);
        limit = io.i32(limit);
        generation = io.i32(generation);
    }
}
