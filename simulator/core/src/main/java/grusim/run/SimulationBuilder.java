package grusim.run;

import grusim.driver.GruDriver;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Memory;
import grusim.engine.MemoryModels;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.linux.CpuPlaces;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.Partition;
import grusim.linux.Prot;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.notifier.InvalidationProtocol;
import grusim.protocol.Protocols;
import grusim.workload.Cores;
import grusim.workload.DisturbanceSpec;
import grusim.workload.Placement;
import grusim.workload.ProcessSpec;
import grusim.workload.ProgramStep;
import grusim.workload.RegionSpec;
import grusim.workload.RunSpec.DataMode;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.trace.TraceMappings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Builds a simulation in a fixed order, so that equal specs give equal simulations. Every thread, every disturbance and
 * the reclaim thread has a CPU of its own; those of threads and disturbances run their process's address space.
 */
final class SimulationBuilder {
    /** The kernel's number of pages that start as zeros. */
    private static final int ZERO_PAGES = 0;

    private final ResolvedSpec resolved;
    private final Spec spec;
    private final Measures measures;
    private final Machine machine;
    private final FreeCpus free;

    private SimulationBuilder(ResolvedSpec resolved, RunOptions options) {
        this.resolved = resolved;
        this.spec = resolved.spec();
        this.measures = options.measures();
        Engine engine = Engine.timed(memoryModel(spec), spec.seed(), options.runAhead());
        engine.timed().shuffleTies(options.tieSeed());
        PhysicalMemory memory = new PhysicalMemory(
                spec.machine().blades(),
                spec.machine().memoryPerBladeBytes(),
                spec.run().data() == DataMode.FUNCTIONAL);
        this.machine = new Machine(engine, spec.machine(), memory);
        this.free = new FreeCpus(spec.name(), machine);
    }

    /** The memory model a spec asks for. */
    static Memory memoryModel(Spec spec) {
        String name = spec.kernel().memoryModel().name().toLowerCase(Locale.ROOT);
        return MemoryModels.of(name, spec.kernel().memoryWindowPs());
    }

    /** Builds the simulation of a spec, with its agents ready to start at time zero. */
    static Simulation build(ResolvedSpec resolved, RunOptions options) {
        if (resolved.spec().scenario() != null) {
            throw new SpecException(resolved.spec().name()
                    + ": has a scenario, which is checked, not run; accepted: grusim check, or a spec with processes");
        }
        return new SimulationBuilder(resolved, options).build();
    }

    private Simulation build() {
        if (spec.machine().partitions() > 1) {
            throw new SpecException(spec.name()
                    + ": machine.partitions is " + spec.machine().partitions()
                    + "; accepted: 1, a run has one kernel");
        }
        Kernel kernel = new Kernel(
                machine.engine(),
                machine.memory(),
                spec.kernel(),
                Partition.whole(machine.memory()),
                CpuPlaces.of(machine));
        @Nullable Chiplet[] chiplets = chiplets();
        GruDriver driver = new GruDriver(machine, chiplets, kernel, spec.driver(), spec.kernel());
        InvalidationProtocol protocol = Protocols.install(spec.invalidation(), kernel, spec.kernel(), driver);
        Simulation simulation = new Simulation(
                resolved,
                machine,
                kernel,
                driver,
                chiplets,
                new VmCalls(machine.engine(), kernel, ZERO_PAGES),
                new Probes(measures));
        simulation.chiplets().forEach(c -> c.attributes(measures == Measures.ALL));
        simulation.chiplets().forEach(c -> c.errors().places(new ErrorPlaces(simulation)));
        for (ProcessSpec process : spec.processes()) {
            addProcess(simulation, process, protocol);
        }
        for (int blade : Placement.polledBlades(spec)) {
            driver.pollFaults(free.next(blade));
        }
        new ThreadBuilder(simulation, free).build();
        for (DisturbanceSpec disturbance : spec.disturbances()) {
            addDisturbance(simulation, disturbance);
        }
        if (spec.kernel().reclaim().enabled()) {
            background(simulation, 0).start(kernel.kswapd(), 0);
        }
        return simulation;
    }

    private @Nullable Chiplet[] chiplets() {
        @Nullable Chiplet[] chiplets = new @Nullable Chiplet[machine.topology().chiplets()];
        for (Placement placement : Placement.of(spec)) {
            for (int blade : Cores.contextBlades(
                    placement.threads(spec), placement.blade(), spec.machine().blades())) {
                for (int c = 0; c < machine.topology().chipletsPerBlade(); c++) {
                    int index = machine.topology().chiplet(blade, c);
                    if (chiplets[index] == null) {
                        chiplets[index] = new Chiplet(machine, spec.gru(), index, ChipletSize.WHOLE);
                    }
                }
            }
        }
        return chiplets;
    }

    private void addProcess(Simulation simulation, ProcessSpec process, InvalidationProtocol protocol) {
        Mm mm = simulation.kernel().createMm();
        simulation.driver().register(mm);
        mm.register(protocol.callouts(mm.id()));
        ProcessRun run = new ProcessRun(
                simulation.processes().size(),
                machine.engine(),
                process,
                mm,
                simulation.kernel().contents()::register);
        machine.engine().component(run);
        simulation.add(run);
        for (int i = 0; i < process.regions().size(); i++) {
            RegionSpec region = process.regions().get(i);
            if (region.mapped()) {
                int protection = VmCalls.bits(region.protection());
                if (region.huge()) {
                    mm.mapHugetlb(run.base(i), run.size(i), protection, region.blade(), run.source(i));
                } else {
                    mm.map(run.base(i), run.size(i), protection, region.blade(), run.source(i));
                }
            }
        }
        process.threads().forEach(thread -> mapTraces(thread.program(), mm));
    }

    private void mapTraces(List<ProgramStep> program, Mm mm) {
        for (ProgramStep step : program) {
            if (step instanceof ProgramStep.Repeat repeat) {
                mapTraces(repeat.body(), mm);
            } else if (step instanceof ProgramStep.Trace trace) {
                TraceMappings mappings = TraceMappings.scan(resolved.file(trace.file()), trace.limit());
                for (TraceMappings.Range range : mappings.initial()) {
                    mm.map(
                            range.start(),
                            range.end() - range.start(),
                            Prot.READ | Prot.WRITE,
                            Mm.FIRST_TOUCH,
                            ZERO_PAGES);
                }
                mappings.initialBreak().ifPresent(mm::initialBreak);
            }
        }
    }

    private static int processes(DisturbanceSpec disturbance) {
        return switch (disturbance.op()) {
            case FORK -> 1;
            case FORK_EXEC -> 2;
            default -> 0;
        };
    }

    private void addDisturbance(Simulation simulation, DisturbanceSpec disturbance) {
        for (ProcessRun process : simulation.processes()) {
            if (process.name().equals(disturbance.process())) {
                Cpu cpu = background(simulation, disturbance.blade());
                process.mm.runsOn(cpu);
                simulation.kernel().processes().allow(cpu, processes(disturbance));
                cpu.start(new Disturber(simulation, disturbance, process), 0);
            }
        }
    }

    private Cpu background(Simulation simulation, int blade) {
        Cpu cpu = free.next(blade);
        simulation.addBackground(cpu);
        simulation.kernel().mayFlush(cpu);
        return cpu;
    }
}
