package grusim.run;

import grusim.driver.ThreadState;
import grusim.workload.RunSpec;
import grusim.workload.load.ResolvedSpec;

/**
 * A run that is held in the host's memory and taken on piece by piece, to measure what it costs the host to build a
 * machine, to keep it, and to run it. Times are in picoseconds; one thread uses it.
 */
public final class HeldRun {
    private final Simulation simulation;
    private final Sampler sampler;

    private HeldRun(Simulation simulation, RunOptions options) {
        this.simulation = simulation;
        Watch.over(simulation, options);
        sampler = new Sampler(simulation, RunSpec.AUTO);
    }

    /** Builds the run of a spec; no time has passed. */
    public static HeldRun build(ResolvedSpec spec, RunOptions options) {
        return new HeldRun(SimulationBuilder.build(spec, options), options);
    }

    /** Goes on to a simulated time, or to the end of the last thread if that comes first; looks at series as a run does. */
    public void advance(long untilPs) {
        long reachedPs = -1;
        while (!simulation.ended() && reachedPs < untilPs) {
            reachedPs = Math.min(untilPs, sampler.nextPs());
            simulation.engine().timed().run(reachedPs);
            if (reachedPs == sampler.nextPs()) {
                sampler.sample(reachedPs);
            }
        }
    }

    /** Chiplets that are built. */
    public int chiplets() {
        return simulation.chiplets().size();
    }

    /** Contexts that are loaded now. */
    public int loadedContexts() {
        int loaded = 0;
        for (ThreadRun thread : simulation.threads()) {
            ThreadState gts = thread.gts;
            loaded += gts.loaded() ? 1 : 0;
        }
        return loaded;
    }

    /** Instructions whose end their users have seen. */
    public long instructions() {
        return simulation.probes().instructions();
    }

    /** Steps of all agents. */
    public long steps() {
        return simulation.engine().steps();
    }
}
