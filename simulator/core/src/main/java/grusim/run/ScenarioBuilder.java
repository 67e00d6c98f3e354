package grusim.run;

import grusim.contract.Contract;
import grusim.driver.ContextOptions;
import grusim.driver.GruDriver;
import grusim.driver.ThreadState;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Memory;
import grusim.engine.Routine;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.Partition;
import grusim.linux.Prot;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.notifier.InvalidationProtocol;
import grusim.protocol.Protocols;
import grusim.workload.Act;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Builds the scenario of a spec, in a fixed order, and lets its set-up come to rest. */
public final class ScenarioBuilder {
    /** Steps in which a set-up must come to rest; a scenario has a handful of pages and contexts. */
    private static final int MOST_SETTLING_STEPS = 100_000;

    /** Bytes of data segment that each control block pair is given. */
    private static final int DSR_BYTES = 1024;

    /** Where the kernel reads a word so that its context gets loaded. */
    private static final long KERNEL_ADDRESS = PhysicalMemory.FRAME_BYTES;

    private final Spec spec;
    private final ScenarioSpec scenario;
    private final Engine engine;
    private final Machine machine;
    private final Kernel kernel;
    private final Chiplet chiplet;
    private final GruDriver driver;
    private final InvalidationProtocol protocol;
    private final Contract contract;

    private final ScenarioNames names;

    private ScenarioBuilder(Spec spec, ScenarioSpec scenario, UnaryOperator<Memory> wrapper) {
        this.spec = spec;
        this.scenario = scenario;
        names = new ScenarioNames(spec.name());
        engine = Engine.exploring(wrapper.apply(SimulationBuilder.memoryModel(spec)));
        boolean bytes = !spec.queues().isEmpty();
        PhysicalMemory memory = new PhysicalMemory(1, spec.machine().memoryPerBladeBytes(), bytes);
        machine = new Machine(engine, spec.machine(), memory);
        Partition partition = new Partition("linux", 0, 1, scenario.tableBits());
        kernel = new Kernel(engine, memory, spec.kernel(), partition, agent -> 0);
        chiplet = new Chiplet(machine, spec.gru(), 0, size());
        driver = new GruDriver(machine, new Chiplet[] {chiplet}, kernel, spec.driver(), spec.kernel());
        protocol = Protocols.install(spec.invalidation(), kernel, spec.kernel(), driver);
        contract = new Contract(engine, false);
        engine.component(contract);
        chiplet.observer(contract.device());
        kernel.observer(contract.vm());
        driver.observer(contract.driver());
    }

    /**
     * Builds the scenario of a spec.
     *
     * @throws SpecException if the spec has none
     */
    public static Scenario build(Spec spec) {
        return build(spec, UnaryOperator.identity());
    }

    /** As {@link #build(Spec)}, on another memory model made from the spec's. */
    static Scenario build(Spec spec, UnaryOperator<Memory> wrapper) {
        ScenarioSpec scenario = spec.scenario();
        if (scenario == null) {
            throw new SpecException(spec.name() + ": scenario: missing; a check needs one");
        }
        return new ScenarioBuilder(spec, scenario, wrapper).build();
    }

    /** As many units as can be used: control blocks of all contexts or fewer, a handle and a fault map per CPU. */
    private ChipletSize size() {
        int blocks = scenario.contexts().stream()
                .mapToInt(context -> (context.cbrs() + 1) / 2 * 2)
                .sum();
        int cpus = scenario.agents().size();
        int kernels = spec.queues().isEmpty() ? 0 : 1;
        int kernelBlocks = kernels * (machine.topology().coresPerBlade() + 1) / 2 * 2;
        return new ChipletSize(
                scenario.controlBlocks() == ScenarioSpec.ENOUGH
                        ? Math.max(2, blocks + kernelBlocks)
                        : scenario.controlBlocks() + kernelBlocks,
                Math.max(1, scenario.contexts().size() + kernels),
                cpus,
                cpus);
    }

    private Scenario build() {
        for (ScenarioSpec.Agent agent : scenario.agents()) {
            names.cpus.put(agent.name(), machine.cpu(0, names.cpus.size()));
        }
        for (ScenarioSpec.Page page : scenario.pages()) {
            names.pages.put(page.name(), page);
            Mm mm = names.spaces.computeIfAbsent(page.space(), this::makeSpace);
            mm.map(page.at(), PhysicalMemory.FRAME_BYTES, VmCalls.bits(page.protection()), Mm.FIRST_TOUCH, 0);
        }
        for (ScenarioSpec.Agent agent : scenario.agents()) {
            kernel.mayFlush(names.cpu(agent.name()));
            if (!agent.space().isEmpty()) {
                names.space(agent.space()).runsOn(names.cpu(agent.name()));
            }
        }
        pollFaults();
        for (ScenarioSpec.Context context : scenario.contexts()) {
            Cpu cpu = context.interruptCpu().isEmpty() ? machine.cpu(0, 0) : names.cpu(context.interruptCpu());
            ContextOptions options =
                    new ContextOptions(context.cbrs(), DSR_BYTES, context.miss(), context.preload(), true);
            names.contexts.put(context.name(), driver.createThreadState(names.space(context.space()), cpu, options));
        }
        if (!scenario.forked().isEmpty()) {
            kernel.processes().allow(machine.cpu(0, 0), 1);
        }
        MessageTraffic traffic =
                MessageTraffic.of(spec, driver, scenario.agents().size());
        engine.component(traffic);
        ScenarioActs acts = new ScenarioActs(scenario, machine, kernel, driver, chiplet, names, traffic);
        List<Routine> programs = scenario.agents().stream().map(acts::program).toList();
        setUp();
        engine.memory().settled();
        for (int i = 0; i < programs.size(); i++) {
            if (!scenario.agents().get(i).does().isEmpty()) {
                names.cpu(scenario.agents().get(i).name()).start(programs.get(i), 0);
            }
        }
        return new Scenario(engine, contract, kernel, chiplet, names.cpus, names.spaces, scenario.tableBits());
    }

    /** Starts the polling thread, if there is one. */
    private void pollFaults() {
        for (ScenarioSpec.Context context : scenario.contexts()) {
            if (context.miss() == MissMode.OS_POLLING) {
                driver.pollFaults(names.cpu(context.interruptCpu()));
                return;
            }
        }
    }

    private Mm makeSpace(String name) {
        Mm mm = kernel.createMm();
        driver.register(mm);
        boolean later = scenario.agents().stream()
                .filter(agent -> agent.space().equals(name))
                .flatMap(agent -> agent.does().stream())
                .anyMatch(Act.Register.class::isInstance);
        if (later) {
            mm.prepare(protocol.callouts(mm.id()));
        } else {
            mm.register(protocol.callouts(mm.id()));
        }
        return mm;
    }

    /** Gives resident pages their frames and loads contexts, one after the other, on the first CPU. */
    private void setUp() {
        Cpu first = machine.cpu(0, 0);
        engine.choices((agent, alternatives) -> 0);
        for (ScenarioSpec.Page page : scenario.pages()) {
            if (page.resident()) {
                boolean writable = (VmCalls.bits(page.protection()) & Prot.WRITE) != 0;
                first.start(kernel.handleFault(), 0, names.space(page.space()).id(), page.at(), writable ? 1 : 0);
                settle();
            }
        }
        if (!scenario.forked().isEmpty()) {
            first.start(
                    kernel.processes().fork(), 0, names.space(scenario.forked()).id());
            settle();
        }
        if (!spec.queues().isEmpty()) {
            driver.kernelContexts().allow(0);
            first.start(driver.kernelContexts().readGpa(), 0, KERNEL_ADDRESS);
            settle();
        }
        for (ScenarioSpec.Context context : scenario.contexts()) {
            if (context.loaded()) {
                ThreadState gts = names.context(context.name());
                first.start(driver.segmentFault(), 0, gts.id());
                settle();
            }
        }
        for (ScenarioSpec.Context context : scenario.contexts()) {
            if (context.loaded() && !names.context(context.name()).loaded()) {
                throw new SpecException(
                        spec.name() + ": scenario.contexts: " + context.name() + " finds no room on the chiplet");
            }
        }
    }

    /** Lets whoever can step do so until nobody can. */
    private void settle() {
        List<Agent> agents = engine.agents();
        int steps = 0;
        boolean stepped = true;
        while (stepped) {
            stepped = false;
            for (Agent agent : agents) {
                if (engine.exploring().enabled(agent)) {
                    engine.exploring().step(agent);
                    stepped = true;
                    steps++;
                }
            }
            if (steps > MOST_SETTLING_STEPS) {
                throw new SpecException(spec.name() + ": scenario: its set-up does not come to rest");
            }
        }
    }
}
