package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Cpu;
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
    /** The time of a wait that nothing but the end of the instruction ends. */
    static final long FOREVER = Long.MAX_VALUE;

    private final Simulation simulation;
    /** Whether the instruction that {@link #poll} found ended had raised an exception. */
    private boolean failed;

    Polling(Simulation simulation) {
        this.simulation = simulation;
    }

    /**
     * The control block if its instruction has ended or was given up; else the step has ended and comes back to
     * {@code pollPc}, or to {@code retriedPc} with what the user library did about an exception.
     */
    @Nullable
    ControlBlock poll(Agent a, ThreadRun thread, int user, int pollPc, int retriedPc) {
        return poll(a, thread, user, pollPc, retriedPc, FOREVER);
    }

    /** As above, coming back to {@code pollPc} at a time at the latest, or only then when the instruction has ended. */
    @Nullable
    ControlBlock poll(Agent a, ThreadRun thread, int user, int pollPc, int retriedPc, long untilPs) {
        if (!thread.gts.mapping().present(a)) {
            a.call(simulation.driver().segmentFault(), pollPc, thread.gts.id());
            return null;
        }
        ControlBlock cb = thread.cb(simulation.chiplet(thread.gts.chiplet()), user);
        InstructionStatus status = cb.status(a);
        if (status == InstructionStatus.ACTIVE) {
            if (untilPs == FOREVER) {
                a.await(cb.awaitable(), pollPc, Why.POLL);
            } else {
                ((Cpu) a).awaitUntil(cb.awaitable(), pollPc, untilPs, Why.POLL);
            }
            return null;
        }
        if (status == InstructionStatus.CALL_OS) {
            noticed(a, thread, cb);
            a.call(simulation.driver().callOs(), pollPc, thread.gts.id(), user);
            return null;
        }
        failed = status == InstructionStatus.EXCEPTION;
        if (failed && thread.givenUp != 0) {
            cb.mark(Why.RETRY);
            return cb;
        }
        noticed(a, thread, cb);
        if (failed) {
            a.call(simulation.exceptions().retry(), retriedPc, thread.id, user, thread.tries, cb.substatus());
            return null;
        }
        return cb;
    }

    /**
     * The user sees the status now: it may have looked at older instructions first, then computed, or its CPU been in an
     * interrupt.
     */
    private static void noticed(Agent a, ThreadRun thread, ControlBlock cb) {
        cb.mark(Why.IN_ORDER, thread.turnedPs);
        cb.mark(Why.THINK, thread.thoughtPs);
        cb.mark(Why.CPU_INTERRUPTED, ((Cpu) a).interruptEndPs());
        cb.mark(Why.POLL);
    }

    /** Ends the step after an exception was looked at: the instruction is polled again, started again or given up. */
    void retried(Agent a, ThreadRun thread, int pollPc) {
        thread.givenUp = (int) a.result();
        thread.tries++;
        a.next(pollPc, 0, Why.RETRY);
    }

    /** Whether the instruction found ended by the step's poll had raised an exception. */
    boolean failed() {
        return failed;
    }

    /** Whether that exception is one that the spec itself lets strike. */
    boolean expected(ThreadRun thread) {
        return simulation.exceptions().expected(thread.givenUp & ~UserExceptions.GIVEN_UP);
    }

    /** Accounts for an instruction that has ended. */
    void finished(ThreadRun thread, ControlBlock cb, Opcode opcode) {
        thread.tries = 0;
        thread.givenUp = 0;
        if (simulation.engine().isTimed()) {
            thread.turnedPs = simulation.engine().nowPs();
            cb.ledger().mark(Why.POLL, thread.turnedPs);
            simulation.probes().instruction(thread.process.number, thread.gts.chiplet(), opcode, cb.ledger());
        }
    }
}
