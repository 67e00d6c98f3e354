package grusim.proof;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.driver.ContextOptions;
import grusim.driver.GruDriver;
import grusim.driver.ThreadState;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import grusim.explore.Subject;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.gru.ControlBlock;
import grusim.isa.AllocationMap;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.Partition;
import grusim.linux.Prot;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import org.jspecify.annotations.Nullable;

/**
 * The smallest machine in which a fill races with an invalidate: a user's CPU that loads one line and takes the miss's
 * interrupt, a CPU that reclaims the page, and the chiplet's control block, fault handle and global handle. Driver, kernel
 * and device are the ones every timed run uses.
 */
final class FiveAgents implements Subject {
    private static final long PAGE = 0x1000;

    private final Engine engine = Engine.exploring(new SequentialMemory());
    private final Kernel kernel;
    private final GruDriver driver;
    private final Chiplet chiplet;
    private final Contract contract;
    private final Mm mm;
    private final Cpu user;
    private final Cpu reclaimer;
    private final ThreadState gts;

    /** Builds the machine with the page present and the context loaded. */
    FiveAgents(String... settings) {
        Spec spec = SpecLoader.fromJson("""
                {"name": "five-agents", "machine": {"memoryPerBlade": "64 KiB", "chipletsPerBlade": 1},
                 "gru": {"tlb": {"sets": 1, "ways": 2}, "linesInFlightPerCbr": 1, "linesInFlightPerChiplet": 1},
                 "kernel": {"reclaimNotifier": "range"}}""", settings);
        PhysicalMemory memory = new PhysicalMemory(1, spec.machine().memoryPerBladeBytes(), false);
        Machine machine = new Machine(engine, spec.machine(), memory);
        kernel = new Kernel(engine, memory, spec.kernel(), new Partition("linux", 0, 1, 1), agent -> 0);
        chiplet = new Chiplet(machine, spec.gru(), 0, new ChipletSize(2, 1, 2, 1));
        driver = new GruDriver(machine, new Chiplet[] {chiplet}, kernel, spec.driver(), spec.kernel());
        contract = new Contract(engine, false);
        engine.component(contract);
        chiplet.observer(contract.device());
        kernel.observer(contract.vm());
        driver.observer(contract.driver());

        mm = kernel.createMm();
        driver.register(mm);
        mm.register(driver.notifier());
        mm.map(PAGE, PhysicalMemory.FRAME_BYTES, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        user = machine.cpu(0, 0);
        reclaimer = machine.cpu(0, 1);
        gts = driver.createThreadState(mm, user, new ContextOptions(2, 1024, MissMode.INTERRUPT));
        user.start(kernel.handleFault(), 0, mm.id(), PAGE, 0);
        settle();
        user.start(driver.segmentFault(), 0, gts.id());
        settle();
        if (!gts.loaded()) {
            throw new IllegalStateException("the context is not loaded");
        }
        user.start(new Load(), 0);
        reclaimer.start(kernel.reclaimPages(), 0, 1, mm.id() + 1, PAGE, PAGE + PhysicalMemory.FRAME_BYTES);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public @Nullable String violation() {
        return contract.firstViolation().map(Violation::text).orElse(null);
    }

    @Override
    public long observed() {
        return contract.topics();
    }

    /** Lets whoever can step do so until nobody can: building is not part of the walk. */
    private void settle() {
        boolean stepped = true;
        while (stepped) {
            stepped = false;
            for (Agent agent : engine.agents()) {
                if (engine.exploring().enabled(agent)) {
                    engine.exploring().step(agent);
                    stepped = true;
                }
            }
        }
    }

    /** The user's program: start a one-line load, wait for it, call the OS when asked to. */
    private final class Load extends Routine {
        private final long[] words = Instruction.of(Opcode.VLOAD)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, PAGE)
                .with(Operand.NELEM, 1)
                .with(Operand.STRIDE, 1)
                .words();

        Load() {
            super(engine, "user program", 0);
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "start the load" : "wait for the load";
        }

        @Override
        public void step(Agent a, int pc) {
            ControlBlock cb = chiplet.cb(AllocationMap.cbNumber(gts.cbrMap(), 0));
            if (pc == 0) {
                cb.start(a, words);
                a.await(cb.awaitable(), 1, Why.POLL);
                return;
            }
            InstructionStatus status = cb.status(a);
            if (status == InstructionStatus.ACTIVE) {
                a.await(cb.awaitable(), 1, Why.POLL);
            } else if (status == InstructionStatus.CALL_OS) {
                a.call(driver.callOs(), 1, gts.id(), 0);
            } else {
                a.done(0);
            }
        }
    }
}
