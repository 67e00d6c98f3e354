package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.workload.ProgramStep;
import grusim.workload.trace.LackeyReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replays a Lackey trace on one control block: a load becomes a VLOAD, a store a VSTORE, a modify both, of the same bytes
 * at the same address; VM calls drive the kernel. Slot 0: thread; slot 1: whether a modify's store is still to come.
 */
final class ReplayTrace extends Routine {
    private static final int THREAD = 0;
    private static final int STORE_LEFT = 1;

    private static final int NEXT = 0;
    private static final int ISSUE = 1;
    private static final int POLL = 2;
    private static final int CALL_RETURNED = 3;
    private static final int RETRIED = 4;

    private final Simulation simulation;
    private final VmCalls calls;
    private final Polling polling;
    private final long[] load =
            Instruction.of(Opcode.VLOAD).with(Operand.STRIDE, 1).words();
    private final long[] store =
            Instruction.of(Opcode.VSTORE).with(Operand.STRIDE, 1).words();
    /** The open reader of each thread, with the number of events it has delivered; rebuilt after a restore. */
    private final List<@Nullable Cursor> cursors = new ArrayList<>();

    ReplayTrace(Simulation simulation, VmCalls calls) {
        super(simulation.engine(), "trace replay", 2);
        this.simulation = simulation;
        this.calls = calls;
        this.polling = new Polling(simulation);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case NEXT -> "next event of the trace";
            case ISSUE -> "start an access";
            case POLL -> "wait for the access";
            case CALL_RETURNED -> "system call returned";
            case RETRIED -> "after an exception";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadRun thread = simulation.thread((int) a.local(THREAD));
        switch (pc) {
            case NEXT -> next(a, thread);
            case ISSUE -> issue(a, thread);
            case POLL -> {
                ControlBlock cb = polling.poll(a, thread, 0, POLL, RETRIED);
                if (cb != null) {
                    LackeyReader reader = cursor(thread).reader;
                    Opcode opcode = opcode(a, reader.event());
                    if (polling.failed() && !polling.expected(thread)) {
                        simulation.checks().accessFailed(thread, opcode, reader.address());
                    }
                    polling.finished(thread, cb, opcode);
                    boolean again = a.local(STORE_LEFT) == 1;
                    a.local(STORE_LEFT, again ? 2 : 0);
                    a.next(again ? ISSUE : NEXT, 0, Why.POLL);
                }
            }
            case RETRIED -> polling.retried(a, thread, POLL);
            case CALL_RETURNED -> {
                calls.returned(a.result());
                a.next(NEXT, 0, Why.VM);
            }
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }

    private void next(Agent a, ThreadRun thread) {
        Cursor cursor = cursor(thread);
        if (thread.completed == cursor.limit || !cursor.advance(thread)) {
            cursor.reader.close();
            cursors.set(thread.id, null);
            a.done(0);
            return;
        }
        if (cursor.reader.event() == LackeyReader.Event.CALL) {
            calls.call(a, thread.process, cursor.reader.call(), CALL_RETURNED, NEXT);
        } else {
            thread.completed++;
            a.local(STORE_LEFT, cursor.reader.event() == LackeyReader.Event.MODIFY ? 1 : 0);
            issue(a, thread);
        }
    }

    private void issue(Agent a, ThreadRun thread) {
        if (!thread.gts.mapping().present(a)) {
            a.call(simulation.driver().segmentFault(), ISSUE, thread.gts.id());
            return;
        }
        LackeyReader reader = cursor(thread).reader;
        long[] words = opcode(a, reader.event()) == Opcode.VLOAD ? load : store;
        TransferType type = type(reader.address(), reader.size());
        System.arraycopy(words, 0, thread.words, 0, words.length);
        InstructionLayout.XTYPE.set(thread.words, type.code());
        Operand.NELEM.field().set(thread.words, reader.size() / type.bytes());
        thread.words[2] = reader.address();
        Chiplet chiplet = simulation.chiplet(thread.gts.chiplet());
        ControlBlock cb = thread.cb(chiplet, 0);
        cb.start(a, thread.words);
        a.await(cb.awaitable(), POLL, Why.POLL);
    }

    private static Opcode opcode(Agent a, LackeyReader.Event event) {
        boolean stores = event == LackeyReader.Event.STORE || a.local(STORE_LEFT) == 2;
        return stores ? Opcode.VSTORE : Opcode.VLOAD;
    }

    /** The largest element that the access consists of and is aligned to. */
    private static TransferType type(long address, int size) {
        long both = address | size;
        return (both & 7) == 0
                ? TransferType.DOUBLEWORD
                : (both & 3) == 0 ? TransferType.WORD : (both & 1) == 0 ? TransferType.SHORT : TransferType.BYTE;
    }

    private Cursor cursor(ThreadRun thread) {
        while (cursors.size() <= thread.id) {
            cursors.add(null);
        }
        Cursor cursor = cursors.get(thread.id);
        if (cursor == null || cursor.delivered > thread.traceEvents) {
            ProgramStep.Trace trace = ((ProgramCode.Replay) thread.code.at(thread.place - 1)).trace();
            cursor = new Cursor(LackeyReader.open(simulation.file(trace.file())), trace.limit());
            cursors.set(thread.id, cursor);
        }
        while (cursor.delivered < thread.traceEvents) {
            cursor.skip();
        }
        return cursor;
    }

    /** A reader at an event of a trace. */
    private static final class Cursor {
        final LackeyReader reader;
        final long limit;
        long delivered;

        Cursor(LackeyReader reader, long limit) {
            this.reader = reader;
            this.limit = limit;
        }

        boolean advance(ThreadRun thread) {
            if (!reader.next()) {
                return false;
            }
            delivered++;
            thread.traceEvents++;
            return true;
        }

        void skip() {
            boolean more = reader.next();
            assert more : "the trace has become shorter";
            delivered++;
        }
    }
}
