package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Choices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The choices within one step, enumerated like an odometer: the step is taken again with the next combination until every
 * alternative of every choice was taken. Which choices come up may depend on those made before.
 */
final class Branches implements Choices {
    private static final int[] NONE = {};

    private int[] taken = new int[4];
    private int[] offered = new int[4];
    private int prescribed;
    private int asked;

    /** Prescribes the first choices of the step to come; those after them take their first alternative. */
    void follow(int[] combination) {
        if (combination.length > taken.length) {
            resize(combination.length);
        }
        System.arraycopy(combination, 0, taken, 0, combination.length);
        prescribed = combination.length;
        asked = 0;
    }

    @Override
    public int pick(Agent agent, int alternatives) {
        if (asked == taken.length) {
            resize(2 * asked);
        }
        if (asked >= prescribed) {
            taken[asked] = 0;
        }
        assert taken[asked] < alternatives : "the step offers other choices than before";
        offered[asked] = alternatives;
        return taken[asked++];
    }

    private void resize(int length) {
        taken = Arrays.copyOf(taken, length);
        offered = Arrays.copyOf(offered, length);
    }

    /** The combination of a step without choices, or that prescribes nothing. */
    static int[] none() {
        return NONE;
    }

    /** The combination of the step just taken. */
    int[] combination() {
        return asked == 0 ? NONE : Arrays.copyOf(taken, asked);
    }

    /** What to prescribe for the next combination of the step just taken; null if that was the last. */
    int @Nullable [] next() {
        int last = asked - 1;
        while (last >= 0 && taken[last] + 1 == offered[last]) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        int[] next = Arrays.copyOf(taken, last + 1);
        next[last]++;
        return next;
    }
}
