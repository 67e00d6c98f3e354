package grusim.explore;

import grusim.engine.Footprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which steps are silent: they choose nothing, disturb nobody, inform no invariant, and touch at most state that no other
 * agent ever touches. Where an agent is ever interrupted, a silent step touches nothing and masks nothing, so that it
 * commutes with the handlers that may run before it.
 *
 * <p>This is found out while exploring. What is known only grows towards "others notice"; if that befalls a step which
 * the present pass took for silent, the pass is {@link #stale} and has to begin anew. A pass that ends without that was
 * right about every step, and since it meets every step in every order that matters, what it knew in the end depends on
 * the simulation only.
 *
 * <p>Safe for use by several threads.
 */
final class StepKinds {
    private static final int NOBODY = -1;
    private static final int MANY = -2;

    private final List<Map<Long, StepKind>> kinds = new ArrayList<>();
    private volatile int[] owners = new int[0];
    private long interrupted;
    private volatile boolean stale;

    StepKinds(int agents) {
        for (int i = 0; i < agents; i++) {
            kinds.add(new TreeMap<>());
        }
    }

    /** What is known of the step at a position of an agent. */
    synchronized StepKind at(int agent, long position) {
        return kinds.get(agent).computeIfAbsent(position, p -> new StepKind(agent));
    }

    /** Whether a step that this pass took for silent is not. */
    boolean stale() {
        return stale;
    }

    /** Begins a new pass with what is known. */
    synchronized void begin() {
        stale = false;
        kinds.forEach(ofAgent -> ofAgent.values().forEach(kind -> kind.relied = false));
    }

    /** Whether all that a step touched is known to be touched by this agent alone, or by many. */
    boolean ownedAlready(int agent, Footprint footprint) {
        int[] known = owners;
        for (int i = 0; i < footprint.count(); i++) {
            int shared = footprint.shared(i);
            if (shared >= known.length || (known[shared] != agent && known[shared] != MANY)) {
                return false;
            }
        }
        return true;
    }

    /** Learns what an agent's step touched. */
    synchronized void touched(int agent, Footprint footprint) {
        for (int i = 0; i < footprint.count(); i++) {
            own(footprint.shared(i), agent);
        }
    }

    /** Learns that interrupts are raised at an agent. */
    synchronized void interrupted(int agent) {
        if ((interrupted & 1L << agent) == 0) {
            interrupted |= 1L << agent;
            kinds.get(agent).values().forEach(this::judgeAgain);
        }
    }

    /**
     * Learns what a step did, and says whether it can be taken for silent; if so the pass relies on it if it is to.
     *
     * @param noticed whether it chose, disturbed an agent, informed an invariant or conflicts with everything
     * @param masks whether it masked or unmasked interrupts
     */
    synchronized boolean silent(StepKind kind, Footprint footprint, boolean noticed, boolean masks, boolean relied) {
        kind.noticed |= noticed;
        kind.masks |= masks;
        for (int i = 0; i < footprint.count(); i++) {
            kind.touch(footprint.shared(i));
            own(footprint.shared(i), kind.agent);
        }
        boolean silent = judge(kind);
        kind.relied |= relied && silent;
        return silent;
    }

    /** Relies on a step that is known to be silent; false if that has just changed. */
    synchronized boolean rely(StepKind kind) {
        boolean silent = kind.status == StepKind.Status.SILENT;
        kind.relied |= silent;
        return silent;
    }

    private void own(int shared, int agent) {
        if (shared >= owners.length) {
            int[] more = Arrays.copyOf(owners, Math.max(shared + 1, 2 * owners.length));
            Arrays.fill(more, owners.length, more.length, NOBODY);
            owners = more;
        }
        int owner = owners[shared];
        if (owner == NOBODY) {
            owners[shared] = agent;
        } else if (owner != agent && owner != MANY) {
            owners[shared] = MANY;
            for (StepKind kind : kinds.get(owner).values()) {
                if (kind.touches(shared)) {
                    judgeAgain(kind);
                }
            }
        }
    }

    private void judgeAgain(StepKind kind) {
        if (kind.status != StepKind.Status.UNKNOWN) {
            judge(kind);
        }
    }

    private boolean judge(StepKind kind) {
        boolean exposed = (interrupted & 1L << kind.agent) != 0 && (kind.masks || kind.touchesAnything());
        boolean visible = kind.noticed || exposed || touchesOthers(kind);
        kind.status = visible ? StepKind.Status.VISIBLE : StepKind.Status.SILENT;
        stale |= visible && kind.relied;
        return !visible;
    }

    private boolean touchesOthers(StepKind kind) {
        for (int shared : kind.touched()) {
            if (owners[shared] == MANY) {
                return true;
            }
        }
        return false;
    }
}
