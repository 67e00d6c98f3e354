package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.InstructionStatus;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.TfhCause;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.TfhState;

/**
 * How a TFH answers a miss: it takes the command, writes the TLB entry at the dropin port (unless the miss's kill bit is
 * set), and restarts the control block. Steps are named after the states of the TFH; the latencies are assumed.
 *
 * <p>WRITE_ONLY leaves the miss: status IDLE then says that the entry was written, EXCEPTION that it was not (assumed;
 * the driver takes anything but IDLE for a failure).
 */
final class TfhRoutine extends UnitRoutine {
    private static final int TAKE = 0;
    private static final int WRITE_TLB = 1;
    private static final int STAY = 2;
    private static final int RESTART_CBR = 3;
    private static final int RESTARTED = 4;
    private static final int END_MISS = 5;
    private static final int EXCEPTION = 6;
    private static final int UNLOCK = 7;
    private static final int MISS_UPM = 8;
    private static final int CALL_OS = 9;
    private static final int WRITTEN_ONLY = 10;

    /** Slot: whether the dropin has waited for the port. */
    private static final int WAITED = 0;

    private static final String[] STEPS = {
        "MISS: take the command",
        "WRITE_TLB: look at the kill bit, write the entry",
        "MISS: the miss stays",
        "RESTART_CBR: begin to restart the control block",
        "IDLE: the control block restarts",
        "RESTART_CBR: end the miss",
        "IDLE: the instruction fails",
        "MISS_FMM: unlock the context",
        "MISS_UPM: wait for the user",
        "MISS_UPM: tell the user to call the OS",
        "MISS: the entry is written, the miss stays"
    };

    private final MissPasses passes;

    TfhRoutine(Chiplet chiplet) {
        super(chiplet, "TLB fault handle", 1, STEPS);
        passes = chiplet.tlbPort().answers();
    }

    @Override
    public void step(Agent agent, int pc) {
        TfhUnit unit = (TfhUnit) agent;
        TlbFaultHandle handle = chiplet.tfh(unit.number());
        switch (pc) {
            case TAKE -> take(unit, handle);
            case WRITE_TLB -> writeTlb(unit, handle);
            case STAY -> {
                boolean miss = unit.pending() != TfhState.IDLE && unit.pending() != TfhState.INACTIVE;
                handle.answer(unit, miss ? CommandStatus.EXCEPTION : CommandStatus.IDLE, unit.pending());
                end(unit);
            }
            case WRITTEN_ONLY -> {
                handle.answer(unit, CommandStatus.IDLE, unit.pending());
                end(unit);
            }
            case RESTART_CBR -> {
                handle.answer(unit, CommandStatus.ACTIVE, TfhState.RESTART_CBR);
                unit.next(RESTARTED, spec.tfhRestartLatencyPs(), Why.RESTART);
            }
            case RESTARTED -> {
                handle.rest(unit, TfhState.IDLE, TfhCause.NONE);
                mark(unit, Why.RESTART);
                end(unit);
            }
            case END_MISS -> endMiss(unit, handle);
            case EXCEPTION -> {
                handle.rest(unit, TfhState.IDLE, TfhCause.INSTRUCTION_EXCEPTION);
                mark(unit, Why.RESTART);
                end(unit);
            }
            case UNLOCK -> {
                passes.unlocked(unit, unit.number());
                unit.next(MISS_UPM, 0, Why.COMMAND);
            }
            case MISS_UPM -> {
                handle.answer(unit, CommandStatus.EXCEPTION, TfhState.MISS_UPM);
                unit.next(CALL_OS, 0, Why.COMMAND);
            }
            case CALL_OS -> {
                chiplet.counters().callOs++;
                chiplet.cb(unit.number()).answer(unit, InstructionStatus.CALL_OS);
                mark(unit, Why.HAND_OVER);
                end(unit);
            }
            default -> throw new AssertionError("step " + pc);
        }
    }

    private void take(TfhUnit unit, TlbFaultHandle handle) {
        TfhState state = handle.recorded();
        TfhOpcode opcode = handle.opcode();
        boolean miss = state == TfhState.MISS_FMM || state == TfhState.MISS_UPM || state == TfhState.HW_ERR;
        boolean dropin = opcode == TfhOpcode.WRITE_ONLY || opcode == TfhOpcode.WRITE_RESTART;
        unit.pending(state);
        int context = handle.answer(unit, CommandStatus.ACTIVE, miss && dropin ? TfhState.WRITE_TLB : state);
        if (!miss) {
            unit.lost();
            unit.next(STAY, 0, Why.COMMAND);
            return;
        }
        chiplet.observer().faultAnswered(chiplet.index(), context, unit.number(), opcode);
        switch (opcode) {
            case NOOP -> unit.next(STAY, 0, Why.COMMAND);
            case WRITE_ONLY, WRITE_RESTART -> unit.next(WRITE_TLB, spec.tfhStartLatencyPs(), Why.DROPIN);
            case RESTART, EXCEPTION -> unit.next(END_MISS, spec.tfhStartLatencyPs(), Why.COMMAND);
            case USER_POLLING_MODE -> unit.next(UNLOCK, spec.tfhStartLatencyPs(), Why.COMMAND);
        }
    }

    private void writeTlb(TfhUnit unit, TlbFaultHandle handle) {
        boolean restart = handle.opcode() == TfhOpcode.WRITE_RESTART;
        MissPasses.Dropin outcome = passes.dropin(unit, unit.number(), handle, restart);
        switch (outcome) {
            case BUSY -> {
                mark(unit, writing(unit));
                unit.local(WAITED, 1);
                unit.next(WRITE_TLB, passes.beginPs() - unit.engine().nowPs(), Why.PORT_TAKEN);
            }
            case STRAY -> {
                unit.lost();
                unit.pending(TfhState.IDLE);
                unit.next(STAY, 0, Why.COMMAND);
            }
            case KILLED -> {
                if (restart) {
                    chiplet.cbr(unit.number()).dropinKilled();
                } else {
                    mark(unit, writing(unit));
                }
                unit.next(restart ? RESTART_CBR : STAY, restart ? 0 : chiplet.hubLatencyPs(), Why.KILLED);
            }
            case WRITTEN -> {
                mark(unit, writing(unit));
                unit.next(restart ? RESTART_CBR : WRITTEN_ONLY, restart ? 0 : chiplet.hubLatencyPs(), Why.DROPIN);
            }
        }
    }

    private void endMiss(TfhUnit unit, TlbFaultHandle handle) {
        passes.answered(unit, unit.number());
        mark(unit, Why.COMMAND);
        unit.next(
                handle.opcode() == TfhOpcode.RESTART ? RESTART_CBR : EXCEPTION,
                handle.opcode() == TfhOpcode.RESTART ? 0 : spec.tfhRestartLatencyPs(),
                Why.RESTART);
    }

    private void mark(TfhUnit unit, Why reason) {
        chiplet.cbr(unit.number()).account.markMiss(reason, unit.engine().nowPs());
    }

    private static Why writing(TfhUnit unit) {
        return unit.local(WAITED) == 0 ? Why.DROPIN : Why.PORT_TAKEN;
    }

    private void end(TfhUnit unit) {
        chiplet.cbr(unit.number()).wake().give();
        unit.done(0);
    }
}
