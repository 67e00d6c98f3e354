package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.result.trace.TraceSink;
import grusim.run.trace.Cast;
import grusim.run.trace.TraceScope;
import grusim.run.trace.Tracer;
import grusim.workload.DisturbanceSpec;
import grusim.workload.Placement;
import grusim.workload.RunSpec;
import grusim.workload.SpecException;
import grusim.workload.load.ResolvedSpec;
import java.util.List;
import java.util.TreeMap;

/**
 * What a traced run came to. Nothing is measured and the contract does not watch.
 *
 * @param simulatedPs how far it went: to its end, or to that of the trace's window
 * @param steps steps taken
 * @param eventHash as of the same run without a trace, when it went to its end
 */
public record TracedRun(long simulatedPs, long steps, long eventHash) {
    /** Simulated time between two looks at how far the run has come. */
    private static final long LOOK_PS = 100_000_000;

    /** How long at most, and in which steps, the run goes on after the window, to learn the last that happened in it. */
    private static final long AFTER_PS = 100_000_000;

    private static final long STEP_PS = 1_000_000;

    /**
     * Simulates a spec until the trace's window ends.
     *
     * @throws SpecException if the scope names what the spec does not have
     * @throws HangException if the threads can no longer go on
     */
    public static TracedRun of(
            ResolvedSpec spec, RunOptions options, TraceScope scope, TraceSink sink, RunProgress progress) {
        Simulation simulation = SimulationBuilder.build(spec, options);
        require(simulation, scope);
        Tracer tracer = new Tracer(
                simulation.engine(), simulation.driver(), simulation.chiplets(), cast(simulation), scope, sink);
        simulation.engine().observer(tracer);
        simulation.engine().lockObserver(tracer.locks());
        simulation.kernel().observer(tracer);
        Watch.listen(simulation, tracer, tracer);
        long reachedPs = play(simulation, scope.toPs(), progress);
        for (long ps = 0; reachedPs == scope.toPs() && ps < AFTER_PS && !tracer.knownUntil(reachedPs); ps += STEP_PS) {
            simulation.runUntil(reachedPs + ps);
        }
        tracer.finish(reachedPs);
        return new TracedRun(
                reachedPs, simulation.engine().steps(), simulation.engine().eventHash());
    }

    private static long play(Simulation simulation, long toPs, RunProgress progress) {
        RunSpec run = simulation.spec().run();
        long untilPs = Math.min(toPs, run.untilPs() == RunSpec.NO_LIMIT ? Long.MAX_VALUE : run.untilPs());
        long expected = ExpectedInstructions.of(simulation.spec());
        long reachedPs = 0;
        while (!simulation.ended() && reachedPs < untilPs) {
            long atPs = Math.min(untilPs, reachedPs + LOOK_PS);
            simulation.runUntil(atPs);
            if (simulation.standsStill()) {
                throw new HangException(simulation.engine().waitGraph());
            }
            reachedPs = simulation.ended() ? simulation.engine().nowPs() : atPs;
            progress.at(
                    reachedPs, simulation.engine().steps(), simulation.probes().instructions(), expected);
        }
        return reachedPs;
    }

    private static void require(Simulation simulation, TraceScope scope) {
        for (String process : scope.processes()) {
            if (simulation.processes().stream().noneMatch(p -> p.name().equals(process))) {
                throw new SpecException("no process " + process + "; accepted: "
                        + String.join(
                                ", ",
                                simulation.processes().stream()
                                        .map(ProcessRun::name)
                                        .toList()));
            }
        }
        for (int chiplet : scope.chiplets()) {
            if (simulation.chiplets().stream().noneMatch(c -> c.index() == chiplet)) {
                throw new SpecException("no chiplet " + chiplet + "; accepted: "
                        + String.join(
                                ", ",
                                simulation.chiplets().stream()
                                        .map(c -> String.valueOf(c.index()))
                                        .toList()));
            }
        }
    }

    private static Cast cast(Simulation simulation) {
        TreeMap<Integer, String> processOfCpu = new TreeMap<>();
        TreeMap<Integer, String> threadOfCpu = new TreeMap<>();
        TreeMap<Integer, String> processOfMm = new TreeMap<>();
        TreeMap<Integer, String> threadOfGts = new TreeMap<>();
        simulation.processes().forEach(process -> processOfMm.put(process.mm.id(), process.name()));
        List<Placement> placements = Placement.of(simulation.spec());
        for (ThreadRun thread : simulation.threads()) {
            Placement placement = placements.get(thread.id);
            String group = thread.process.spec.threads().get(placement.group()).name();
            String name = thread.process.name() + "/" + group + thread.member;
            threadOfGts.put(thread.gts.id(), name);
            for (Cpu core : thread.cores.all()) {
                processOfCpu.put(core.id(), thread.process.name());
                threadOfCpu.put(core.id(), name);
            }
        }
        TreeMap<String, String> processOfRoutine = new TreeMap<>();
        for (DisturbanceSpec disturbance : simulation.spec().disturbances()) {
            processOfRoutine.put(Disturber.routine(disturbance), disturbance.process());
        }
        for (Agent agent : simulation.engine().agents()) {
            if (!agent.idle() && !threadOfCpu.containsKey(agent.id())) {
                String routine = agent.frame(0).name();
                threadOfCpu.put(agent.id(), routine);
                processOfCpu.put(agent.id(), processOfRoutine.getOrDefault(routine, ""));
            }
        }
        return new Cast(processOfCpu, threadOfCpu, processOfMm, threadOfGts);
    }
}
