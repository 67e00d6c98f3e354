package grusim.explore;

import grusim.engine.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks every state of a simulation: in each, every agent that can step does so, with every choice the model leaves open.
 * What is wrong is found in whatever state it shows; then the least way there is searched.
 *
 * <p>With reduction, steps that nobody can notice are taken at once ({@link StepKinds}), and moves that commute are not
 * followed in both orders ({@link DepthFirst}). Neither leaves out anything wrong, provided that steps which access
 * anything in common say so ({@link grusim.engine.Footprint}), and that {@link Subject#observed} says what else
 * {@link Subject#violation} looks at.
 *
 * <p>States are told apart by 64-bit fingerprints: among n states, one is overlooked with a probability of about n^2 /
 * 2^65 (three in a million for ten million states). The verdict does not depend on the number of threads.
 */
public final class Explorer {
    private static final int MOST_AGENTS = 63;
    private static final long MOST_NODES = 3_000_000;
    private static final long PROGRESS_MS = 1_000;
    private static final long POLL_MS = 20;

    private final Supplier<? extends Subject> factory;
    private final Bounds bounds;
    private final int workers;
    private final boolean reduction;
    private final Progress progress;
    private final LongConsumer ends;
    private long mostNodes = MOST_NODES;
    private volatile boolean stopped;
    private boolean shows = true;
    private long startedNs;

    /**
     * Prepares an exploration.
     *
     * @param factory makes the same simulation anew, in the same state, whenever it is asked
     * @param workers number of threads
     * @param reduction whether states and moves that add nothing are left out; without it every one is visited
     */
    public Explorer(
            Supplier<? extends Subject> factory, Bounds bounds, int workers, boolean reduction, Progress progress) {
        this(factory, bounds, workers, reduction, progress, end -> {});
    }

    /** As the other one; {@code ends} is told the fingerprint of every state in which nobody can step. */
    Explorer(
            Supplier<? extends Subject> factory,
            Bounds bounds,
            int workers,
            boolean reduction,
            Progress progress,
            LongConsumer ends) {
        if (workers < 1) {
            throw new IllegalArgumentException("an exploration needs at least 1 worker, not " + workers);
        }
        this.factory = factory;
        this.bounds = bounds;
        this.workers = workers;
        this.reduction = reduction;
        this.progress = progress;
        this.ends = ends;
    }

    /** Makes {@link #run}, on whatever thread it runs, return soon with what it has. */
    public void stop() {
        stopped = true;
    }

    /** Sets how many nodes the search for the least counterexample may visit. */
    void mostNodes(long most) {
        mostNodes = most;
    }

    /** Explores only until it is known how that ends: what is wrong, if anything, is not shown. */
    public Outcome outcome() {
        shows = false;
        return run().outcome();
    }

    /** Explores. */
    public Verdict run() {
        startedNs = System.nanoTime();
        Copies copies = new Copies(factory);
        StepKinds kinds = kinds(copies);
        while (true) {
            Pass pass = new Pass(bounds, kinds, workers, ends);
            List<DepthFirst> walks = walk(pass, copies, kinds, workers);
            String found = pass.found();
            Throwable failure = pass.failure();
            if (!shows && (found != null || failure != null)) {
                return new Verdict(Outcome.VIOLATED, pass.distinct.size(), 0, 0, "", "", null, false);
            }
            if (found != null || failure != null) {
                return violated(found == null ? String.valueOf(failure) : found);
            }
            boolean complete = copies.complete();
            if (pass.ended() || (complete && !pass.stale())) {
                return passed(pass, walks);
            }
        }
    }

    /** What random schedules tell about steps; null without reduction. */
    private @Nullable StepKinds kinds(Copies copies) {
        Subject subject = copies.make();
        int agents = subject.engine().agents().size();
        if (agents > MOST_AGENTS) {
            throw new IllegalArgumentException(
                    "an exploration has at most " + MOST_AGENTS + " agents, this one has " + agents);
        }
        StepKinds kinds = new StepKinds(agents);
        Snapshot initial = Snapshot.of(subject.engine(), false);
        long[] words = new long[initial.length()];
        initial.copyTo(words, 0);
        try {
            Sampling.run(new Stepper(subject, kinds), words, words.length);
        } catch (RuntimeException | AssertionError e) {
            // A step that fails is met again, with the way to it.
            kinds.begin();
        }
        copies.teach();
        return reduction ? kinds : null;
    }

    private List<DepthFirst> walk(Pass pass, Copies copies, @Nullable StepKinds kinds, int count) {
        List<DepthFirst> walks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Stepper stepper = i == 0 ? stepper(copies, kinds) : new Stepper(copies.make(), kinds);
            DepthFirst walk = new DepthFirst(pass, stepper);
            if (i == 0) {
                try {
                    stepper.begin();
                    walk.first();
                } catch (RuntimeException | AssertionError e) {
                    pass.failed(e);
                }
            }
            walks.add(walk);
            threads.add(new Thread(walk, "explorer " + i));
        }
        threads.forEach(Thread::start);
        attend(pass, walks, threads);
        return walks;
    }

    /** The first copy of a pass, which begins anew with what is known of steps. */
    private static Stepper stepper(Copies copies, @Nullable StepKinds kinds) {
        if (kinds != null) {
            kinds.begin();
        }
        return new Stepper(copies.make(), kinds);
    }

    /** Waits for the threads, reports progress, and ends the pass when time is over or somebody wants it to. */
    private void attend(Pass pass, List<DepthFirst> walks, List<Thread> threads) {
        long reportedNs = System.nanoTime();
        long reported = 0;
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join(POLL_MS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                long nowNs = System.nanoTime();
                if (stopped || interrupted) {
                    pass.end("interrupted");
                } else if (bounds.millis() != Long.MAX_VALUE
                        && TimeUnit.NANOSECONDS.toMillis(nowNs - startedNs) >= bounds.millis()) {
                    pass.end("time " + bounds.millis() + " ms");
                }
                long sinceMs = TimeUnit.NANOSECONDS.toMillis(nowNs - reportedNs);
                if (sinceMs >= PROGRESS_MS) {
                    long states = pass.distinct.size();
                    progress.explored(states, (states - reported) * 1_000 / sinceMs, depth(walks), frontier(walks));
                    reported = states;
                    reportedNs = nowNs;
                }
            }
        }
        if (interrupted) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }

    private static int depth(List<DepthFirst> walks) {
        return walks.stream().mapToInt(DepthFirst::depth).max().orElse(0);
    }

    private static long frontier(List<DepthFirst> walks) {
        return walks.stream().mapToLong(DepthFirst::frontier).sum();
    }

    private static Verdict passed(Pass pass, List<DepthFirst> walks) {
        String bound = pass.bound();
        return new Verdict(
                bound == null ? Outcome.SAFE : Outcome.BOUNDED,
                pass.distinct.size(),
                walks.stream().mapToLong(DepthFirst::transitions).sum(),
                walks.stream().mapToLong(DepthFirst::schedules).sum(),
                bound == null ? "" : bound,
                "",
                null,
                false);
    }

    /** Something is wrong: searches the least way to anything wrong, from the beginning and with one thread. */
    private Verdict violated(@Nullable String found) {
        Copies copies = new Copies(factory);
        StepKinds kinds = kinds(copies);
        while (true) {
            Stepper stepper = stepper(copies, kinds);
            LeastSearch search = new LeastSearch(stepper, mostNodes, () -> stopped);
            stepper.begin();
            boolean least = search.run();
            boolean complete = copies.complete();
            if ((complete || !least) && !stale(kinds)) {
                return least ? verdict(search, copies, kinds) : first(search, found);
            }
        }
    }

    private static boolean stale(@Nullable StepKinds kinds) {
        return kinds != null && kinds.stale();
    }

    private Verdict verdict(LeastSearch search, Copies copies, @Nullable StepKinds kinds) {
        String violation = Objects.requireNonNull(search.found());
        Linearized.Way way = new Linearized(copies, kinds).of(search.moves(), violation);
        Throwable failure = search.failure();
        if (failure != null) {
            throw new IllegalStateException(
                    violation + "; replay " + way.schedule().token(), failure);
        }
        return new Verdict(
                Outcome.VIOLATED, search.states(), search.transitions(), 1, "", way.violation(), way.schedule(), true);
    }

    /** The least way is too far to search: goes depth first, with one thread, to the first thing that is wrong. */
    private Verdict first(LeastSearch search, @Nullable String found) {
        Copies copies = new Copies(factory);
        StepKinds kinds = kinds(copies);
        while (true) {
            Pass pass = new Pass(Bounds.NONE, kinds, 1, end -> {});
            DepthFirst walk = walk(pass, copies, kinds, 1).get(0);
            boolean complete = copies.complete();
            if (pass.found() == null && !pass.ended() && (pass.stale() || !complete)) {
                continue;
            }
            String violation = pass.found();
            Linearized.Way way = violation == null ? null : new Linearized(copies, kinds).of(walk.moves(), violation);
            return new Verdict(
                    Outcome.VIOLATED,
                    search.states(),
                    search.transitions(),
                    1,
                    "least counterexample among " + search.states() + " states",
                    way == null ? String.valueOf(found) : way.violation(),
                    way == null ? null : way.schedule(),
                    false);
        }
    }
}
