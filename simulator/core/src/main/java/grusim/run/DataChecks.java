package grusim.run;

import grusim.gru.ControlBlock;
import grusim.isa.ExceptionCause;
import grusim.isa.MessageQueueSubstatus;
import grusim.isa.Opcode;
import grusim.result.Verdict;
import grusim.workload.BlockStep.MessageEnd;
import grusim.workload.CheckSpec;
import grusim.workload.InstructionEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The workload's checks on data: of what single instructions return, and of memory after the end. */
final class DataChecks {
    private static final int TEXTS = 20;

    private final Simulation simulation;
    private final byte[] expected = new byte[64];
    private final byte[] actual = new byte[64];
    private final List<String> texts = new ArrayList<>();
    private long checks;
    private long failures;

    DataChecks(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Checks what an instruction of a program returned. */
    void finished(ThreadRun thread, IssuePlan plan, ControlBlock cb, int user, boolean failed) {
        if (plan.opcode == Opcode.MESQ) {
            sent(thread, plan, cb);
        } else if (plan.expectOld.isPresent()) {
            long old = cb.avalue();
            check(
                    !failed && old == plan.expectOld.getAsLong(),
                    () -> "%s of thread %d returned old value %d, expected %d"
                            .formatted(plan.opcode.mnemonic(), thread.id, old, plan.expectOld.getAsLong()));
        } else if (plan.expectContent && simulation.functional()) {
            check(
                    !failed && loadedContent(thread, plan, user),
                    () -> "%s of thread %d at 0x%x did not return the region's content"
                            .formatted(plan.opcode.mnemonic(), thread.id, thread.address(user)));
        } else if (failed) {
            check(
                    false,
                    () -> "%s of thread %d at 0x%x ended in an exception"
                            .formatted(plan.opcode.mnemonic(), thread.id, thread.address(user)));
        }
    }

    /** Checks how a message send ended, and where the message went. */
    private void sent(ThreadRun thread, IssuePlan plan, ControlBlock cb) {
        MessageQueueSubstatus substatus = MessageQueueSubstatus.of(cb.substatus());
        String wanted = plan.end == MessageEnd.SENT ? MessageQueueSubstatus.NO_ERROR.name() : plan.end.name();
        check(
                plan.end == MessageEnd.ANY || substatus.name().equals(wanted),
                () -> "mesq of thread %d ended with substatus %s, expected %s"
                        .formatted(thread.id, substatus, plan.end));
        if (plan.expectOld.isPresent()) {
            long head = cb.avalue() & 0xffff_ffffL;
            check(
                    head == plan.expectOld.getAsLong(),
                    () -> "mesq of thread %d found the queue's head at %d, expected %d"
                            .formatted(thread.id, head, plan.expectOld.getAsLong()));
        }
    }

    /** Checks how an instruction given word for word ended. */
    void ended(ThreadRun thread, InstructionEnd expected, int ecause) {
        if (expected != InstructionEnd.ANY) {
            check(
                    expected.is(ecause),
                    () -> "raw instruction of thread %d ended with cause %s, expected %s"
                            .formatted(thread.id, ExceptionCause.in(ecause), expected));
        }
    }

    /** Notes that an access of a trace raised an exception, which it did not when it was recorded. */
    void accessFailed(ThreadRun thread, Opcode opcode, long vaddr) {
        check(
                false,
                () -> "%s of thread %d's trace at 0x%x ended in an exception"
                        .formatted(opcode.mnemonic(), thread.id, vaddr));
    }

    /** Checks that a message was sent. */
    void sent(ThreadRun thread, String queue, boolean taken) {
        check(taken, () -> "a message of thread %d to queue %s was given up".formatted(thread.id, queue));
    }

    /** Checks that a received message is whole and the next of its sender. */
    void received(ThreadRun thread, String queue, int sender, int number, int next, boolean whole) {
        check(
                whole && number == next,
                () -> "thread %d received message %d of thread %d from queue %s%s, expected %d"
                        .formatted(thread.id, number, sender, queue, whole ? "" : " in parts", next));
    }

    private boolean loadedContent(ThreadRun thread, IssuePlan plan, int user) {
        int bytes = plan.type.bytes();
        long offset = thread.address(user) - thread.process.base(plan.region());
        int dsr = plan.dsrSlice * user;
        for (long i = 0; i < plan.elements; i++) {
            long element =
                    plan.indexed() ? simulation.dsrWord(thread, plan.indexes(user) + i * Long.BYTES) : i * plan.stride;
            thread.process.content(plan.region()).read(offset + element * bytes, expected, bytes);
            simulation.readDsr(thread, dsr + (int) i * bytes, actual, bytes);
            if (!Arrays.equals(expected, 0, bytes, actual, 0, bytes)) {
                return false;
            }
        }
        return true;
    }

    /** Checks a process's memory after all threads have ended. */
    void atEnd(ProcessRun process, List<CheckSpec> specs) {
        for (CheckSpec spec : specs) {
            if (spec instanceof CheckSpec.Value value) {
                int region = process.region(value.region());
                int words = Math.max(1, value.xtype().bytes() / 8);
                int bytes = Math.min(8, value.xtype().bytes());
                for (int i = 0; i < words; i++) {
                    long offset = value.offsetBytes() + 8L * i;
                    OptionalLong found = word(process, region, offset, bytes);
                    check(
                            found.equals(OptionalLong.of(truncate(value.value(), bytes))),
                            () -> "%s.%s at %d is %s, expected %d"
                                    .formatted(process.name(), value.region(), offset, text(found), value.value()));
                }
            } else if (spec instanceof CheckSpec.SameAs same) {
                long different = firstDifference(process, process.region(same.region()), process.region(same.other()));
                check(
                        different < 0,
                        () -> "%s.%s differs from %s first at %d"
                                .formatted(process.name(), same.region(), same.other(), different));
            }
        }
    }

    private static long truncate(long value, int bytes) {
        return bytes == 8 ? value : value & ((1L << (8 * bytes)) - 1);
    }

    private static String text(OptionalLong found) {
        return found.isPresent() ? Long.toString(found.getAsLong()) : "not mapped";
    }

    private OptionalLong word(ProcessRun process, int region, long offset, int bytes) {
        byte[] page = new byte[4096];
        long address = process.base(region) + offset;
        if (!simulation.readPage(process, address, page)) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << 8) | (page[(int) (address & 4095) + i] & 0xff);
        }
        return OptionalLong.of(value);
    }

    private long firstDifference(ProcessRun process, int one, int other) {
        byte[] mine = new byte[4096];
        byte[] others = new byte[4096];
        long size = process.size(one);
        for (long offset = 0; offset < size; offset += 4096) {
            if (!simulation.readPage(process, process.base(one) + offset, mine)
                    || !simulation.readPage(process, process.base(other) + offset, others)) {
                return offset;
            }
            int bytes = (int) Math.min(4096, size - offset);
            int at = Arrays.mismatch(mine, 0, bytes, others, 0, bytes);
            if (at >= 0) {
                return offset + at;
            }
        }
        return -1;
    }

    private void check(boolean holds, Supplier<String> text) {
        checks++;
        if (!holds) {
            failures++;
            if (texts.size() < TEXTS) {
                texts.add(text.get());
            }
        }
    }

    Verdict verdict() {
        return new Verdict(checks, failures, texts);
    }
}
