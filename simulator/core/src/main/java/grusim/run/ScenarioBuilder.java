package grusim.run;

import grusim.contract.Contract;
import grusim.driver.ContextOptions;
import grusim.driver.GruDriver;
import grusim.driver.MessageQueues;
import grusim.driver.ThreadState;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Memory;
import grusim.engine.Routine;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.isa.ChipletMap;
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
import grusim.workload.QueueSpec;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

    private final Map<String, Cpu> cpus = new LinkedHashMap<>();
    private final Map<String, Mm> spaces = new LinkedHashMap<>();
    private final Map<String, ScenarioSpec.Page> pages = new LinkedHashMap<>();
    private final Map<String, ThreadState> contexts = new LinkedHashMap<>();

    private ScenarioBuilder(Spec spec, ScenarioSpec scenario, UnaryOperator<Memory> wrapper) {
        this.spec = spec;
        this.scenario = scenario;
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
            cpus.put(agent.name(), machine.cpu(0, cpus.size()));
        }
        for (ScenarioSpec.Page page : scenario.pages()) {
            pages.put(page.name(), page);
            Mm mm = spaces.computeIfAbsent(page.space(), this::makeSpace);
            mm.map(page.at(), PhysicalMemory.FRAME_BYTES, VmCalls.bits(page.protection()), Mm.FIRST_TOUCH, 0);
        }
        for (ScenarioSpec.Agent agent : scenario.agents()) {
            kernel.mayFlush(cpu(agent.name()));
            if (!agent.space().isEmpty()) {
                space(agent.space()).runsOn(cpu(agent.name()));
            }
        }
        pollFaults();
        for (ScenarioSpec.Context context : scenario.contexts()) {
            Cpu cpu = context.interruptCpu().isEmpty() ? machine.cpu(0, 0) : cpu(context.interruptCpu());
            ContextOptions options =
                    new ContextOptions(context.cbrs(), DSR_BYTES, context.miss(), context.preload(), true);
            contexts.put(context.name(), driver.createThreadState(space(context.space()), cpu, options));
        }
        if (!scenario.forked().isEmpty()) {
            kernel.processes().allow(machine.cpu(0, 0), 1);
        }
        MessageTraffic traffic =
                MessageTraffic.of(spec, driver, scenario.agents().size());
        engine.component(traffic);
        List<Routine> programs = new ArrayList<>();
        scenario.agents().forEach(agent -> programs.add(program(agent, traffic)));
        setUp();
        engine.memory().settled();
        for (int i = 0; i < programs.size(); i++) {
            if (!scenario.agents().get(i).does().isEmpty()) {
                cpu(scenario.agents().get(i).name()).start(programs.get(i), 0);
            }
        }
        return new Scenario(engine, contract, kernel, chiplet, cpus, spaces, scenario.tableBits());
    }

    /** Starts the polling thread, if there is one. */
    private void pollFaults() {
        for (ScenarioSpec.Context context : scenario.contexts()) {
            if (context.miss() == MissMode.OS_POLLING) {
                driver.pollFaults(cpu(context.interruptCpu()));
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
                first.start(kernel.handleFault(), 0, space(page.space()).id(), page.at(), writable ? 1 : 0);
                settle();
            }
        }
        if (!scenario.forked().isEmpty()) {
            first.start(kernel.processes().fork(), 0, space(scenario.forked()).id());
            settle();
        }
        if (!spec.queues().isEmpty()) {
            driver.kernelContexts().allow(0);
            first.start(driver.kernelContexts().readGpa(), 0, KERNEL_ADDRESS);
            settle();
        }
        for (ScenarioSpec.Context context : scenario.contexts()) {
            if (context.loaded()) {
                ThreadState gts = context(context.name());
                first.start(driver.segmentFault(), 0, gts.id());
                settle();
            }
        }
        for (ScenarioSpec.Context context : scenario.contexts()) {
            if (context.loaded() && !context(context.name()).loaded()) {
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

    // ---- programs ----

    private Routine program(ScenarioSpec.Agent agent, MessageTraffic traffic) {
        List<Act> acts = agent.does();
        ScenarioProgram program = new ScenarioProgram(engine, agent.name(), driver, chiplet);
        for (Act act : acts) {
            if (act instanceof Act.Instruction instruction) {
                add(program, instruction);
            } else if (act instanceof Act.Vm vm) {
                add(program, vm);
            } else if (act instanceof Act.Life life) {
                add(program, life, agent);
            } else if (act instanceof Act.Message message) {
                add(program, message, scenario.agents().indexOf(agent), traffic);
            }
        }
        return program;
    }

    private void add(ScenarioProgram program, Act.Instruction act) {
        ThreadState gts = context(act.context());
        if (act instanceof Act.Start start) {
            start(program, gts, start.cb(), start.page(), start.write());
        } else if (act instanceof Act.Copy copy) {
            long from = page(copy.from()).at() + PhysicalMemory.FRAME_BYTES - ChipletMap.LINE_BYTES;
            program.copy(gts, copy.cb(), from, page(copy.to()).at(), copy.lines(), words(copy));
            program.await(gts, copy.cb(), true, "wait for the control block");
        } else if (act instanceof Act.Load load) {
            start(program, gts, load.cb(), load.page(), load.write());
            program.await(gts, load.cb(), true, "wait for the control block");
        } else if (act instanceof Act.Wait wait) {
            program.await(gts, wait.cb(), wait.callsOs(), "wait for the control block");
        }
    }

    private void start(ScenarioProgram program, ThreadState gts, int cb, String page, boolean write) {
        program.start(gts, cb, page(page).at(), write, (write ? "start a store to " : "start a load of ") + page);
    }

    private static String words(Act.Copy copy) {
        return "start a copy of " + copy.lines() + " lines from the end of " + copy.from() + " to " + copy.to();
    }

    private void add(ScenarioProgram program, Act.Vm act) {
        ScenarioSpec.Page page = page(act.page());
        long mm = space(page.space()).id();
        if (act instanceof Act.Touch touch) {
            program.call("touch " + act.page(), kernel.handleFault(), mm, page.at(), touch.write() ? 1 : 0);
        } else if (act instanceof Act.Reclaim) {
            long end = page.at() + PhysicalMemory.FRAME_BYTES;
            program.call("reclaim " + act.page(), kernel.reclaimPages(), 1, mm + 1, page.at(), end);
        } else if (act instanceof Act.Munmap munmap) {
            program.call("munmap " + act.page(), kernel.calls().munmap(), mm, page.at(), munmap.lengthBytes());
        }
    }

    private void add(ScenarioProgram program, Act.Life act, ScenarioSpec.Agent agent) {
        if (act instanceof Act.Exit) {
            program.call("exit", kernel.exitMmap(), space(agent.space()).id());
            for (ScenarioSpec.Context context : scenario.contexts()) {
                if (context.space().equals(agent.space())) {
                    program.call(
                            "close " + context.name(),
                            driver.closeSegment(),
                            context(context.name()).id());
                }
            }
        } else if (act instanceof Act.Register) {
            program.call(
                    "register the notifier",
                    kernel.registerNotifier(),
                    space(agent.space()).id());
        } else if (act instanceof Act.Unload unload) {
            int gts = context(unload.context()).id();
            program.call("unload " + unload.context(), driver.unloadRequest(), gts, unload.saved() ? 1 : 0);
        } else if (act instanceof Act.Close close) {
            program.call(
                    "close " + close.context(),
                    driver.closeSegment(),
                    context(close.context()).id());
        } else if (act instanceof Act.Migrate migrate) {
            ThreadState gts = context(migrate.context());
            Cpu to = migrate.to().isEmpty() ? machine.cpu(1, 0) : cpu(migrate.to());
            if (!migrate.to().isEmpty()) {
                driver.mayRunOn(gts, to);
            }
            String where = migrate.to().isEmpty() ? "another blade" : "the core of " + migrate.to();
            program.move(gts, to, "move the thread of " + migrate.context() + " to " + where);
        } else if (act instanceof Act.Call call) {
            program.call(
                    "call the OS about " + call.context(),
                    driver.callOs(),
                    context(call.context()).id(),
                    call.cb());
        } else if (act instanceof Act.Reload reload) {
            program.call(
                    "reload " + reload.context(),
                    driver.segmentFault(),
                    context(reload.context()).id());
        }
    }

    private void add(ScenarioProgram program, Act.Message act, int agent, MessageTraffic traffic) {
        MessageQueues queues = driver.messageQueues();
        int queue = traffic.queue(act.queue());
        if (act instanceof Act.Send send) {
            int tag = MessageQueues.tag(agent, traffic.next(agent, act.queue()));
            int lines = send.sizeBytes() > QueueSpec.LINE_BYTES ? 2 : 1;
            program.call("send to " + act.queue(), queues.sendUntilTaken(), queue, tag, lines);
        } else if (act instanceof Act.Receive receive) {
            for (int i = 0; i < receive.count(); i++) {
                program.call("receive from " + act.queue(), queues.receive(), queue, 1);
                program.callWithResult("give the message's lines back", queues.free(), queue, MessageQueues::lines);
            }
        }
    }

    // ---- names ----

    private Cpu cpu(String name) {
        return named(cpus.get(name), "agent", name);
    }

    private Mm space(String name) {
        return named(spaces.get(name), "space", name);
    }

    private ScenarioSpec.Page page(String name) {
        return named(pages.get(name), "page", name);
    }

    private ThreadState context(String name) {
        return named(contexts.get(name), "context", name);
    }

    private <T> T named(@Nullable T found, String kind, String name) {
        if (found == null) {
            throw new SpecException(spec.name() + ": scenario: no " + kind + " is called " + name);
        }
        return found;
    }
}
