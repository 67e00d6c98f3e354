package grusim.driver;

import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;

/**
 * Where a thread is and where it wants its context: the core it runs on, whether its process is the context's registered
 * owner, the blade and the chiplet its user chose, and the fault map its misses were last directed to.
 *
 * <p>Source: Linux drivers/misc/sgi-gru, grutables.h (ts_tgid_owner, ts_user_blade_id, ts_user_chiplet_id,
 * ts_tlb_int_select). A thread moves at a step of its own; the rest is guarded by the thread state's lock.
 */
final class ThreadPlace implements Stateful {
    /** No choice, or no fault map yet. */
    static final int ANY = -1;

    private final Engine engine;
    private Cpu cpu;
    private boolean owned;
    private int blade = ANY;
    private int chiplet = ANY;
    private int faultMap = ANY;

    ThreadPlace(Cpu cpu, boolean owned) {
        this.engine = cpu.engine();
        this.cpu = cpu;
        this.owned = owned;
    }

    /** The core the thread runs on. */
    Cpu cpu() {
        return cpu;
    }

    /** The thread runs on another core from now on. */
    void moved(Cpu to) {
        cpu = to;
    }

    /** Whether the thread's process is the registered owner, for whom the context is placed. */
    boolean owned() {
        return owned;
    }

    /** The thread's process registers as the owner. */
    void own() {
        owned = true;
    }

    /** The blade chosen, or {@link #ANY}. */
    int blade() {
        return blade;
    }

    /** The chiplet of the blade chosen, or {@link #ANY}. */
    int chiplet() {
        return chiplet;
    }

    /** The user chooses blade and chiplet. */
    void choose(int chosenBlade, int chosenChiplet) {
        blade = chosenBlade;
        chiplet = chosenChiplet;
    }

    /** The fault map that the context was last told, or {@link #ANY}. */
    int faultMap() {
        return faultMap;
    }

    /** The context is told a fault map. */
    void faultMap(int map) {
        faultMap = map;
    }

    @Override
    public void state(StateIo io) {
        long kept = io.i64((long) cpu.id() << 32
                | (long) (blade + 1) << 16
                | (long) (chiplet + 1) << 8
                | (long) (faultMap + 1) << 1
                | (owned ? 1 : 0));
        if (io.loading()) {
            cpu = (Cpu) engine.agents().get((int) (kept >>> 32));
            blade = (int) (kept >>> 16 & 0xffff) - 1;
            chiplet = (int) (kept >>> 8 & 0xff) - 1;
            faultMap = (int) (kept >>> 1 & 0x7f) - 1;
            owned = (kept & 1) != 0;
        }
    }
}
