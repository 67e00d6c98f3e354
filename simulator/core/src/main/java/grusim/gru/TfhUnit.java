package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Unit;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.TfhState;

/** The unit behind a TLB fault handle: carries out one command at a time; the steps are in {@link TfhRoutine}. */
final class TfhUnit extends Unit {
    private final int number;
    private final Chiplet chiplet;

    /** State of the miss when the command came. */
    private TfhState pending = TfhState.IDLE;

    TfhUnit(Chiplet chiplet, int number) {
        super(chiplet.engine(), "gru" + chiplet.index() + ".tfh" + number + ".unit");
        this.chiplet = chiplet;
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The command under way. */
    TfhOpcode command() {
        return chiplet.tfh(number).opcode();
    }

    TfhState pending() {
        return pending;
    }

    void pending(TfhState state) {
        pending = state;
    }

    /** A command has been written; it reaches the unit after the given time. */
    @Override
    protected void begin(long delayPs) {
        if (idle()) {
            pending = TfhState.IDLE;
            start(chiplet.tfhRoutine(), delayPs);
        } else {
            lost();
        }
    }

    /** A command was written while another one was under way. */
    void lost() {
        chiplet.counters().strayCommands++;
    }

    @Override
    public void state(StateIo io) {
        super.state(io);
        pending = idle() ? TfhState.IDLE : TfhState.of(io.i32(pending.code()));
    }
}
