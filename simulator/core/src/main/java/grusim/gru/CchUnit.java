package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Unit;
import grusim.isa.handle.CchCause;
import grusim.isa.handle.CchOpcode;

/** The unit behind a context configuration handle: does one command at a time; the steps are in {@link CchRoutine}. */
final class CchUnit extends Unit {
    private final int context;
    private final Chiplet chiplet;

    CchOpcode command = CchOpcode.START;
    CchCause cause = CchCause.NONE;
    /** The command is none of the opcodes. */
    boolean illegal;
    /** Another command was written meanwhile. */
    private boolean busy;
    /** Control blocks, counted through the context's map, that are done. */
    int done;

    CchUnit(Chiplet chiplet, int context) {
        super(chiplet.engine(), "gru" + chiplet.index() + ".cch" + context + ".unit");
        this.chiplet = chiplet;
        this.context = context;
    }

    int context() {
        return context;
    }

    /** A command has been written; it reaches the unit after the given time. */
    @Override
    protected void begin(long delayPs) {
        CchOpcode opcode = chiplet.cch(context).opcode();
        illegal = opcode == null;
        command = opcode == null ? CchOpcode.START : opcode;
        busy = false;
        cause = CchCause.NONE;
        done = 0;
        start(chiplet.cchRoutine(), delayPs);
    }

    /** Software wrote another command while one is under way. */
    void disturbedByCommand() {
        busy = true;
    }

    /** What the answer gives as the cause. */
    CchCause answer() {
        return busy ? CchCause.BUSY : cause;
    }

    @Override
    public void state(StateIo io) {
        super.state(io);
        boolean working = !idle();
        command = working ? CchOpcode.of(io.i32(command.code())) : CchOpcode.START;
        cause = working ? CchCause.of(io.i32(cause.code())) : CchCause.NONE;
        done = working ? io.i32(done) : 0;
        illegal = working && io.bool(illegal);
        busy = working && io.bool(busy);
    }
}
