package grusim.explore;

import grusim.engine.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which steps are silent: they choose nothing and disturb nobody, and no other agent, nor a handler of the agent's own
 * interrupts, ever makes an access that conflicts with theirs. Where an agent is interrupted, a silent step does not
 * change what is masked and does not begin to wait; where a unit is commanded while it works, it has no silent steps.
 *
 * <p>This is found out while exploring. What is known only grows towards "others notice"; if that befalls a step which
 * the present pass took for silent, the pass is {@link #stale} and has to begin anew. A pass that ends without that was
 * right about every step, and since it meets every step in every order that matters, what it knew in the end depends on
 * the simulation only.
 *
 * <p>Safe for use by several threads.
 */
final class StepKinds {
    private final List<Map<Long, StepKind>> kinds = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private final Accesses accesses = new Accesses();
    private long interrupted;
    private long nested;
    private long meddled;
    private volatile boolean stale;

    StepKinds(int agents) {
        for (int i = 0; i < agents; i++) {
            actors.add(new Actor(i, false));
            actors.add(new Actor(i, true));
        }
        actors.forEach(actor -> kinds.add(new TreeMap<>()));
    }

    /** An agent's own routines, or its handlers. */
    Actor actor(int agent, boolean handler) {
        return actors.get(2 * agent + (handler ? 1 : 0));
    }

    /** What is known of the step at a position. */
    synchronized StepKind at(Actor actor, long position) {
        return kinds.get(actor.number()).computeIfAbsent(position, p -> new StepKind(actor));
    }

    /** Whether a step that this pass took for silent is not. */
    boolean stale() {
        return stale;
    }

    /** Begins a new pass with what is known. */
    synchronized void begin() {
        stale = false;
        kinds.forEach(ofActor -> ofActor.values().forEach(kind -> kind.relied = false));
    }

    /** Learns that interrupts are raised at an agent. */
    synchronized void interrupted(int agent) {
        interrupted |= 1L << agent;
        judgeAll();
    }

    /** Learns that an agent's handlers are interrupted themselves. */
    synchronized void nested(int agent) {
        nested |= 1L << agent;
        judgeAll();
    }

    /** Learns that a unit is commanded while it works. */
    synchronized void meddled(int agent) {
        meddled |= 1L << agent;
        judgeAll();
    }

    /** Learns an access that an actor makes. */
    synchronized void access(Actor actor, long access) {
        if (accesses.add(actor, access)) {
            judgeAll();
        }
    }

    /**
     * Learns what a step did, and says whether it can be taken for silent; if so the pass relies on it if it is to.
     *
     * @param observed topics on which it informed the invariants
     * @param noticed whether it chose, disturbed an agent or conflicts with everything
     * @param masks whether it masked or unmasked interrupts, or began to wait
     */
    synchronized boolean silent(
            StepKind kind, Footprint footprint, long observed, boolean noticed, boolean masks, boolean relied) {
        kind.noticed |= noticed;
        kind.masks |= masks;
        for (int i = 0; i < footprint.count(); i++) {
            make(kind, Accesses.access(footprint, i));
        }
        for (long left = observed; left != 0; left &= left - 1) {
            make(kind, Accesses.topic(Long.numberOfTrailingZeros(left)));
        }
        boolean silent = judge(kind);
        kind.relied |= relied && silent;
        return silent;
    }

    private void make(StepKind kind, long access) {
        kind.make(access);
        access(kind.actor, access);
    }

    /** Relies on a step that is known to be silent; false if that has just changed. */
    synchronized boolean rely(StepKind kind) {
        boolean silent = kind.status == StepKind.Status.SILENT;
        kind.relied |= silent;
        return silent;
    }

    private void judgeAll() {
        for (Map<Long, StepKind> ofActor : kinds) {
            for (StepKind kind : ofActor.values()) {
                if (kind.status == StepKind.Status.SILENT) {
                    judge(kind);
                }
            }
        }
    }

    private boolean judge(StepKind kind) {
        long agent = 1L << kind.actor.agent();
        boolean visible =
                kind.noticed || (kind.masks && (interrupted & agent) != 0) || (meddled & agent) != 0 || conflicts(kind);
        kind.status = visible ? StepKind.Status.VISIBLE : StepKind.Status.SILENT;
        stale |= visible && kind.relied;
        return !visible;
    }

    private boolean conflicts(StepKind kind) {
        boolean alone = (nested & 1L << kind.actor.agent()) == 0;
        for (long access : kind.accesses()) {
            if (accesses.conflict(kind.actor, access, alone)) {
                return true;
            }
        }
        return false;
    }
}
