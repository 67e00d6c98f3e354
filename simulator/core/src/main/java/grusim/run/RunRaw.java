package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.ControlBlock;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.workload.ProgramStep;

/**
 * Gives the GRU an instruction word for word on the context's first control block, and checks how it ends. Slot 0: thread.
 */
final class RunRaw extends Routine {
    private static final int THREAD = 0;

    private static final int ISSUE = 0;
    private static final int POLL = 1;
    private static final int RETRIED = 2;

    private static final int FIRST = 0;

    private final Simulation simulation;
    private final Polling polling;

    RunRaw(Simulation simulation) {
        super(simulation.engine(), "user instruction word for word", 1);
        this.simulation = simulation;
        this.polling = new Polling(simulation);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ISSUE -> "start the instruction";
            case POLL -> "wait for the instruction";
            case RETRIED -> "after an exception";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadRun thread = simulation.thread((int) a.local(THREAD));
        ProgramStep.Raw raw = ((ProgramCode.Raw) thread.code.at(thread.place - 1)).step();
        switch (pc) {
            case ISSUE -> issue(a, thread, raw);
            case POLL -> poll(a, thread, raw);
            case RETRIED -> polling.retried(a, thread, POLL);
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }

    private void issue(Agent a, ThreadRun thread, ProgramStep.Raw raw) {
        if (thread.completed == raw.count()) {
            a.done(0);
        } else if (!thread.gts.mapping().present(a)) {
            a.call(simulation.driver().segmentFault(), ISSUE, thread.gts.id());
        } else {
            fill(thread, raw);
            ControlBlock cb = thread.cb(simulation.chiplet(thread.gts.chiplet()), FIRST);
            cb.start(a, thread.words);
            a.await(cb.awaitable(), POLL, Why.POLL);
        }
    }

    private static void fill(ThreadRun thread, ProgramStep.Raw raw) {
        long[] words = thread.words;
        long status = InstructionLayout.ISTATUS.into(raw.word0(), InstructionStatus.ACTIVE.code());
        words[0] = status | InstructionLayout.ICMD.mask();
        words[1] = raw.word1();
        words[2] = raw.word2();
        words[3] = raw.word3();
        words[4] = raw.word4();
        words[5] = raw.word5();
        words[6] = raw.word6();
        words[7] = raw.word7();
        if (!raw.region().isEmpty()) {
            words[2] += thread.process.base(thread.process.region(raw.region())) + raw.offsetBytes();
        }
        thread.address(FIRST, words[2]);
    }

    private void poll(Agent a, ThreadRun thread, ProgramStep.Raw raw) {
        ControlBlock cb = polling.poll(a, thread, FIRST, POLL, RETRIED);
        if (cb != null) {
            int ecause = polling.failed() ? thread.givenUp & ~UserExceptions.GIVEN_UP : 0;
            simulation.checks().ended(thread, raw.end(), ecause);
            polling.finished(thread, cb, opcode(raw));
            thread.completed++;
            a.next(ISSUE, 0, Why.POLL);
        }
    }

    /** The instruction's opcode, for what is measured of it; one that does not exist counts as a NOP. */
    private static Opcode opcode(ProgramStep.Raw raw) {
        int code = InstructionLayout.OPC.intIn(raw.word0());
        return code < Opcode.values().length ? Opcode.of(code) : Opcode.NOP;
    }
}
