package grusim.cli;

import grusim.result.RunResult;
import grusim.run.Measures;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.run.Runs;
import grusim.workload.load.ResolvedSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** A run of a spec with what it took: wall time, and time of the processor, which other programs disturb less. */
record Timed(RunResult result, long wallNanos, long cpuNanos) {
    /** Simulates a spec on this thread. */
    static Timed run(ResolvedSpec spec, boolean contract, Measures measures) {
        RunOptions options = new RunOptions(GrusimCommand.versionNumber(), contract, true, measures);
        long wall = System.nanoTime();
        long used = cpuNow();
        RunResult result = Runs.simulate(spec, options, RunProgress.NONE, null);
        return new Timed(result, System.nanoTime() - wall, cpuNow() - used);
    }

    /** Nanoseconds of the processor this thread has used, or wall time where that is not known. */
    static long cpuNow() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
