package grusim.run;

import grusim.workload.InstructionStep;
import grusim.workload.ProcessSpec;
import grusim.workload.ProgramStep;
import grusim.workload.Spec;
import grusim.workload.ThreadSpec;
import java.util.List;

/** How many instructions a spec's programs will issue, for progress. */
final class ExpectedInstructions {
    private static final long UNKNOWN = -1;

    private ExpectedInstructions() {}

    /** The number, or -1 if a whole trace is replayed. */
    static long of(Spec spec) {
        long total = 0;
        for (ProcessSpec process : spec.processes()) {
            for (ThreadSpec thread : process.threads()) {
                long one = of(thread.program());
                if (one == UNKNOWN) {
                    return UNKNOWN;
                }
                total += one * thread.count();
            }
        }
        return total;
    }

    private static long of(List<ProgramStep> program) {
        long total = 0;
        for (ProgramStep step : program) {
            long one = 0;
            if (step instanceof InstructionStep instruction) {
                one = instruction.count();
            } else if (step instanceof ProgramStep.Trace trace) {
                one = trace.limit();
            } else if (step instanceof ProgramStep.Repeat repeat) {
                one = of(repeat.body()) == UNKNOWN ? UNKNOWN : of(repeat.body()) * repeat.times();
            }
            if (one == UNKNOWN) {
                return UNKNOWN;
            }
            total += one;
        }
        return total;
    }
}
