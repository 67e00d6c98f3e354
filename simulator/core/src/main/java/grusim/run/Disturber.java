package grusim.run;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.RandomStream;
import grusim.engine.Routine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.engine.Why;
import grusim.linux.Kernel;
import grusim.linux.Prot;
import grusim.workload.DisturbanceSpec;
import grusim.workload.DisturbanceSpec.RangePattern;

/** A CPU that makes one disturbance's VM operations at their instants, until the threads have ended. */
final class Disturber extends Routine implements Stateful {
    private static final long PAGE_BYTES = 4096;

    private static final int WAIT = 0;
    private static final int OPERATE = 1;
    private static final int SECOND_HALF = 2;
    private static final int RETURNED = 3;
    private static final int IDLE = 4;
    private static final int RUN = 5;

    private final Simulation simulation;
    private final Kernel kernel;
    private final VmCalls calls;
    private final DisturbanceSpec spec;
    private final ProcessRun process;
    private final int region;
    private final RandomStream random;
    private long made;
    private long nextAtPs;
    private long offset;

    Disturber(Simulation simulation, DisturbanceSpec spec, ProcessRun process) {
        super(simulation.engine(), routine(spec), 0);
        this.simulation = simulation;
        this.kernel = simulation.kernel();
        this.calls = simulation.calls();
        this.spec = spec;
        this.process = process;
        this.region = process.region(spec.region());
        this.random = simulation.engine().stream(routine(spec));
        this.nextAtPs = spec.startPs();
        simulation.engine().component(this);
    }

    /** The name of a disturbance's routine. */
    static String routine(DisturbanceSpec spec) {
        return "disturbance " + spec.name();
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case WAIT, IDLE -> "wait for the next instant";
            case RUN -> "run again";
            case OPERATE -> "make the operation";
            case SECOND_HALF -> "undo the operation";
            case RETURNED -> "operation returned";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case WAIT -> {
                if (simulation.cpusSwitch()) {
                    a.call(kernel.enterLazyTlb(), IDLE);
                } else {
                    await(a);
                }
            }
            case IDLE -> await(a);
            case RUN -> a.call(kernel.switchMm(), OPERATE, process.mm.id());
            case OPERATE -> operate(a);
            case SECOND_HALF -> {
                calls.returned(a.result());
                undo(a);
            }
            case RETURNED -> {
                calls.returned(a.result());
                made++;
                a.next(WAIT, 0, Why.VM);
            }
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }

    private void await(Agent a) {
        boolean instants = spec.rateIntervalPs() == DisturbanceSpec.NO_RATE;
        long most = instants ? spec.atPs().size() : spec.count();
        if (made == most) {
            a.done(0);
            simulation.stopIfStandsStill();
            return;
        }
        nextAtPs = instants ? spec.atPs().get((int) made) : nextAtPs + random.exponentialPs(spec.rateIntervalPs());
        int next = simulation.cpusSwitch() ? RUN : OPERATE;
        ((Cpu) a).pause(next, Math.max(0, nextAtPs - a.engine().nowPs()), Why.IDLE);
        simulation.stopIfStandsStill();
    }

    private void operate(Agent a) {
        long slots = Math.max(1, process.size(region) / pages(spec.lengthBytes()));
        offset = pages(spec.lengthBytes())
                * (spec.pattern() == RangePattern.UNIFORM ? random.below(slots) : made % slots);
        int mm = process.mm.id();
        long start = process.base(region) + offset;
        long length = spec.lengthBytes();
        switch (spec.op()) {
            case MADVISE_DONTNEED -> a.call(kernel.calls().madviseDontneed(), RETURNED, mm, start, length);
            case MADVISE_FREE -> a.call(kernel.calls().madviseFree(), RETURNED, mm, start, length);
            case MADVISE_PAGEOUT -> a.call(kernel.calls().madvisePageout(), RETURNED, mm, start, length);
            case FORK -> calls.fork(a, process, start, pages(length) / PAGE_BYTES, false, RETURNED);
            case FORK_EXEC -> calls.fork(a, process, start, pages(length) / PAGE_BYTES, true, RETURNED);
            case KSM -> calls.merge(a, process, start, length, RETURNED);
            case KHUGEPAGED -> a.call(kernel.calls().collapse(), RETURNED, mm, start, pages(length), 1);
            case MPROTECT -> a.call(kernel.calls().mprotect(), SECOND_HALF, mm, start, length, Prot.READ);
            case MUNMAP_MMAP -> a.call(kernel.calls().munmap(), SECOND_HALF, mm, start, length);
            case MREMAP ->
                a.call(
                        kernel.calls().mremap(),
                        SECOND_HALF,
                        mm,
                        process.base(region),
                        process.size(region),
                        offset + PAGE_BYTES);
            case MIGRATE -> a.call(kernel.calls().movePages(), RETURNED, mm, start, length, target());
            case NUMA_SCAN -> a.call(kernel.calls().numaScan(), RETURNED, mm, start, start + pages(length));
            case RECLAIM ->
                a.call(
                        kernel.reclaimPages(),
                        RETURNED,
                        pages(length) / PAGE_BYTES,
                        mm + 1,
                        start,
                        start + pages(length));
        }
    }

    /** The blade pages move to now. */
    private long target() {
        int blades = simulation.machine().topology().blades();
        return spec.target() == DisturbanceSpec.NEXT ? (made + 1) % blades : spec.target();
    }

    private void undo(Agent a) {
        int mm = process.mm.id();
        long start = process.base(region) + offset;
        int protection = VmCalls.bits(process.spec.regions().get(region).protection());
        switch (spec.op()) {
            case MPROTECT -> a.call(kernel.calls().mprotect(), RETURNED, mm, start, spec.lengthBytes(), protection);
            case MUNMAP_MMAP -> calls.mmapPart(a, process, region, offset, spec.lengthBytes(), RETURNED);
            case MREMAP ->
                a.call(
                        kernel.calls().mremap(),
                        RETURNED,
                        mm,
                        process.base(region),
                        offset + PAGE_BYTES,
                        process.size(region));
            case MADVISE_DONTNEED,
                    MADVISE_FREE,
                    MADVISE_PAGEOUT,
                    RECLAIM,
                    MIGRATE,
                    NUMA_SCAN,
                    FORK,
                    FORK_EXEC,
                    KSM,
                    KHUGEPAGED -> throw new IllegalStateException(spec.op() + " has no second half");
        }
    }

    private static long pages(long bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    @Override
    public void state(StateIo io) {
        made = io.i64(made);
        nextAtPs = io.i64(nextAtPs);
        offset = io.i64(offset);
    }
}
