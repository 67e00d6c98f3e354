package grusim.run;

import grusim.workload.InstructionStep;
import grusim.workload.MessageStep;
import grusim.workload.ProgramStep;
import grusim.workload.RequestStep;
import grusim.workload.VmStep;
import java.util.ArrayList;
import java.util.List;

/** A thread group's program, flattened: loops become pairs of a begin and an end that jump. */
final class ProgramCode {
    /** One operation. */
    sealed interface Op {}

    record Issue(IssuePlan plan) implements Op {}

    record Think(long timePs) implements Op {}

    record Barrier() implements Op {}

    record Vm(VmStep step) implements Op {}

    record Raw(ProgramStep.Raw step) implements Op {}

    record Request(RequestStep step) implements Op {}

    record Move(ProgramStep.Setaffinity step) implements Op {}

    record Message(MessageStep step) implements Op {}

    record Replay(ProgramStep.Trace trace) implements Op {}

    /** Begins a loop; {@code end} is the place of its {@link LoopEnd}. */
    record LoopBegin(int depth, long times, int end) implements Op {}

    record LoopEnd(int depth, int begin) implements Op {}

    private final List<Op> ops = new ArrayList<>();
    private int depth;
    private int deepest;
    private boolean open;

    ProgramCode(List<ProgramStep> program, ProcessRun process, int threads, int dsrBytes) {
        add(program, process, threads, dsrBytes);
    }

    private void add(List<ProgramStep> program, ProcessRun process, int threads, int dsrBytes) {
        for (ProgramStep step : program) {
            if (step instanceof InstructionStep instruction) {
                ops.add(new Issue(new IssuePlan(instruction, process, threads, dsrBytes)));
                open |= instruction.arrivals().open();
            } else if (step instanceof VmStep vm) {
                ops.add(new Vm(vm));
            } else if (step instanceof RequestStep request) {
                ops.add(new Request(request));
            } else if (step instanceof ProgramStep.Setaffinity move) {
                ops.add(new Move(move));
            } else if (step instanceof MessageStep message) {
                ops.add(new Message(message));
                open |= message.arrivals().open();
            } else if (step instanceof ProgramStep.Think think) {
                ops.add(new Think(think.timePs()));
            } else if (step instanceof ProgramStep.Barrier) {
                ops.add(new Barrier());
            } else if (step instanceof ProgramStep.Raw raw) {
                ops.add(new Raw(raw));
            } else if (step instanceof ProgramStep.Trace trace) {
                ops.add(new Replay(trace));
            } else if (step instanceof ProgramStep.Repeat repeat) {
                int begin = ops.size();
                ops.add(new LoopEnd(depth, begin));
                depth++;
                deepest = Math.max(deepest, depth);
                add(repeat.body(), process, threads, dsrBytes);
                depth--;
                ops.set(begin, new LoopBegin(depth, repeat.times(), ops.size()));
                ops.add(new LoopEnd(depth, begin));
            }
        }
    }

    int length() {
        return ops.size();
    }

    Op at(int place) {
        return ops.get(place);
    }

    /** Whether instructions or messages of some step come due by themselves. */
    boolean open() {
        return open;
    }

    /** How deeply loops nest. */
    int loops() {
        return deepest;
    }
}
