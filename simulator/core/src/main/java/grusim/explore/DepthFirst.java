package grusim.explore;

import grusim.engine.Hash;
import grusim.engine.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread's walk, depth first over snapshots: in each state every agent that can move does so, with every choice.
 *
 * <p>Sleep sets (Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, 1996) leave out a move
 * where it commutes with all since the state in which it was followed first. They are kept with the visited states; who
 * arrives again with fewer agents asleep follows those that were. So all states are visited, but not by all ways. Two
 * moves commute if what they reached when taken from the same state is apart ({@link Reach}).
 */
final class DepthFirst implements Runnable {
    private final Pass pass;
    private final Stepper stepper;
    private Visit[] path;
    private volatile int top = -1;
    private long transitions;
    private long schedules;

    DepthFirst(Pass pass, Stepper stepper) {
        this.pass = pass;
        this.stepper = stepper;
        path = new Visit[0];
        grow();
    }

    private void grow() {
        int length = path.length;
        path = Arrays.copyOf(path, Math.max(64, 2 * length));
        for (int i = length; i < path.length; i++) {
            path[i] = new Visit(stepper.agents());
        }
    }

    /** Looks at the state the stepper is in, the first of all, and offers its moves to the threads of the pass. */
    void first() {
        Visit visit = new Visit(stepper.agents());
        if (arrive(visit, null, 0)) {
            visit.given();
            pass.give(visit);
        }
    }

    @Override
    public void run() {
        try {
            for (Visit visit = pass.take(); visit != null; visit = pass.take()) {
                path[0] = visit;
                top = 0;
                walk();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pass.end("interrupted");
        } catch (OutOfMemoryError e) {
            pass.end("memory");
        } catch (RuntimeException | AssertionError e) {
            pass.failed(e);
        }
    }

    private void walk() {
        int at = 0;
        while (at >= 0 && !pass.over()) {
            Visit visit = path[at];
            if (!visit.advance()) {
                top = --at;
                continue;
            }
            if (pass.hungry()) {
                share(at);
            }
            visit.move(stepper);
            transitions++;
            if (at + 1 == path.length) {
                grow();
            }
            long asleep = pass.sleepSets ? visit.asleepAfter(stepper.reach()) : 0;
            if (arrive(path[at + 1], visit, asleep)) {
                top = ++at;
            } else {
                schedules++;
            }
        }
    }

    /** Looks at the state just reached; whether there are moves to follow from it. */
    private boolean arrive(Visit to, @Nullable Visit from, long asleep) {
        String violation = stepper.violation();
        if (violation != null) {
            pass.found(violation);
            return false;
        }
        place(to, from);
        Snapshot state = stepper.save();
        return pass.sleepSets ? visitAsleep(to, from, state, asleep) : visitWithin(to, state);
    }

    private void place(Visit to, @Nullable Visit from) {
        to.enabled = stepper.enabled();
        to.depth = from == null ? 0 : from.depth + 1;
        to.running = from == null ? Visit.NOBODY : from.agent();
        to.preemptions = from == null ? 0 : from.preemptions + (from.preempts(from.agent()) ? 1 : 0);
    }

    private boolean visitAsleep(Visit to, @Nullable Visit from, Snapshot state, long asleep) {
        long fingerprint = state.fingerprint();
        long before = pass.visited.sleep(fingerprint, asleep);
        if (before == Visited.NEW) {
            seen(fingerprint, to.enabled);
        }
        long follow = (before == Visited.NEW ? to.enabled : before) & ~asleep;
        if (follow == 0) {
            return false;
        }
        // Agents followed at an earlier visit had others asleep: they do not sleep now.
        to.arrive(state, follow, before == Visited.NEW ? asleep : before & asleep);
        for (long left = to.asleep(); left != 0 && from != null; left &= left - 1) {
            int sleeper = Long.numberOfTrailingZeros(left);
            to.sleeps(sleeper, from.reach(sleeper));
        }
        return true;
    }

    private boolean visitWithin(Visit to, Snapshot state) {
        long fingerprint = state.fingerprint();
        Bounds bounds = pass.bounds;
        long key = fingerprint;
        if (pass.distinct != pass.visited) {
            key = Hash.finish(Hash.mix(fingerprint, (long) to.preemptions << Integer.SIZE | (to.running + 1)));
        }
        if (!pass.visited.cheaper(key, bounds.depth() == Integer.MAX_VALUE ? 0 : to.depth)) {
            return false;
        }
        if (pass.distinct == pass.visited || pass.distinct.add(fingerprint)) {
            seen(fingerprint, to.enabled);
        }
        long follow = to.enabled;
        if (follow != 0 && to.depth >= bounds.depth()) {
            pass.leftOut("depth " + bounds.depth());
            return false;
        }
        if (to.preemptions >= bounds.preemptions() && to.preempts(Visit.NOBODY)) {
            follow = 1L << to.running;
            if (to.enabled != follow) {
                pass.leftOut("preemptions " + bounds.preemptions());
            }
        }
        if (follow == 0) {
            return false;
        }
        to.arrive(state, follow, 0);
        return true;
    }

    /** A state was reached for the first time: is it an end, and is it the last one within the bound? */
    private void seen(long fingerprint, long enabled) {
        if (enabled == 0) {
            String stuck = stepper.stuck();
            if (stuck != null) {
                pass.found(stuck);
            }
            pass.ends.accept(fingerprint);
        }
        pass.count(pass.distinct.size());
    }

    /** Gives the moves that are left nearest to the root to a thread that has nothing to do. */
    private void share(int at) {
        for (int i = 0; i <= at; i++) {
            if (path[i].divisible()) {
                pass.give(path[i].divide());
                return;
            }
        }
    }

    /** The moves that lead from the root of this walk to the last state looked at. */
    List<Schedule.Move> moves() {
        List<Schedule.Move> moves = new ArrayList<>();
        for (int i = 0; i <= top; i++) {
            moves.add(Schedule.move(path[i].agent(), path[i].followed()));
        }
        return moves;
    }

    long transitions() {
        return transitions;
    }

    long schedules() {
        return schedules;
    }

    int depth() {
        return top + 1;
    }

    /** Number of states on the path that have moves left to follow. */
    long frontier() {
        Visit[] now = path;
        long left = 0;
        for (int i = Math.min(top, now.length - 1); i >= 0; i--) {
            left += now[i].divisible() ? 1 : 0;
        }
        return left;
    }
}
