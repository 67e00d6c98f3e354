package grusim.explore;

import grusim.engine.Snapshot;
import java.util.Arrays;

/**
 * A state on the path of a walk: how to come back to it, and which of its moves are to be followed. Used again for other
 * states at the same depth, without allocating.
 */
final class Visit {
    /** No agent: the initial state was not reached by anybody's move. */
    static final int NOBODY = -1;

    private static final int EXHAUSTED = -1;

    private long[] words = new long[0];
    private int length;

    /** Agents whose moves are still to be followed, after the present one. */
    private long todo;

    /** Agents whose moves from here are covered elsewhere: asleep when the walk arrived, or followed since. */
    private long sleep;

    private final Reach[] reaches;

    private int agent;
    private int[] next = new int[4];
    private int nextLength;
    private int[] followed = new int[4];
    private int followedLength;
    private boolean untouched;

    /** Steps and preemptions on the path to here, the agent that moved last, and those that can move. */
    int depth;

    int preemptions;
    int running;
    long enabled;

    Visit(int agents) {
        reaches = new Reach[agents];
        Arrays.setAll(reaches, i -> new Reach());
    }

    /** Another thread will follow the moves, whose simulation is in another state. */
    void given() {
        untouched = false;
    }

    /** Makes this the visit of a state in which the walk has just arrived, with the moves to follow. */
    void arrive(Snapshot state, long follow, long asleep) {
        resize(state.length());
        state.copyTo(words, 0);
        untouched = true;
        begin(follow, asleep);
    }

    private void begin(long follow, long asleep) {
        todo = follow;
        sleep = asleep;
        agent = NOBODY;
        nextLength = EXHAUSTED;
    }

    private void resize(int count) {
        if (words.length < count) {
            words = new long[count + (count >> 3)];
        }
        length = count;
    }

    /** Notes how far the moves of an agent that sleeps here reach. */
    void sleeps(int sleeper, Reach reach) {
        reaches[sleeper].clear();
        reaches[sleeper].add(reach);
    }

    /** Moves on to the next move: another combination of choices, or another agent; false if there is none. */
    boolean advance() {
        if (nextLength == EXHAUSTED) {
            rest();
            if (todo == 0) {
                return false;
            }
            agent = Long.numberOfTrailingZeros(todo);
            todo &= todo - 1;
            nextLength = 0;
            reaches[agent].clear();
        }
        return true;
    }

    /** The present agent's moves are followed: what comes after may leave them to other orders. */
    private void rest() {
        if (agent != NOBODY) {
            sleep |= 1L << agent;
            agent = NOBODY;
        }
    }

    /** Takes the present move. */
    void move(Stepper stepper) {
        if (!untouched) {
            stepper.load(words, length);
        }
        untouched = false;
        stepper.move(agent, next, nextLength);
        reaches[agent].add(stepper.reach());
        Branches branches = stepper.branches();
        followedLength = branches.length();
        followed = branches.copyTo(followed, followedLength);
        nextLength = branches.advance();
        next = branches.copyTo(next, nextLength);
    }

    /** The choices of the move taken last. */
    int[] followed() {
        return Arrays.copyOf(followed, followedLength);
    }

    /** The agent of the present move. */
    int agent() {
        return agent;
    }

    /** Agents whose moves need not be followed after a move of the present agent with the given reach, as a bit mask. */
    long asleepAfter(Reach reach) {
        long asleep = 0;
        for (long left = sleep; left != 0; left &= left - 1) {
            int sleeper = Long.numberOfTrailingZeros(left);
            if (reaches[sleeper].apart(sleeper, reach, agent)) {
                asleep |= 1L << sleeper;
            }
        }
        return asleep;
    }

    /** Agents whose moves from here are covered elsewhere, as a bit mask. */
    long asleep() {
        return sleep;
    }

    /** Whether a move of the given agent would preempt the one that moved last, which could go on. */
    boolean preempts(int mover) {
        return running != NOBODY && mover != running && (enabled & 1L << running) != 0;
    }

    /** How far the moves of an agent that sleeps here reach. */
    Reach reach(int sleeper) {
        return reaches[sleeper];
    }

    /** Whether there are agents whose moves another thread could follow. */
    boolean divisible() {
        return todo != 0;
    }

    /** Gives away the moves of all agents but the present one, as a visit for another thread. */
    Visit divide() {
        Visit given = new Visit(reaches.length);
        given.words = Arrays.copyOf(words, length);
        given.length = length;
        given.begin(todo, sleep | (agent != NOBODY && nextLength == EXHAUSTED ? 1L << agent : 0));
        for (long left = given.sleep; left != 0; left &= left - 1) {
            int sleeper = Long.numberOfTrailingZeros(left);
            given.sleeps(sleeper, reaches[sleeper]);
        }
        given.depth = depth;
        given.preemptions = preemptions;
        given.running = running;
        given.enabled = enabled;
        todo = 0;
        return given;
    }
}
