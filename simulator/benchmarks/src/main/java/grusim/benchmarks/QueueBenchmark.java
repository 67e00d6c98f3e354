package grusim.benchmarks;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The hold model on the engine's event queue and its peers, every set in a fresh virtual machine. {@link #main} takes
 * JMH's options and prints the results as a table of ratios.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class QueueBenchmark {
    private static final int EVENTS = 100_000;

    /** The pending-event set. */
    @Param
    public PendingSet set = PendingSet.GRUSIM;

    /** Number of pending events. */
    @Param({"64", "256", "4096", "65536"})
    public int pending = 64;

    private HoldModel model = PendingSet.GRUSIM.hold(1);

    /** Fills the set and lets it reach its steady state. */
    @Setup
    public void fill() {
        model = set.hold(pending);
        model.hold(20 * pending);
    }

    /** Events held per microsecond, that is, millions per second. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long hold() {
        model.hold(EVENTS);
        return model.fired();
    }

    /** Measures and prints the table. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .include(QueueBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        System.out.println(RatioTable.of(results));
    }
}
