package grusim.driver;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.CbrState;
import grusim.isa.Layout;
import grusim.isa.handle.Cbe;

/**
 * What the driver tells a user of an exception (control_block_extended_exc_detail): read from the control block's
 * extended block. Source: Linux driver drivers/misc/sgi-gru, grufault.c.
 */
public final class ExceptionDetail implements Stateful {
    private static final long[] NONE = new long[Layout.WORDS];

    private boolean told;
    private int opcode;
    private int extendedOpcode;
    private int ecause;
    private long detail0;
    private long detail1;
    private int cbrState;
    private int executionStatus;

    /** Takes what an extended block says. */
    void take(long[] cbe) {
        told = cbe != NONE;
        opcode = (int) Cbe.OPCCPY.get(cbe);
        extendedOpcode = (int) Cbe.EXOPCCPY.get(cbe);
        ecause = (int) Cbe.ECAUSE.get(cbe);
        detail0 = Cbe.IDEF1UPD.get(cbe);
        detail1 = Cbe.IDEF3UPD.get(cbe);
        cbrState = (int) Cbe.CBRSTATE.get(cbe);
        executionStatus = (int) Cbe.CBREXECSTATUS.get(cbe);
    }

    /** The instruction's opcode. */
    public int opcode() {
        return opcode;
    }

    /** The instruction's extended opcode. */
    public int extendedOpcode() {
        return extendedOpcode;
    }

    /** The causes, bits of {@link grusim.isa.ExceptionCause}. */
    public int ecause() {
        return ecause;
    }

    /** The first detail word: the address that failed, where there is one. */
    public long detail0() {
        return detail0;
    }

    /** The second detail word. */
    public long detail1() {
        return detail1;
    }

    /** The state of the control block. */
    public CbrState cbrState() {
        return CbrState.of(cbrState);
    }

    /** Bits of {@link grusim.isa.CbrExecutionStatus}. */
    public int executionStatus() {
        return executionStatus;
    }

    @Override
    public void state(StateIo io) {
        told = io.bool(told);
        if (told) {
            opcode = io.i32(opcode);
            extendedOpcode = io.i32(extendedOpcode);
            ecause = io.i32(ecause);
            detail0 = io.i64(detail0);
            detail1 = io.i64(detail1);
            cbrState = io.i32(cbrState);
            executionStatus = io.i32(executionStatus);
        } else if (io.loading()) {
            take(NONE);
        }
    }
}
