package grusim.linux.rcu;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.workload.KernelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Read-copy-update (Linux kernel/rcu): grace periods, what waits for them, and the page-table pages to free after one. A
 * grace period ends when every CPU has been outside any read-side section since it began; a CPU that masks interrupts is
 * in such a section, as is one that has said so.
 *
 * <p>A thread of its own asks each CPU by an interrupt, which the real one does only for CPUs that are late; a grace period
 * takes {@code kernel.rcuGracePeriod} at least. Grace periods are counted from 1.
 */
public final class Rcu extends Shared {
    private final RcuInterrupt handler;
    private final Routine synchronize;
    private final Routine readLock;
    private final Routine readUnlock;
    private final List<Cpu> cpus = new ArrayList<>();
    private final List<RcuCpu> readers = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    /** The grace period that began last, the one that ended last, and the one that somebody waits for. */
    private long begun;

    private long ended;
    private long wanted;

    /** CPUs that have been outside a section since the present one began. */
    private int quiescent;

    /** Page-table pages to free: of the present grace period, and after those the ones that wait for the next. */
    private long[] tables = new long[4];

    private int taken;
    private int count;

    /**
     * Starts the thread that drives grace periods.
     *
     * @param kernel name of the kernel, which names begin with
     */
    public Rcu(Engine engine, String kernel, KernelSpec spec, Deferred deferred) {
        super(engine, kernel + ".rcu");
        this.handler = new RcuInterrupt(engine, this);
        Agent thread = new Agent(engine, kernel + ".rcu_sched");
        thread.start(new RcuThread(engine, this, spec, deferred), 0);
        this.synchronize = new SynchronizeRcu(engine, this);
        this.readLock = new RcuSection(engine, this, true);
        this.readUnlock = new RcuSection(engine, this, false);
    }

    // ---- routines ----

    /** Waits until every read-side section that has begun has ended. */
    public Routine synchronize() {
        return synchronize;
    }

    /** The CPU enters a read-side section, in which interrupts stay on. */
    public Routine readLock() {
        return readLock;
    }

    /** The CPU leaves a read-side section. */
    public Routine readUnlock() {
        return readUnlock;
    }

    // ---- CPUs ----

    /** Lets a CPU be a reader, while the machine is being built. */
    public void add(Cpu cpu) {
        if (!cpus.contains(cpu)) {
            cpus.add(cpu);
            readers.add(new RcuCpu(engine(), name() + " of " + cpu.name()));
            lines.add(cpu.connect(handler));
        }
    }

    int cpus() {
        return cpus.size();
    }

    /** What a CPU says of its read-side sections. */
    RcuCpu reader(Agent cpu) {
        int index = cpus.indexOf(cpu);
        if (index < 0) {
            throw new IllegalStateException(cpu.name() + " is no CPU of " + name());
        }
        return readers.get(index);
    }

    /** Asks a CPU to report; the one access of the step. */
    void ask(Agent asking, int index) {
        readers.get(index).ask(asking);
        cpus.get(index).raise(lines.get(index), 0);
    }

    /** A CPU that was asked is outside any section. */
    void report(Agent cpu) {
        access(cpu, Access.UPDATE);
        engine().memory().releasing(cpu, this);
        if (++quiescent == cpus.size()) {
            changed();
        }
    }

    // ---- those that wait ----

    /** Has a page-table page freed after a grace period. */
    public void call(Agent agent, long table) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        if (count == tables.length) {
            tables = Arrays.copyOf(tables, 2 * count);
        }
        tables[count++] = table;
        changed();
    }

    /** Wants a whole grace period from now on; returns its number. */
    long want(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        long next = begun + 1;
        wanted = Math.max(wanted, next);
        changed();
        return next;
    }

    /** Whether a grace period has ended. */
    boolean over(Agent agent, long gracePeriod) {
        access(agent, Access.READ);
        engine().memory().acquired(agent, this);
        return ended >= gracePeriod;
    }

    // ---- the thread ----

    /** Begins a grace period if somebody waits for one. */
    boolean begin(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        if (count == 0 && wanted <= ended) {
            return false;
        }
        begun = ended + 1;
        quiescent = 0;
        taken = count;
        return true;
    }

    /** Whether every CPU has reported. */
    boolean allQuiescent(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        return quiescent == cpus.size();
    }

    /** Page-table pages of the present grace period; the thread alone knows them. */
    int taken() {
        return taken;
    }

    long table(int index) {
        return tables[index];
    }

    /** Ends the grace period, of which everything is freed. */
    void end(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        count -= taken;
        System.arraycopy(tables, taken, tables, 0, count);
        taken = 0;
        ended = begun;
        changed();
    }

    @Override
    public void state(StateIo io) {
        begun = io.i64(begun);
        ended = io.i64(ended);
        wanted = io.i64(wanted);
        quiescent = io.i32(quiescent);
        taken = io.i32(taken);
        count = io.i32(count);
        tables = io.array(tables, count);
    }
}
