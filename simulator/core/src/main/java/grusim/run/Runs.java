package grusim.run;

import grusim.result.RunResult;
import grusim.result.file.TextTrace;
import grusim.workload.RunSpec;
import grusim.workload.load.ResolvedSpec;
import org.jspecify.annotations.Nullable;

/** Builds and runs simulations. */
public final class Runs {
    /** Looks at a run in which no instruction has ended, until agents are suspected to wait for each other. */
    private static final int IDLE_LOOKS = 8;

    private Runs() {}

    /**
     * Simulates a spec to its end.
     *
     * @param trace where every step is written, or null
     * @throws HangException if the threads can no longer go on, and the contract is off
     */
    public static RunResult simulate(
            ResolvedSpec spec, RunOptions options, RunProgress progress, @Nullable TextTrace trace) {
        return simulate(spec, options, progress, trace, null);
    }

    /**
     * As {@link #simulate(ResolvedSpec, RunOptions, RunProgress, TextTrace)}, with the driver's views at some moment.
     *
     * @param proc takes the views, or null
     */
    public static RunResult simulate(
            ResolvedSpec spec,
            RunOptions options,
            RunProgress progress,
            @Nullable TextTrace trace,
            @Nullable ProcSnapshot proc) {
        return simulate(spec, options, progress, trace, proc, Beginning.endPs(spec, options, progress));
    }

    /** As above, measuring durations from a simulated time on. */
    static RunResult simulate(
            ResolvedSpec spec,
            RunOptions options,
            RunProgress progress,
            @Nullable TextTrace trace,
            @Nullable ProcSnapshot proc,
            long measuredFromPs) {
        Simulation simulation = SimulationBuilder.build(spec, options);
        if (proc != null) {
            simulation.proc(proc);
        }
        if (trace != null) {
            traceInto(simulation, trace);
        }
        return play(simulation, options, progress, measuredFromPs);
    }

    /** Runs a simulation that has just been built to its end, measuring all of it. */
    static RunResult play(Simulation simulation, RunOptions options, RunProgress progress) {
        return play(simulation, options, progress, 0);
    }

    private static RunResult play(
            Simulation simulation, RunOptions options, RunProgress progress, long measuredFromPs) {
        Watch watch = Watch.over(simulation, options);
        RunSpec run = simulation.spec().run();
        long untilPs = run.untilPs() == RunSpec.NO_LIMIT ? Long.MAX_VALUE : run.untilPs();
        Sampler sampler = new Sampler(simulation, run.sampleIntervalPs());
        long expected = ExpectedInstructions.of(simulation.spec());
        boolean stuck = false;
        long reachedPs = 0;
        long instructions = -1;
        int idleLooks = 0;
        while (!stuck && !simulation.ended() && reachedPs < untilPs) {
            if (reachedPs < measuredFromPs && measuredFromPs < Math.min(untilPs, sampler.nextPs())) {
                simulation.runUntil(measuredFromPs);
                simulation.forgetDurations();
            }
            long atPs = Math.min(untilPs, sampler.nextPs());
            if (!simulation.ended()) {
                simulation.runUntil(atPs);
            }
            if (atPs == measuredFromPs) {
                simulation.forgetDurations();
            }
            idleLooks = simulation.probes().instructions() == instructions ? idleLooks + 1 : 0;
            instructions = simulation.probes().instructions();
            stuck = simulation.standsStill()
                    || (idleLooks % IDLE_LOOKS == IDLE_LOOKS - 1 && !simulation.ended() && watch.deadlocked());
            reachedPs = stuck || simulation.ended()
                    ? Math.max(reachedPs, simulation.engine().nowPs())
                    : atPs;
            sampler.sample(reachedPs);
            progress.at(
                    reachedPs, simulation.engine().steps(), simulation.probes().instructions(), expected);
        }
        if (stuck) {
            watch.stuck(simulation.engine().waitGraph());
        } else if (simulation.ended()) {
            watch.ended();
        }
        if (reachedPs < measuredFromPs) {
            simulation.forgetDurations();
        }
        simulation.takeProc();
        return ResultAssembly.of(simulation, options, watch, sampler, reachedPs, measuredFromPs);
    }

    private static void traceInto(Simulation simulation, TextTrace trace) {
        simulation.engine().observer((agent, routine, pc) -> {
            long nowPs = simulation.engine().nowPs();
            if (trace.wants(nowPs)) {
                trace.event(nowPs, agent.name(), routine.stepName(pc), routine.name());
            }
        });
    }
}
