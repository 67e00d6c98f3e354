package grusim.run;

import grusim.driver.GruDriver;
import grusim.driver.ThreadState;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.isa.AllocationMap;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * What one agent of a scenario does: a row of operations, each one a step or a call of a routine of the kernel or the
 * driver. A wait is one step that is repeated.
 *
 * <p>Each access to the segment finds the control block through the segment's mapping: if the context was unloaded
 * meanwhile, the access faults, which loads it again; if its state was not saved, the block is then seen to be idle, and a
 * wait is over. The first look after a call to the OS sees the newest status: a call takes longer
 * than any store is under way, and who calls for an old reason again and again would never end.
 */
final class ScenarioProgram extends Routine {
    /** One operation in the words of the scenario, as one step. */
    private record Operation(String text, Step step) {}

    private interface Step {
        void take(Agent agent, int pc);
    }

    /** Slot that says how the kernel was entered since the last look at a control block, a bit each. */
    private static final int CALLED = 0;

    private static final long TO_THE_OS = 1;
    private static final long BY_TOUCH = 2;

    private final GruDriver driver;
    private final Chiplet chiplet;

    private final List<Operation> operations = new ArrayList<>();

    /** Makes a program that does nothing yet. */
    ScenarioProgram(Engine engine, String agent, GruDriver driver, Chiplet chiplet) {
        super(engine, "program of " + agent, 1);
        this.driver = driver;
        this.chiplet = chiplet;
    }

    /** Starts a one-line load or store at an address, loading the context if it is not. */
    void start(ThreadState gts, int block, long vaddr, boolean write, String text) {
        long[] words = Instruction.of(write ? Opcode.VSTORE : Opcode.VLOAD)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, vaddr)
                .with(Operand.NELEM, 1)
                .with(Operand.STRIDE, 1)
                .words();
        start(gts, block, words, text);
    }

    /** As a load: starts a copy of lines by way of one line of data segment. */
    void copy(ThreadState gts, int block, long from, long to, int lines, String text) {
        long[] words = Instruction.of(Opcode.BCOPY)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, from)
                .with(Operand.DEST, to)
                .with(Operand.NELEM, lines)
                .with(Operand.BUFSIZE, 1)
                .words();
        start(gts, block, words, text);
    }

    private void start(ThreadState gts, int block, long[] words, String text) {
        operations.add(new Operation(text, (a, pc) -> {
            if (!gts.mapping().present(a)) {
                touch(a, gts, pc);
                return;
            }
            a.local(CALLED, 0);
            cb(gts, block).start(a, words);
            a.next(pc + 1, 0, Why.COMPUTE);
        }));
    }

    private ControlBlock cb(ThreadState gts, int block) {
        return chiplet.cb(AllocationMap.cbNumber(gts.cbrMap(), block));
    }

    /** Waits for what was started on a block; being asked to call the OS is done, or ends the wait. */
    void await(ThreadState gts, int block, boolean callsOs, String text) {
        operations.add(new Operation(text, (a, pc) -> {
            if (!gts.mapping().present(a)) {
                touch(a, gts, pc);
                return;
            }
            ControlBlock cb = cb(gts, block);
            boolean called = (a.local(CALLED) & TO_THE_OS) != 0;
            a.local(CALLED, 0);
            InstructionStatus status = called ? cb.freshStatus(a) : cb.status(a);
            if (status == InstructionStatus.ACTIVE) {
                a.await(cb.awaitable(), pc, Why.POLL);
            } else if (status == InstructionStatus.CALL_OS && callsOs) {
                a.local(CALLED, TO_THE_OS);
                a.call(driver.callOs(), pc, gts.id(), block);
            } else {
                a.next(pc + 1, 0, Why.COMPUTE);
            }
        }));
    }

    /** The thread whose context it is goes to another core; what the agent does it goes on doing here. */
    void move(ThreadState gts, Cpu to, String text) {
        operations.add(new Operation(text, (a, pc) -> {
            driver.moved(gts, to);
            a.next(pc + 1, 0, Why.COMPUTE);
        }));
    }

    /** Ends the step with the page fault on a segment that is not mapped; one that is refused gives the operation up. */
    private void touch(Agent a, ThreadState gts, int pc) {
        if ((a.local(CALLED) & BY_TOUCH) != 0 && a.result() < 0) {
            a.local(CALLED, 0);
            a.next(pc + 1, 0, Why.COMPUTE);
        } else {
            a.local(CALLED, a.local(CALLED) | BY_TOUCH);
            a.call(driver.segmentFault(), pc, gts.id());
        }
    }

    /** Calls a routine. */
    void call(String text, Routine routine, long... arguments) {
        operations.add(new Operation(text, (a, pc) -> {
            a.call(routine, pc + 1);
            for (int i = 0; i < arguments.length; i++) {
                a.local(i, arguments[i]);
            }
        }));
    }

    /** Calls a routine with an argument and one that follows from what the call before returned. */
    void callWithResult(String text, Routine routine, long argument, LongUnaryOperator ofResult) {
        operations.add(
                new Operation(text, (a, pc) -> a.call(routine, pc + 1, argument, ofResult.applyAsLong(a.result()))));
    }

    @Override
    public String stepName(int pc) {
        return pc == operations.size() ? "end" : operations.get(pc).text();
    }

    @Override
    public void step(Agent a, int pc) {
        if (pc == operations.size()) {
            a.done(0);
            return;
        }
        operations.get(pc).step.take(a, pc);
    }
}
