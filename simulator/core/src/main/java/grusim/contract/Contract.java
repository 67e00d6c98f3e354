package grusim.contract;

import grusim.driver.DriverObserver;
import grusim.engine.Engine;
import grusim.engine.LockObserver;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.gru.DeviceObserver;
import grusim.linux.VmObserver;
import java.util.List;
import java.util.Optional;

/**
 * The invariants that watch one simulation. Install the four observers before the first step (frames count as free until
 * their allocation is heard of), and list this with {@link Engine#component} if snapshots are taken.
 *
 * <p>What is kept is a pure function of what was announced; nothing is allocated in steady state. In an exploration
 * snapshots hold what decides later judgements only: no times, counts or words. Whoever runs the simulation says when nothing
 * can happen any more, see {@link #stuck}. One simulation's thread only.
 */
public final class Contract implements Stateful {
    private final Findings findings;
    private final Topics topics;
    private final FrameLives frames = new FrameLives();
    private final AsidOwners asids;
    private final ContextLives contexts;
    private final StaleTranslations translations;
    private final MemoryContent content;
    private final Lifetimes mms;
    private final Lifetimes threadStates;
    private final Lifetimes tables;
    private final MessageOrder messages;
    private final DeviceWatch device;
    private final VmWatch vm;
    private final DriverWatch driver;
    private final HeldLocks held = new HeldLocks();
    private final LockOrder order;
    private final LockWatch locks;
    private final WaitGraph waits;
    private final Standstill standstill;

    /**
     * Makes a contract that has heard of nothing.
     *
     * @param bytes whether the simulated memory keeps bytes, so that loads can be compared with stores
     */
    public Contract(Engine engine, boolean bytes) {
        this(engine, bytes, MemoryContent.MOST_PAGES);
    }

    Contract(Engine engine, boolean bytes, int mostPages) {
        findings = new Findings(engine);
        topics = new Topics(engine);
        asids = new AsidOwners(findings);
        contexts = new ContextLives(findings);
        translations = new StaleTranslations(findings, frames, asids, topics, engine.isTimed());
        content = new MemoryContent(findings, frames, mostPages);
        mms = new Lifetimes(findings, Invariant.USED_AFTER_END, "address space");
        threadStates = new Lifetimes(findings, Invariant.USED_AFTER_END, "thread state");
        tables = new Lifetimes(findings, Invariant.TABLE_READ_AFTER_FREE, "page-table page");
        messages = new MessageOrder(findings);
        device = new DeviceWatch(contexts, translations, asids, content, bytes, topics);
        vm = new VmWatch(findings, frames, translations, content, mms, tables, bytes, topics);
        order = new LockOrder(engine, findings, held);
        locks = new LockWatch(held, order, engine.isTimed());
        waits = new WaitGraph(engine, held);
        standstill = new Standstill(engine, findings, waits, contexts);
        driver = new DriverWatch(contexts, translations, asids, mms, threadStates, messages, topics);
    }

    /** To be told by every chiplet. */
    public DeviceObserver device() {
        return device;
    }

    /** To be told by the kernel. */
    public VmObserver vm() {
        return vm;
    }

    /** To be told by the driver. */
    public DriverObserver driver() {
        return driver;
    }

    /** To be told by the engine of locks. */
    public LockObserver locks() {
        return locks;
    }

    // ---- point 5: nobody waits for ever ----

    /** Why nothing can happen any more if no agent can take a step, in words; empty if nobody waits. */
    public Optional<String> deadlock() {
        return waits.deadlock();
    }

    /** Whether agents wait for each other in a circle, so that they wait for ever whatever else happens. */
    public boolean deadlocked() {
        return !waits.cycle().isEmpty();
    }

    /** Records that some wait for each other or, if they do not, that nothing is left to happen though somebody sleeps. */
    public void stuck() {
        standstill.judge();
    }

    /** Records what is left undone though all that was to be done is done. */
    public void ended() {
        contexts.judgeUnanswered("ended");
    }

    /**
     * Which parts of the contract's state were consulted or changed since the last call, as a mask; reading clears it. Two
     * steps of different agents whose masks do not intersect may be exchanged without the contract telling the difference.
     */
    public long topics() {
        return topics.take();
    }

    /** Number of facts judged so far. */
    public long checks() {
        return findings.checks;
    }

    /** Number of facts that violated an invariant. */
    public long violations() {
        return findings.violations();
    }

    /** Number of facts that violated one invariant. */
    public long violations(Invariant invariant) {
        return findings.violations(invariant);
    }

    /** The first few violations of each invariant, in the order in which they showed. */
    public List<Violation> kept() {
        return findings.kept();
    }

    /** The first violation of the run; after a snapshot was loaded, of the path that leads to it. */
    public Optional<Violation> firstViolation() {
        return Optional.ofNullable(findings.first());
    }

    /** Number of stores whose bytes are not followed, because the run stores to too many pages. */
    public long storesNotFollowed() {
        return content.notFollowed();
    }

    @Override
    public void state(StateIo io) {
        findings.state(io);
        frames.state(io);
        asids.state(io);
        contexts.state(io);
        translations.state(io);
        content.state(io);
        mms.state(io);
        threadStates.state(io);
        tables.state(io);
        messages.state(io);
        held.state(io);
        if (io.timed()) {
            order.state(io);
        }
    }
}
