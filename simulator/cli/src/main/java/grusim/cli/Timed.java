package grusim.cli;

import grusim.result.RunResult;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.run.Runs;
import grusim.workload.load.ResolvedSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** A run of a spec with what it took: wall time, and time of the processor, which other programs disturb less. */
record Timed(RunResult result, long wallNanos, long cpuNanos) {
    /** Simulates a spec on this thread. */
    static Timed run(ResolvedSpec spec, boolean contract) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean cpu = threads.isCurrentThreadCpuTimeSupported();
        RunOptions options = new RunOptions(GrusimCommand.versionNumber(), contract, true);
        long wall = System.nanoTime();
        long used = cpu ? threads.getCurrentThreadCpuTime() : wall;
        RunResult result = Runs.simulate(spec, options, RunProgress.NONE, null);
        long wallNanos = System.nanoTime() - wall;
        return new Timed(result, wallNanos, cpu ? threads.getCurrentThreadCpuTime() - used : wallNanos);
    }
}
