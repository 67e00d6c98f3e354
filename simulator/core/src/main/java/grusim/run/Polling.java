package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.ControlBlock;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * How a user thread waits for a control block: polls its status, and calls the OS when a miss asks for it. A poll that
 * finds the segment not mapped faults, which loads the context again, perhaps on other control blocks.
 */
final class Polling {
    private final Simulation simulation;
    /** Whether the instruction that {@link #poll} found ended had raised an exception. */
    private boolean failed;

    Polling(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The control block if its instruction has ended; else the step has ended and comes back to {@code pollPc}. */
    @Nullable
    ControlBlock poll(Agent a, ThreadRun thread, int user, int pollPc) {
        if (!thread.gts.mapping().present(a)) {
            a.call(simulation.driver().segmentFault(), pollPc, thread.gts.id());
            return null;
        }
        ControlBlock cb = thread.cb(simulation.chiplet(thread.gts.chiplet()), user);
        InstructionStatus status = cb.status(a);
        if (status == InstructionStatus.ACTIVE) {
            a.await(cb.awaitable(), pollPc, Why.POLL);
            return null;
        }
        if (status == InstructionStatus.CALL_OS) {
            if (simulation.engine().isTimed()) {
                cb.ledger().mark(Why.POLL, simulation.engine().nowPs());
            }
            a.call(simulation.driver().callOs(), pollPc, thread.gts.id(), user);
            return null;
        }
        failed = status == InstructionStatus.EXCEPTION;
        return cb;
    }

    /** Whether the instruction found ended by the step's poll had raised an exception. */
    boolean failed() {
        return failed;
    }

    /** Accounts for an instruction that has ended. */
    void finished(ThreadRun thread, ControlBlock cb, Opcode opcode) {
        if (simulation.engine().isTimed()) {
            cb.ledger().mark(Why.POLL, simulation.engine().nowPs());
            simulation.probes().instruction(opcode, cb.ledger());
        }
    }
}
