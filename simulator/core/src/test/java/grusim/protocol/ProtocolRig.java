package grusim.protocol;

import grusim.driver.ContextOptions;
import grusim.driver.GruDriver;
import grusim.driver.ThreadState;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.gru.ControlBlock;
import grusim.isa.AllocationMap;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.linux.CpuPlaces;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.Partition;
import grusim.linux.Prot;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.notifier.FillRules;
import grusim.notifier.InvalidationProtocol;
import grusim.notifier.SecondaryMmu;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A protocol between a kernel and a driver with one address space whose context is loaded, and CPUs that call what a test
 * says. Latencies unless set otherwise: lock 20 ns, a flush of one page 2,122 ns on the device and 60 ns of locks.
 */
final class ProtocolRig {
    static final long PAGE = 4096;
    static final long NS = 1000;
    static final long FLUSH_PS = (2122 + 60) * NS;
    static final long LOCK_PS = 20 * NS;

    final Engine engine;
    final Machine machine;
    final Kernel kernel;
    final GruDriver driver;
    final Mm mm;
    final SecondaryMmu callouts;
    final @Nullable FillRules fills;

    /** Step names of everything that ran since {@link #listen}. */
    final List<String> steps = new ArrayList<>();

    final InvalidationProtocol protocol;
    final ThreadState gts;
    private final Chiplet[] chiplets;

    /** The protocol that the settings name. */
    ProtocolRig(String... settings) {
        this(
                (spec, around) ->
                        Protocols.install(spec.invalidation(), around.kernel(), spec.kernel(), around.driver()),
                settings);
    }

    /** A protocol made otherwise than by its name. */
    ProtocolRig(BiFunction<Spec, Surroundings, InvalidationProtocol> make, String... settings) {
        Spec spec = SpecLoader.fromJson("{\"name\": \"rig\"}", settings);
        engine = Engine.timed(new SequentialMemory(), 1);
        PhysicalMemory memory =
                new PhysicalMemory(spec.machine().blades(), spec.machine().memoryPerBladeBytes(), true);
        machine = new Machine(engine, spec.machine(), memory);
        kernel = new Kernel(engine, memory, spec.kernel(), Partition.whole(memory), CpuPlaces.of(machine));
        chiplets = new Chiplet[machine.topology().chiplets()];
        Arrays.setAll(chiplets, i -> new Chiplet(machine, spec.gru(), i, ChipletSize.WHOLE));
        driver = new GruDriver(machine, chiplets, kernel, spec.driver(), spec.kernel());
        protocol = make.apply(
                spec,
                new Surroundings(
                        kernel, spec.kernel(), driver, spec.invalidation().without()));
        fills = protocol.fills();
        mm = space();
        callouts = protocol.callouts(mm.id());
        mm.register(callouts);
        gts = driver.createThreadState(mm, cpu(0), new ContextOptions(2, 1024, MissMode.USER_POLLING));
        call(cpu(0), driver.segmentFault(), gts.id());
    }

    /** Another address space, with 64 pages from address 0 on; it is not registered with the protocol. */
    Mm space() {
        Mm made = kernel.createMm();
        driver.register(made);
        made.map(0, 64 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        return made;
    }

    Cpu cpu(int core) {
        return machine.cpu(0, core);
    }

    /** A routine of a test, to be filled with steps. */
    Script play() {
        return new Script(engine, "play", 1);
    }

    /** Lets a CPU call a routine; the first element of the answer is its result once it has returned. */
    List<Long> start(Cpu cpu, @Nullable Routine routine, long... arguments) {
        List<Long> result = new ArrayList<>();
        Routine called = Objects.requireNonNull(routine);
        cpu.start(
                play().then("call", (a, here) -> {
                            a.call(called, here + 1);
                            for (int i = 0; i < arguments.length; i++) {
                                a.local(i, arguments[i]);
                            }
                        })
                        .then("returned", (a, here) -> {
                            result.add(a.result());
                            a.done(0);
                        }),
                0);
        return result;
    }

    /** Runs a routine to its end and returns its result. */
    long call(Cpu cpu, @Nullable Routine routine, long... arguments) {
        List<Long> result = start(cpu, routine, arguments);
        run();
        if (result.isEmpty()) {
            throw new AssertionError(engine.waitGraph());
        }
        return result.get(0);
    }

    /** Runs a routine to its end and returns how long it took. */
    long took(Cpu cpu, @Nullable Routine routine, long... arguments) {
        long startPs = engine.nowPs();
        call(cpu, routine, arguments);
        return engine.nowPs() - startPs;
    }

    void run() {
        engine.timed().run(Long.MAX_VALUE);
    }

    void runFor(long durationPs) {
        engine.timed().run(engine.nowPs() + durationPs);
    }

    Chiplet chiplet() {
        return chiplets[gts.chiplet()];
    }

    /** Lets a CPU load a line of a page, calling the OS about its misses; the answer has an element once it is loaded. */
    List<Long> load(Cpu cpu, int block, long page) {
        long[] words = Instruction.of(Opcode.VLOAD)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, page * PAGE)
                .with(Operand.NELEM, 1)
                .with(Operand.STRIDE, 1)
                .words();
        ControlBlock cb = chiplet().cb(AllocationMap.cbNumber(gts.cbrMap(), block));
        Script program = play().then("start a load", (a, here) -> {
                    cb.start(a, words);
                    a.next(here + 1, 0, Why.COMPUTE);
                })
                .then("wait for the control block", (a, here) -> {
                    InstructionStatus status = cb.freshStatus(a);
                    if (status == InstructionStatus.ACTIVE) {
                        a.await(cb.awaitable(), here, Why.POLL);
                    } else if (status == InstructionStatus.CALL_OS) {
                        a.call(driver.callOs(), here, gts.id(), block);
                    } else {
                        a.next(here + 1, 0, Why.COMPUTE);
                    }
                })
                .end();
        return start(cpu, program);
    }

    /** Faults a page in for writing. */
    void touch(long page) {
        call(cpu(1), kernel.handleFault(), mm.id(), page * PAGE, 1);
    }

    /** Notes the names of the steps from now on. */
    void listen() {
        engine.observer((Agent agent, Routine routine, int pc) -> steps.add(routine.stepName(pc)));
    }
}
