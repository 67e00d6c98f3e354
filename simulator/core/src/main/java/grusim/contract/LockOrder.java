package grusim.contract;

import grusim.engine.Engine;
import grusim.engine.Hash;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Point 5: locks are taken in one order. As Linux's lockdep (kernel/locking/lockdep.c) does it, by kinds of locks: whoever
 * wants a lock while it holds another adds an edge between their kinds, and a cycle of edges is a violation at once, though
 * nobody may be deadlocked yet.
 *
 * <p>Only what can deadlock is a violation. A try adds no edge. A cycle needs two agents, and at each of its locks a way of
 * holding that keeps the way of wanting out: shared keeps shared out only if a third agent wants the lock alone, since
 * waiters queue in order of arrival. What was done under a lock of one kind that one of them held alone never
 * happens at the same time. lockdep looks at none of these three. Locks of one kind that are held together are not ordered.
 */
final class LockOrder implements Stateful {
    private static final int KINDS = LockKinds.MOST;
    private static final int SITUATIONS = 1 << 10;
    private static final Acquisition[] NOTHING = {};

    private final Findings findings;
    private final HeldLocks held;
    private final LockKinds kinds;

    /** What was seen, by kind held and kind wanted. */
    private final Acquisition[][] edges = new Acquisition[KINDS * KINDS][];

    /** What was seen of one lock taken twice, shared. */
    private final List<Acquisition> recursions = new ArrayList<>();

    /** Kinds of each cycle that was found, as a mask; of a lock taken twice, its kind. */
    private long[] found = {};

    private final List<Acquisition> path = new ArrayList<>();

    /** What was judged lately and would add nothing: hashes of who wanted what while holding what. */
    private final long[] judged = new long[SITUATIONS];

    LockOrder(Engine engine, Findings findings, HeldLocks held) {
        this.findings = findings;
        this.held = held;
        this.kinds = new LockKinds(engine);
        Arrays.fill(edges, NOTHING);
    }

    private Acquisition[] edges(int from, int to) {
        return edges[from * KINDS + to];
    }

    private void add(Acquisition news) {
        int at = kinds.of(news.held()) * KINDS + kinds.of(news.wanted());
        edges[at] = Arrays.copyOf(edges[at], edges[at].length + 1);
        edges[at][edges[at].length - 1] = news;
    }

    /** An agent takes a lock, and will wait for it if it must. */
    void wanted(int agent, int lock, boolean alone) {
        int kind = kinds.of(lock);
        if (alone && kinds.wantedAlone(agent, lock, findings.nowPs())) {
            judgeShared(agent, lock, kind);
        }
        int count = held.count(agent);
        if (count == 0) {
            return;
        }
        findings.checks += count;
        long situation = Hash.mix(
                Hash.mix(held.signature(agent), 0), (long) agent << Integer.SIZE | (long) lock << 1 | (alone ? 1 : 0));
        int memo = (int) situation & (SITUATIONS - 1);
        if (judged[memo] == situation) {
            return;
        }
        judged[memo] = held.holds(agent, lock) ? 0 : situation;
        for (int place = count - 1; place >= 0; place--) {
            int under = held.lock(agent, place);
            if (under == lock) {
                wantedAgain(agent, lock, held.exclusive(agent, place), alone);
            } else if (kinds.of(under) != kind) {
                wantedUnder(agent, place, lock, alone);
            }
        }
    }

    private void wantedUnder(int agent, int place, int lock, boolean alone) {
        int under = held.lock(agent, place);
        boolean heldAlone = held.exclusive(agent, place);
        long had = 0;
        long hadAlone = 0;
        for (int i = held.count(agent) - 1; i >= 0; i--) {
            long kind = 1L << kinds.of(held.lock(agent, i));
            had |= kind;
            hadAlone |= held.exclusive(agent, i) ? kind : 0;
        }
        int alike = 0;
        for (Acquisition known : edges(kinds.of(under), kinds.of(lock))) {
            if (known.covers(heldAlone, alone, had, hadAlone)) {
                alike += known.agent() == agent ? 2 : 1;
            }
        }
        if (alike < 2) {
            Acquisition news = new Acquisition(findings.nowPs(), agent, under, heldAlone, lock, alone, had, hadAlone);
            add(news);
            judge(news, agent, text(news));
        }
    }

    // ---- cycles ----

    /** Looks for cycles through an acquisition, which what an agent does now may have closed. */
    private void judge(Acquisition news, int agent, String what) {
        path.add(news);
        follow(kinds.of(news.held()), 0, agent, what);
        path.clear();
    }

    private void follow(int first, long passed, int agent, String what) {
        int last = kinds.of(path.get(path.size() - 1).wanted());
        if ((passed >>> last & 1) != 0) {
            return;
        }
        long on = passed | 1L << last;
        if (last == first) {
            closed(on, agent, what);
            return;
        }
        for (int to = 0; to < KINDS; to++) {
            for (Acquisition next : edges(last, to)) {
                path.add(next);
                follow(first, on, agent, what);
                path.remove(path.size() - 1);
            }
        }
    }

    private void closed(long on, int agent, String what) {
        if (!canDeadlock() || !isNew(on)) {
            return;
        }
        Acquisition against = path.get(path.size() - 1);
        String cycle =
                path.stream().map(each -> kinds.name(kinds.of(each.wanted()))).collect(Collectors.joining(" before "));
        findings.violated(
                Invariant.LOCK_ORDER,
                findings.deed(against.atPs(), against.agent(), text(against)),
                agent,
                what
                        + " (%s before %s)"
                                .formatted(kinds.name(kinds.of(path.get(0).held())), cycle));
    }

    private boolean isNew(long cycle) {
        if (Arrays.stream(found).anyMatch(each -> each == cycle)) {
            return false;
        }
        found = Arrays.copyOf(found, found.length + 1);
        found[found.length - 1] = cycle;
        return true;
    }

    private boolean canDeadlock() {
        boolean several = false;
        for (int i = 0; i < path.size(); i++) {
            Acquisition in = path.get(i);
            Acquisition out = path.get((i + 1) % path.size());
            several |= in.agent() != out.agent();
            for (int j = 0; j < i; j++) {
                if (in.excludes(path.get(j))) {
                    return false;
                }
            }
            if (!in.wantedAlone() && !out.heldAlone() && !kinds.wantedAloneBeside(path, kinds.of(in.wanted()))) {
                return false;
            }
        }
        return several;
    }

    private String text(Acquisition each) {
        return "wanted %s%s while it held %s%s"
                .formatted(
                        kinds.lockName(each.wanted()),
                        each.wantedAlone() ? "" : " (shared)",
                        kinds.lockName(each.held()),
                        each.heldAlone() ? "" : " (shared)");
    }

    // ---- shared holders, and a third that wants the lock alone ----

    private void wantedAgain(int agent, int lock, boolean heldAlone, boolean alone) {
        Acquisition twice = new Acquisition(findings.nowPs(), agent, lock, heldAlone, lock, alone, 0, 0);
        if (heldAlone || alone) {
            Deed before = findings.deed(findings.nowPs(), agent, "held " + kinds.lockName(lock));
            findings.violated(Invariant.LOCK_ORDER, before, agent, "wanted it again, and waits for itself");
        } else if (recursions.stream().noneMatch(each -> each.held() == lock)) {
            recursions.add(twice);
            if (kinds.wantedAloneBeside(agent, lock) && isNew(1L << kinds.of(lock))) {
                Deed before = findings.deed(kinds.writerPs(lock), kinds.writer(lock), wantedAlone(lock));
                findings.violated(
                        Invariant.LOCK_ORDER, before, agent, text(twice) + ", behind which it would queue for ever");
            }
        }
    }

    private String wantedAlone(int lock) {
        return "wanted %s for itself alone".formatted(kinds.lockName(lock));
    }

    private void judgeShared(int agent, int lock, int kind) {
        for (Acquisition twice : recursions) {
            if (twice.held() == lock && twice.agent() != agent && isNew(1L << kind)) {
                Deed before = findings.deed(twice.atPs(), twice.agent(), text(twice));
                findings.violated(
                        Invariant.LOCK_ORDER, before, agent, wantedAlone(lock) + ", which lets neither go on");
            }
        }
        for (int from = 0; from < KINDS; from++) {
            for (Acquisition each : edges(from, kind)) {
                if (!each.wantedAlone()) {
                    judge(each, agent, wantedAlone(lock) + ", which keeps shared holders out");
                }
            }
        }
    }

    @Override
    public void state(StateIo io) {
        kinds.state(io);
        found = io.array(found, io.i32(found.length));
        List<Acquisition> all = new ArrayList<>();
        for (Acquisition[] some : edges) {
            Collections.addAll(all, some);
        }
        all.addAll(recursions);
        int count = io.i32(all.size());
        if (io.loading()) {
            Arrays.fill(edges, NOTHING);
            Arrays.fill(judged, 0);
            recursions.clear();
        }
        for (int i = 0; i < count; i++) {
            Acquisition each = state(io, io.loading() ? null : all.get(i));
            if (io.loading() && each.held() == each.wanted()) {
                recursions.add(each);
            } else if (io.loading()) {
                add(each);
            }
        }
    }

    private static Acquisition state(StateIo io, @Nullable Acquisition saved) {
        Acquisition each = saved == null ? new Acquisition(0, 0, 0, false, 0, false, 0, 0) : saved;
        return new Acquisition(
                io.i64(each.atPs()),
                io.i32(each.agent()),
                io.i32(each.held()),
                io.bool(each.heldAlone()),
                io.i32(each.wanted()),
                io.bool(each.wantedAlone()),
                io.i64(each.had()),
                io.i64(each.hadAlone()));
    }
}
