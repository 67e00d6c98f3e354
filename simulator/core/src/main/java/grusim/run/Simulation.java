package grusim.run;

import grusim.driver.GruDriver;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.linux.Kernel;
import grusim.machine.Machine;
import grusim.workload.RunSpec.DataMode;
import grusim.workload.Spec;
import grusim.workload.load.ResolvedSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One simulation with everything it is made of; built by {@link SimulationBuilder}. */
final class Simulation implements Stateful {
    private final ResolvedSpec resolved;
    private final Machine machine;
    private final Kernel kernel;
    private final GruDriver driver;
    /** Chiplets of the blades that threads run on, by number; null for the others. */
    private final @Nullable Chiplet[] chiplets;

    private final VmCalls calls;
    private final List<ProcessRun> processes = new ArrayList<>();
    private final List<ThreadRun> threads = new ArrayList<>();
    private final Probes probes;
    private final LockStatistics locks;
    private final boolean cpusSwitch;
    private final DataChecks checks = new DataChecks(this);
    private final UserExceptions exceptions;
    private final byte[] line = new byte[64];
    private final List<Cpu> background = new ArrayList<>();
    private @Nullable ProcSnapshot proc;
    private int liveThreads;

    Simulation(
            ResolvedSpec resolved,
            Machine machine,
            Kernel kernel,
            GruDriver driver,
            @Nullable Chiplet[] chiplets,
            VmCalls calls,
            Probes probes) {
        this.resolved = resolved;
        this.machine = machine;
        this.kernel = kernel;
        this.driver = driver;
        this.chiplets = chiplets;
        this.calls = calls;
        this.probes = probes;
        this.locks = new LockStatistics(machine.engine());
        this.cpusSwitch = kernel.cpusSwitch();
        this.exceptions = new UserExceptions(this);
        machine.engine().component(this);
    }

    Engine engine() {
        return machine.engine();
    }

    Machine machine() {
        return machine;
    }

    Kernel kernel() {
        return kernel;
    }

    GruDriver driver() {
        return driver;
    }

    VmCalls calls() {
        return calls;
    }

    Probes probes() {
        return probes;
    }

    /** Whether a CPU has to say when it runs no thread for a while, and when it runs one again. */
    boolean cpusSwitch() {
        return cpusSwitch;
    }

    LockStatistics locks() {
        return locks;
    }

    UserExceptions exceptions() {
        return exceptions;
    }

    DataChecks checks() {
        return checks;
    }

    Spec spec() {
        return resolved.spec();
    }

    ResolvedSpec resolved() {
        return resolved;
    }

    boolean functional() {
        return spec().run().data() == DataMode.FUNCTIONAL;
    }

    /** The place of a file that the spec names. */
    Path file(String name) {
        return resolved.file(name);
    }

    void add(ProcessRun process) {
        processes.add(process);
    }

    void add(ThreadRun thread) {
        threads.add(thread);
        liveThreads++;
    }

    List<ProcessRun> processes() {
        return processes;
    }

    List<ThreadRun> threads() {
        return threads;
    }

    ThreadRun thread(int id) {
        return threads.get(id);
    }

    Chiplet chiplet(int index) {
        Chiplet chiplet = chiplets[index];
        assert chiplet != null : "chiplet " + index + " is not built";
        return chiplet;
    }

    /** The chiplets that are built. */
    List<Chiplet> chiplets() {
        List<Chiplet> built = new ArrayList<>();
        for (Chiplet chiplet : chiplets) {
            if (chiplet != null) {
                built.add(chiplet);
            }
        }
        return built;
    }

    /** Sets what takes the driver's views. */
    void proc(ProcSnapshot takes) {
        proc = takes;
    }

    /** Runs until a time, or until all threads have ended; views that are due on the way are taken. */
    void runUntil(long timePs) {
        ProcSnapshot views = proc;
        if (views != null && views.dueBefore(timePs)) {
            engine().timed().run(views.atPs());
            if (!ended()) {
                takeProc();
            }
        }
        if (!ended()) {
            engine().timed().run(timePs);
        }
    }

    /** Forgets the durations measured so far; counters go on. */
    void forgetDurations() {
        probes.forget();
        kernel.shootdownDurations().reset();
    }

    /** Takes the driver's views now, unless they were taken. */
    void takeProc() {
        if (proc != null) {
            proc.take(driver.procViews());
        }
    }

    /** A thread is about to close its context. */
    void threadCloses() {
        if (proc != null) {
            proc.closing(driver.procViews());
        }
    }

    /** A thread has ended; the run stops after the last. */
    void threadEnded() {
        liveThreads--;
        if (liveThreads == 0 && engine().isTimed()) {
            engine().timed().stop();
        }
    }

    boolean ended() {
        return liveThreads == 0;
    }

    /** A CPU does something of its own accord now and then that no thread may wait for, and rests between. */
    void addBackground(Cpu cpu) {
        background.add(cpu);
    }

    /**
     * Whether all that is under way has ended, though threads have not: whatever happens from now on is begun anew by
     * somebody on whom no thread may rely.
     */
    boolean standsStill() {
        if (ended()) {
            return false;
        }
        int resting = 0;
        for (Cpu cpu : background) {
            resting += cpu.ready() && cpu.why() == Why.IDLE && !cpu.interrupted() ? 1 : 0;
        }
        return engine().timed().busy() == resting;
    }

    /** Stops the run if it stands still. */
    void stopIfStandsStill() {
        if (standsStill()) {
            engine().timed().stop();
        }
    }

    @Override
    public void state(StateIo io) {
        liveThreads = io.i32(liveThreads);
    }

    // ---- the data segment and memory, as their owner sees them ----

    /** Reads bytes of the thread's data segment. */
    void readDsr(ThreadRun thread, long offset, byte[] into, int bytes) {
        chiplet(thread.gts.chiplet()).dataSegment().read(thread.gts.dsrMap(), offset, into, 0, bytes);
    }

    /** The doubleword at an offset of the thread's data segment. */
    long dsrWord(ThreadRun thread, long offset) {
        readDsr(thread, offset, line, 8);
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = (value << 8) | (line[i] & 0xff);
        }
        return value;
    }

    /** Reads the page that holds an address, wherever its content is now; false if it is not mapped. The buffer is one page. */
    boolean readPage(ProcessRun process, long address, byte[] into) {
        boolean mapped = kernel.userMemory().mapped(process.mm, address);
        if (mapped) {
            kernel.userMemory().read(process.mm, address & -into.length, into, 0, into.length);
        }
        return mapped;
    }
}
