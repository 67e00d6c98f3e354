package grusim.driver;

import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.gru.ControlBlock;
import grusim.gru.DeviceStat;
import grusim.isa.AllocationMap;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.linux.CpuPlaces;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.PageSource;
import grusim.linux.Partition;
import grusim.linux.Prot;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The driver on a machine with whole chiplets, and CPUs that do what a test says. Latencies unless set otherwise: hub 60
 * ns, lock 20 ns, walk 25 ns a level, TGH 2 us and 2 ns a page.
 */
final class DriverRig {
    static final long PAGE = 4096;
    static final long NS = 1000;
    static final long US = 1000 * NS;
    static final long BASE = 0x10_0000_0000L;

    final Spec spec;
    final Engine engine;
    final Machine machine;
    final Kernel kernel;
    final GruDriver driver;
    final Chiplet[] chiplets;
    final List<Mm> mms = new ArrayList<>();
    final List<Notifier> notifiers = new ArrayList<>();
    private final int zeroPages;

    DriverRig(String... settings) {
        spec = SpecLoader.fromJson("{\"name\": \"rig\"}", settings);
        engine = Engine.timed(new SequentialMemory(), 1);
        PhysicalMemory memory =
                new PhysicalMemory(spec.machine().blades(), spec.machine().memoryPerBladeBytes(), true);
        machine = new Machine(engine, spec.machine(), memory);
        kernel = new Kernel(engine, memory, spec.kernel(), Partition.whole(memory), CpuPlaces.of(machine));
        zeroPages = kernel.contents().register((PageSource) (frames, pfn, page) -> frames.zero(pfn));
        chiplets = new Chiplet[machine.topology().chiplets()];
        Arrays.setAll(chiplets, i -> new Chiplet(machine, spec.gru(), i, ChipletSize.WHOLE));
        driver = new GruDriver(machine, chiplets, kernel, spec.driver(), spec.kernel());
    }

    Cpu cpu(int core) {
        return machine.cpu(0, core);
    }

    /** An address space with pages mapped from {@link #BASE} on, none of them touched. */
    Mm mm(int pages) {
        Mm mm = kernel.createMm();
        driver.register(mm);
        Notifier notifier = (Notifier) driver.notifier();
        mm.register(notifier);
        notifiers.add(notifier);
        mms.add(mm);
        mm.map(BASE, pages * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, zeroPages);
        return mm;
    }

    ThreadState thread(Mm mm, Cpu cpu, int cbrs, int dsrBytes, boolean polling) {
        MissMode miss = polling ? MissMode.USER_POLLING : MissMode.INTERRUPT;
        return driver.createThreadState(mm, cpu, new ContextOptions(cbrs, dsrBytes, miss));
    }

    /** A thread of 2 control blocks and 1 KiB on core 0 whose context is loaded. */
    ThreadState loaded(Mm mm, boolean polling) {
        ThreadState gts = thread(mm, cpu(0), 2, 1024, polling);
        call(cpu(0), driver.segmentFault(), gts.id);
        return gts;
    }

    Play play() {
        return new Play(this);
    }

    Play start(Cpu cpu, Play play) {
        cpu.start(play, 0);
        return play;
    }

    void run() {
        engine.timed().run(Long.MAX_VALUE);
    }

    void runFor(long durationPs) {
        engine.timed().run(engine.nowPs() + durationPs);
    }

    /** Runs a routine to its end and returns its result. */
    long call(Cpu cpu, Routine routine, long... arguments) {
        Play play = start(cpu, play().call(routine, arguments));
        run();
        if (play.endPs() < 0) {
            throw new AssertionError(engine.waitGraph());
        }
        return play.result();
    }

    /** Faults a page in by the CPU, for writing. */
    void touch(Mm mm, long page) {
        call(cpu(1), kernel.handleFault(), mm.id(), address(page), 1);
    }

    static long address(long page) {
        return BASE + page * PAGE;
    }

    ControlBlock cb(ThreadState gts, int user) {
        return chiplets[gts.chiplet()].cb(cbr(gts, user));
    }

    static int cbr(ThreadState gts, int user) {
        return AllocationMap.cbNumber(gts.cbrMap(), user);
    }

    /** Starts a load of one line. */
    Play load(Play play, ThreadState gts, int user, long vaddr) {
        Instruction load = Instruction.of(Opcode.VLOAD)
                .with(TransferType.CACHE_LINE)
                .with(Operand.ADDR, vaddr)
                .with(Operand.NELEM, 1)
                .with(Operand.STRIDE, 1);
        return play.then(a -> cb(gts, user).start(a, load.words()));
    }

    /** Waits until the instruction is no longer active. */
    Play settled(Play play, ThreadState gts, int user) {
        ControlBlock cb = cb(gts, user);
        return play.until(cb.awaitable(), a -> cb.status(a) != InstructionStatus.ACTIVE);
    }

    /** Loads a line, calling the OS whenever asked to, and returns the play to go on with. */
    Play loadByUser(Play play, ThreadState gts, int user, long vaddr) {
        settled(load(play, gts, user, vaddr), gts, user).call(driver.callOs(), gts.id, user);
        return settled(play, gts, user);
    }

    /** Status at present, read by a CPU that has nothing else to do. */
    InstructionStatus status(ThreadState gts, int user) {
        InstructionStatus[] found = new InstructionStatus[1];
        start(cpu(7), play().then(a -> found[0] = cb(gts, user).status(a)));
        runFor(0);
        return found[0];
    }

    long count(DriverCounter counter) {
        return driver.statistics().value(counter);
    }

    long device(DeviceStat stat) {
        return stat.total(List.of(chiplets));
    }
}
