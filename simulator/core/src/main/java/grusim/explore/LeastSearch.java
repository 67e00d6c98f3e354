package grusim.explore;

import grusim.engine.Hash;
import grusim.engine.Snapshot;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches the least way to anything wrong: fewest changes of the agent that moves, then fewest moves, then the one that
 * comes first when lower agents and lower choices are tried first. Level by level of changes, within a level by number of
 * moves; a node is a state and the agent that moved last. One thread, nothing random: always the same result.
 */
final class LeastSearch {
    private static final int[] NO_CHOICES = {};
    private static final int ROOT = 0;

    private final Stepper stepper;
    private final long mostNodes;
    private final BooleanSupplier stopped;
    private final Visited visited = new Visited();
    private final Visited states = new Visited();

    private int nodes;
    private int[] parent = new int[1 << 10];
    private int[] steps = new int[1 << 10];
    private byte[] mover = new byte[1 << 10];
    private int[][] choices = new int[1 << 10][];
    private long[] place = new long[1 << 10];

    /** States of the level before, and of the present one. */
    private PackedStates before = new PackedStates();

    private PackedStates present = new PackedStates();
    private long transitions;
    private @Nullable String found;
    private @Nullable Throwable failure;

    /** Prepares a search from the state that the stepper is in. */
    LeastSearch(Stepper stepper, long mostNodes, BooleanSupplier stopped) {
        this.stepper = stepper;
        this.mostNodes = Math.min(mostNodes, Integer.MAX_VALUE / 2);
        this.stopped = stopped;
    }

    /** Searches; whether something wrong was found before the search had to end. */
    boolean run() {
        found = stepper.violation();
        add(ROOT, Visit.NOBODY, NO_CHOICES, stepper.save());
        long fingerprint = stepper.save().fingerprint();
        states.add(fingerprint);
        int from = ROOT;
        while (!over() && from < nodes) {
            PackedStates free = before;
            before = present;
            present = free;
            present.clear();
            int to = nodes;
            level(from, to);
            from = to;
        }
        return found != null;
    }

    private boolean over() {
        return found != null || nodes >= mostNodes || stopped.getAsBoolean();
    }

    /** Goes on from the nodes of one level by a change of agent, and on from those without. */
    private void level(int from, int to) {
        int switching = from;
        int going = to;
        while (!over() && (switching < to || going < nodes)) {
            boolean change = switching < to && (going == nodes || steps[switching] <= steps[going]);
            int node = change ? switching++ : going++;
            expand(node, change);
        }
    }

    private void expand(int node, boolean change) {
        PackedStates level = change ? before : present;
        level.get(place[node]);
        stepper.load(level.words(), level.length());
        long same = mover[node] == Visit.NOBODY ? 0 : 1L << mover[node];
        boolean fresh = true;
        for (long left = stepper.enabled() & (change ? ~same : same); left != 0; left &= left - 1) {
            int agent = Long.numberOfTrailingZeros(left);
            int[] next = NO_CHOICES;
            int length = 0;
            while (length >= 0 && found == null) {
                if (!fresh) {
                    stepper.load(level.words(), level.length());
                }
                fresh = false;
                move(node, agent, next, length);
                length = stepper.branches().advance();
                next = length > 0 ? stepper.branches().copyTo(NO_CHOICES, length) : NO_CHOICES;
            }
        }
    }

    private void move(int node, int agent, int[] prescribed, int length) {
        transitions++;
        try {
            stepper.move(agent, prescribed, length);
        } catch (RuntimeException | AssertionError e) {
            failure = e;
            found = "a step failed: " + e;
            keep(node, agent, Arrays.copyOf(prescribed, length));
            return;
        }
        int[] combination = stepper.branches().combination();
        found = stepper.violation();
        if (found == null && stepper.enabled() == 0) {
            found = stepper.stuck();
        }
        if (found != null) {
            keep(node, agent, combination);
            return;
        }
        Snapshot state = stepper.save();
        long fingerprint = state.fingerprint();
        states.add(fingerprint);
        if (visited.add(Hash.finish(Hash.mix(fingerprint, agent + 1)))) {
            add(node, agent, combination, state);
        }
    }

    private void add(int from, int agent, int[] combination, Snapshot state) {
        int node = keep(from, agent, combination);
        place[node] = present.add(state);
    }

    private int keep(int from, int agent, int[] combination) {
        if (nodes == parent.length) {
            int length = 2 * nodes;
            parent = Arrays.copyOf(parent, length);
            steps = Arrays.copyOf(steps, length);
            mover = Arrays.copyOf(mover, length);
            choices = Arrays.copyOf(choices, length);
            place = Arrays.copyOf(place, length);
        }
        parent[nodes] = from;
        steps[nodes] = nodes == ROOT ? 0 : steps[from] + 1;
        mover[nodes] = (byte) agent;
        choices[nodes] = combination.length == 0 ? NO_CHOICES : combination;
        return nodes++;
    }

    /** What was found to be wrong. */
    @Nullable
    String found() {
        return found;
    }

    /** Why the last step could not be taken; null if it could. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** The moves that lead to it. */
    Deque<Schedule.Move> moves() {
        Deque<Schedule.Move> moves = new ArrayDeque<>();
        for (int node = nodes - 1; node != ROOT; node = parent[node]) {
            moves.addFirst(Schedule.move(mover[node], choices[node]));
        }
        return moves;
    }

    /** Number of distinct states met. */
    long states() {
        return states.size();
    }

    long transitions() {
        return transitions;
    }
}
