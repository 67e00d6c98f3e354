package grusim.contract;

import grusim.driver.DriverObserver;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.gru.DeviceObserver;
import grusim.linux.VmObserver;
import java.util.List;
import java.util.Optional;

/**
 * The invariants that watch one simulation. Install the three observers before the first step (frames count as free until
 * their allocation is heard of), and list this with {@link Engine#component} if snapshots are taken.
 *
 * <p>What is kept is a pure function of what was announced; nothing is allocated in steady state. In an exploration
 * snapshots hold what decides later judgements only: no times, counts or words. Point 5 of the contract, completion and
 * deadlock, is not judged here. One simulation's thread only.
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
    private final DeviceWatch device;
    private final VmWatch vm;
    private final DriverWatch driver;

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
        translations = new StaleTranslations(findings, frames, asids, topics);
        content = new MemoryContent(findings, mostPages);
        mms = new Lifetimes(findings, Invariant.USED_AFTER_END, "address space");
        threadStates = new Lifetimes(findings, Invariant.USED_AFTER_END, "thread state");
        tables = new Lifetimes(findings, Invariant.TABLE_READ_AFTER_FREE, "page-table page");
        device = new DeviceWatch(contexts, translations, asids, content, bytes, topics);
        vm = new VmWatch(findings, frames, translations, content, mms, tables, bytes, topics);
        driver = new DriverWatch(contexts, translations, asids, mms, threadStates, topics);
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
    }
}
