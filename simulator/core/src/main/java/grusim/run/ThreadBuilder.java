package grusim.run;

import grusim.driver.ContextOptions;
import grusim.driver.ThreadState;
import grusim.engine.Cpu;
import grusim.engine.RandomStream;
import grusim.machine.Machine;
import grusim.workload.Cores;
import grusim.workload.MessageStep;
import grusim.workload.Placement;
import grusim.workload.ProgramStep;
import grusim.workload.Spec;
import grusim.workload.ThreadSpec;
import grusim.workload.VmStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds the threads of a simulation's processes, each with its context, its cores and its program. */
final class ThreadBuilder {
    private final Simulation simulation;
    private final Spec spec;
    private final Machine machine;
    private final FreeCpus free;

    ThreadBuilder(Simulation simulation, FreeCpus free) {
        this.simulation = simulation;
        this.spec = simulation.spec();
        this.machine = simulation.machine();
        this.free = free;
    }

    /** Adds all threads of the spec, each of which starts within the run's start spread. */
    void build() {
        List<Placement> placements = Placement.of(spec);
        MessageTraffic traffic = MessageTraffic.of(spec, simulation.driver(), placements.size());
        machine.engine().component(traffic);
        UserThread program = new UserThread(simulation, simulation.calls(), traffic);
        ProgramCode[] codes = new ProgramCode[0];
        for (Placement placement : placements) {
            ProcessRun process = simulation.processes().get(placement.process());
            ThreadSpec group = process.spec.threads().get(placement.group());
            int dsrBytes = (int) group.context().dsrBytes();
            OwnCores cores = cores(group, placement.blade());
            Cpu cpu = cores.first();
            process.mm.runsOn(cpu);
            ContextOptions options = new ContextOptions(
                    group.context().cbrs(),
                    dsrBytes,
                    group.context().miss(),
                    group.context().preload(),
                    group.context().owner());
            ThreadState gts = simulation.driver().createThreadState(process.mm, cpu, options);
            int id = simulation.threads().size();
            ProgramCode code = placement.member() == 0
                    ? new ProgramCode(group.program(), process, group.count(), dsrBytes)
                    : codes[id - 1];
            codes = Arrays.copyOf(codes, id + 1);
            codes[id] = code;
            String name = process.name() + "/" + group.name() + placement.member();
            RandomStream gaps = code.open() ? machine.engine().stream(name + " arrivals") : null;
            RandomStream draws = machine.engine().stream(name);
            ThreadRun thread = new ThreadRun(id, process, placement.member(), gts, cores, code, draws, gaps);
            machine.engine().component(thread);
            simulation.add(thread);
            prepareMoves(thread, group, placement.blade());
            simulation.kernel().processes().allow(cpu, processes(group.program()));
            if (sends(group.program())) {
                for (int blade : Cores.of(group, placement.blade()).keySet()) {
                    simulation.driver().kernelContexts().allow(blade);
                }
            }
            cpu.start(program, startPs(id, name), id);
        }
    }

    /** When a thread starts: the first at once, others by a stream of their own, so that no other draw depends on it. */
    private long startPs(int id, String name) {
        long spreadPs = spec.run().startSpreadPs();
        return id == 0 || spreadPs == 0
                ? 0
                : machine.engine().stream(name + " start").below(spreadPs);
    }

    private OwnCores cores(ThreadSpec group, int home) {
        SortedMap<Integer, List<Cpu>> byBlade = new TreeMap<>();
        Cpu first = free.next(home);
        Cores.of(group, home).forEach((blade, count) -> {
            List<Cpu> own = new ArrayList<>();
            for (int core = 0; core < count; core++) {
                own.add(blade == home && core == 0 ? first : free.next(blade));
            }
            byBlade.put(blade, own);
        });
        return new OwnCores(home, byBlade);
    }

    /** The thread's other cores may run it, and take its interrupts, as may those of blades it may place its context on. */
    private void prepareMoves(ThreadRun thread, ThreadSpec group, int home) {
        Cpu first = thread.cores.first();
        for (int blade : Cores.contextBlades(group, home, spec.machine().blades())) {
            for (Cpu core : thread.cores.all()) {
                simulation.driver().mayBePlacedOn(thread.gts, blade, core);
            }
            for (Cpu core : thread.cores.on(blade)) {
                if (core != first && simulation.cpusSwitch()) {
                    thread.process.mm.mayRunOn(core);
                } else if (core != first) {
                    thread.process.mm.runsOn(core);
                }
            }
        }
    }

    private static boolean sends(List<ProgramStep> program) {
        return program.stream()
                .anyMatch(step -> step instanceof MessageStep.Send
                        || (step instanceof ProgramStep.Repeat repeat && sends(repeat.body())));
    }

    /** Most address spaces that a program's children have at once. */
    private static int processes(List<ProgramStep> program) {
        int most = 0;
        for (ProgramStep step : program) {
            if (step instanceof ProgramStep.Repeat repeat) {
                most = Math.max(most, processes(repeat.body()));
            } else if (step instanceof VmStep.Fork fork) {
                most = Math.max(most, fork.exec() ? 2 : 1);
            }
        }
        return most;
    }
}
