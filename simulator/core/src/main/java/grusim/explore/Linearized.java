package grusim.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes moves out as single steps. Silent steps are put off until just before the next noticeable step of their agent,
 * so that they change no agent, and left out at the end if what is wrong shows without them.
 */
final class Linearized {
    /**
     * What the moves are written out to.
     *
     * @param schedule the steps
     * @param violation what is wrong at their end, as told by a simulation that has taken them all
     */
    record Way(Schedule schedule, String violation) {}

    private final Copies copies;
    private final @Nullable StepKinds kinds;

    Linearized(Copies copies, @Nullable StepKinds kinds) {
        this.copies = copies;
        this.kinds = kinds;
    }

    /** The steps of these moves, which lead to the given violation. */
    Way of(Collection<Schedule.Move> moves, String violation) {
        List<Schedule.Move> eager = new ArrayList<>();
        List<Boolean> silent = new ArrayList<>();
        Stepper stepper = new Stepper(copies.make(), kinds);
        Deque<Schedule.Move> left = new ArrayDeque<>(moves);
        stepper.listener((agent, unnoticed) -> {
            eager.add(unnoticed ? new Schedule.Move(agent, List.of()) : left.getFirst());
            silent.add(unnoticed);
        });
        stepper.begin();
        while (!left.isEmpty()) {
            Schedule.Move move = left.getFirst();
            int[] choices = move.choices().stream().mapToInt(Integer::intValue).toArray();
            int before = eager.size();
            try {
                stepper.move(move.agent(), choices, choices.length);
            } catch (RuntimeException | AssertionError e) {
                if (eager.size() == before) {
                    eager.add(move);
                    silent.add(false);
                }
            }
            left.removeFirst();
        }
        for (boolean whole : new boolean[] {false, true}) {
            Schedule lazy = new Schedule(lazy(eager, silent, whole));
            String again = replayed(lazy);
            if (again != null) {
                return new Way(lazy, again);
            }
        }
        return new Way(new Schedule(eager), violation);
    }

    private @Nullable String replayed(Schedule schedule) {
        try {
            return new Replay(copies.make(), schedule, (number, agent, routine, pc, move) -> {}).run();
        } catch (IllegalArgumentException e) {
            return null;
        } catch (RuntimeException | AssertionError e) {
            return "a step failed: " + e;
        }
    }

    private static List<Schedule.Move> lazy(List<Schedule.Move> eager, List<Boolean> silent, boolean whole) {
        List<Schedule.Move> lazy = new ArrayList<>();
        int agents = eager.stream().mapToInt(Schedule.Move::agent).max().orElse(0) + 1;
        int[] putOff = new int[agents];
        int last = eager.size() - 1;
        for (int i = 0; i <= last; i++) {
            int agent = eager.get(i).agent();
            // All are needed at the end: those of the agent that has just moved cost no change of agent now.
            boolean now = whole && !lazy.isEmpty() && lazy.get(lazy.size() - 1).agent() == agent;
            if (silent.get(i) && i != last && !now) {
                putOff[agent]++;
            } else {
                take(lazy, putOff, agent);
                lazy.add(eager.get(i));
            }
        }
        for (int agent = 0; whole && agent < agents; agent++) {
            take(lazy, putOff, agent);
        }
        return lazy;
    }

    private static void take(List<Schedule.Move> lazy, int[] putOff, int agent) {
        for (; putOff[agent] > 0; putOff[agent]--) {
            lazy.add(new Schedule.Move(agent, List.of()));
        }
    }
}
