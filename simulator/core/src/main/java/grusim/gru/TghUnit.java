package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Unit;
import grusim.isa.handle.TghState;

/** The unit behind a TLB global handle: does one invalidate at a time; the steps are in {@link TghRoutine}. */
final class TghUnit extends Unit {
    private final int number;
    private final Chiplet chiplet;
    private TghState phase = TghState.IDLE;

    /** Pages, or sets of a purge, done so far. */
    int done;

    TghUnit(Chiplet chiplet, int number) {
        super(chiplet.engine(), "gru" + chiplet.index() + ".tgh" + number + ".unit");
        this.chiplet = chiplet;
        this.number = number;
    }

    int number() {
        return number;
    }

    TghState phase() {
        return phase;
    }

    void phase(TghState state) {
        phase = state;
    }

    /** An invalidate has been commanded; it reaches the unit after the given time. */
    @Override
    protected void begin(long delayPs) {
        done = 0;
        phase = TghState.IDLE;
        start(chiplet.tghRoutine(), delayPs);
    }

    @Override
    public void state(StateIo io) {
        super.state(io);
        boolean busy = !idle();
        phase = busy ? TghState.of(io.i32(phase.code())) : TghState.IDLE;
        done = busy ? io.i32(done) : 0;
    }
}
