package grusim.tester;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.driver.ContextOptions;
import grusim.driver.GruDriver;
import grusim.driver.ThreadState;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.MemoryModels;
import grusim.engine.StepObserver;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.linux.CpuPlaces;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.PageSource;
import grusim.linux.Partition;
import grusim.linux.Prot;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.notifier.InvalidationProtocol;
import grusim.protocol.Protocols;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: builds the machine, lets the threads do their deeds, and watches over them. A trial fails when a load, an
 * atomic operation, a data segment or the final memory is not as the shadow says, when the contract is violated, or when
 * no deed has ended for long, with who waits for whom.
 */
public final class Trial {
    static final long BASE = 0x10_0000_0000L;
    private static final long WINDOW_PS = 10_000_000_000L;
    private static final int QUIET_WINDOWS = 200;
    private static final int QUIET_STEPS = 400_000;

    final Engine engine;
    final Kernel kernel;
    final GruDriver driver;
    final int zeroPages;
    private final Plan plan;
    private final Chiplet[] chiplets;
    private final @Nullable Contract contract;
    private final List<TesterThread> threads = new ArrayList<>();
    private final List<Mm> mms = new ArrayList<>();
    /** The threads with contexts of each process. */
    private final List<List<TesterThread>> users = new ArrayList<>();

    private final List<Shadow> shadows = new ArrayList<>();
    private long progress;
    private int stepsSince;
    private @Nullable String failure;
    private StepObserver also = (agent, routine, pc) -> {};

    private Trial(Plan plan) {
        this.plan = plan;
        Spec spec = SpecLoader.fromJson(
                "{\"name\": \"tester\", \"gru\": {\"errors\": {\"inject\": [%s]}}}".formatted(plan.errors()),
                plan.settings().toArray(String[]::new));
        String model = spec.kernel().memoryModel().name().toLowerCase(Locale.ROOT);
        engine = Engine.timed(MemoryModels.of(model, spec.kernel().memoryWindowPs()), plan.seed());
        PhysicalMemory memory =
                new PhysicalMemory(spec.machine().blades(), spec.machine().memoryPerBladeBytes(), true);
        Machine machine = new Machine(engine, spec.machine(), memory);
        kernel = new Kernel(engine, memory, spec.kernel(), Partition.whole(memory), CpuPlaces.of(machine));
        zeroPages = kernel.contents().register((PageSource) (frames, pfn, page) -> frames.zero(pfn));
        chiplets = new Chiplet[machine.topology().chiplets()];
        Arrays.setAll(chiplets, i -> new Chiplet(machine, spec.gru(), i, ChipletSize.WHOLE));
        driver = new GruDriver(machine, chiplets, kernel, spec.driver(), spec.kernel());
        InvalidationProtocol protocol = Protocols.install(spec.invalidation(), kernel, spec.kernel(), driver);
        int[] cores = new int[spec.machine().blades()];
        for (int blade = 0; blade < cores.length; blade++) {
            driver.pollFaults(machine.cpu(blade, cores[blade]++));
        }
        for (Plan.Space process : plan.processes()) {
            add(machine, protocol, process, cores);
        }
        contract = plan.contract() ? judge() : null;
    }

    private void add(Machine machine, InvalidationProtocol protocol, Plan.Space process, int[] cores) {
        Mm mm = kernel.createMm();
        driver.register(mm);
        mm.register(protocol.callouts(mm.id()));
        mm.map(BASE, (plan.pages() + 1L) * Deed.PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, zeroPages);
        Shadow shadow = new Shadow(plan.pages());
        List<TesterThread> having = new ArrayList<>();
        for (Plan.Actor thread : process.threads()) {
            Cpu home = machine.cpu(thread.blade(), cores[thread.blade()]++);
            Cpu other = machine.cpu(thread.other(), cores[thread.other()]++);
            mm.runsOn(home);
            mm.runsOn(other);
            ThreadState gts = null;
            if (thread.cbrs() > 0) {
                int dsrBytes = TesterThread.BLOCKS * Segment.BYTES;
                ContextOptions options =
                        new ContextOptions(thread.cbrs(), dsrBytes, thread.miss(), thread.preload(), true);
                gts = driver.createThreadState(mm, home, options);
                driver.mayRunOn(gts, other);
            }
            String name = "p" + mms.size() + "/t" + threads.size();
            TesterThread routine = new TesterThread(this, name, home, other, mm, shadow, gts, thread.deeds());
            threads.add(routine);
            if (gts != null) {
                having.add(routine);
            }
            home.start(routine, 0);
        }
        mms.add(mm);
        users.add(having);
        shadows.add(shadow);
    }

    private Contract judge() {
        Contract judge = new Contract(engine, true);
        engine.lockObserver(judge.locks());
        kernel.observer(judge.vm());
        driver.observer(judge.driver());
        for (Chiplet chiplet : chiplets) {
            chiplet.observer(judge.device());
        }
        return judge;
    }

    /** Runs a plan; says how it failed, if it did. */
    static Optional<String> failure(Plan plan) {
        return new Trial(plan).run();
    }

    /** Runs the plan of a seed with an observer of what its chiplets do in each step; says how it failed, if it did. */
    public static Optional<String> observed(long seed, int deeds, Function<List<Chiplet>, StepObserver> observer) {
        Trial trial = new Trial(PlanMaker.plan(seed, deeds, true));
        trial.also = observer.apply(List.of(trial.chiplets));
        return trial.run();
    }

    /** Runs a plan and returns the engine's hash over all steps. */
    static long hash(Plan plan) {
        Trial trial = new Trial(plan);
        trial.run();
        return trial.engine.eventHash();
    }

    private Optional<String> run() {
        long seen = -1;
        int quiet = 0;
        engine.observer((agent, routine, pc) -> {
            also.stepping(agent, routine, pc);
            if (stepsSince++ == QUIET_STEPS) {
                fail("nothing has been done in %d steps%n%s".formatted(QUIET_STEPS, waiting()));
            }
        });
        try {
            for (long untilPs = WINDOW_PS; failure == null && !allEnded(); untilPs += WINDOW_PS) {
                boolean more = engine.timed().run(untilPs);
                quiet = progress == seen ? quiet + 1 : 0;
                seen = progress;
                judged();
                if (failure == null && !allEnded() && (!more || quiet == QUIET_WINDOWS)) {
                    fail("nothing has been done for %s\n%s"
                            .formatted(more ? quiet * WINDOW_PS / 1_000_000_000 + " ms" : "ever", waiting()));
                }
            }
        } catch (AssertionError | RuntimeException e) {
            fail(e + " at " + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 4)) + "\n" + waiting());
        }
        if (failure == null) {
            compareMemory();
        }
        return Optional.ofNullable(failure);
    }

    private boolean allEnded() {
        return threads.stream().allMatch(TesterThread::ended);
    }

    private void judged() {
        if (contract != null && contract.violations() > 0) {
            Violation first = contract.kept().get(0);
            fail("the contract is violated: " + first.text());
        }
    }

    /** What every thread is at, and who waits for whom. */
    private String waiting() {
        StringBuilder text = new StringBuilder();
        for (TesterThread thread : threads) {
            if (!thread.ended()) {
                text.append("  ").append(thread.doing()).append('\n');
            }
        }
        text.append(engine.waitGraph().indent(2));
        if (contract != null) {
            contract.deadlock()
                    .ifPresent(cause -> text.append("  ").append(cause).append('\n'));
        }
        return text.toString();
    }

    private void compareMemory() {
        for (int p = 0; p < mms.size(); p++) {
            Shadow shadow = shadows.get(p);
            for (int at = 0; at < shadow.bytes.length; at += 8) {
                compare(p, at, shadow.word(at, 8));
            }
            for (int counter = 0; counter < 4; counter++) {
                compare(p, shadow.counterPage * Deed.PAGE + 8 * counter, shadow.count(counter));
            }
        }
    }

    private void compare(int process, int at, long expected) {
        Mm mm = mms.get(process);
        boolean mapped = kernel.userMemory().mapped(mm, BASE + at);
        long found = mapped ? kernel.userMemory().readWord(mm, BASE + at, 8) : 0;
        if (found != expected) {
            fail("p%d: page %d + 0x%x holds 0x%x at the end, expected 0x%x"
                    .formatted(process, at / Deed.PAGE, at % Deed.PAGE, found, expected));
        }
    }

    // ---- for the threads ----

    void fail(String how) {
        if (failure == null) {
            failure = "at %d ns: %s".formatted(engine.nowPs() / 1000, how);
        }
        engine.timed().stop();
    }

    /** Something was done. */
    void done() {
        progress++;
        stepsSince = 0;
    }

    boolean injects() {
        return !plan.errors().isEmpty();
    }

    Chiplet chiplet(ThreadState gts) {
        return chiplets[gts.chiplet()];
    }

    /** A thread of the same process that has a context. */
    TesterThread sibling(Mm mm, int number) {
        List<TesterThread> having = users.get(mms.indexOf(mm));
        return having.get(number % having.size());
    }
}
