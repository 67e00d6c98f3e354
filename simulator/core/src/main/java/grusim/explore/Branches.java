package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Choices;
import java.util.Arrays;

/**
 * The choices within one step, enumerated like an odometer: the step is taken again with the next combination until every
 * alternative of every choice was taken. Which choices come up may depend on those made before; a combination is written
 * without the zeros at its end.
 */
final class Branches implements Choices {
    /** A step offers fewer alternatives than the combination prescribed for it. */
    static final class NoSuchAlternative extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        NoSuchAlternative(String message) {
            super(message);
        }
    }

    private int[] taken = new int[4];
    private int[] offered = new int[4];
    private int prescribed;
    private int asked;

    /** Prescribes the first choices of the step to come; those after them take their first alternative. */
    void follow(int[] combination, int length) {
        if (length > taken.length) {
            resize(length);
        }
        System.arraycopy(combination, 0, taken, 0, length);
        prescribed = length;
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
        if (taken[asked] >= alternatives) {
            throw new NoSuchAlternative(agent.name() + " chooses among " + alternatives
                    + " alternatives, there is no number " + taken[asked]);
        }
        offered[asked] = alternatives;
        return taken[asked++];
    }

    private void resize(int length) {
        taken = Arrays.copyOf(taken, length);
        offered = Arrays.copyOf(offered, length);
    }

    /** Number of choices the step made. */
    int asked() {
        return asked;
    }

    /** Number of prescribed choices that the step did not come to make. */
    int unused() {
        return Math.max(0, prescribed - asked);
    }

    /** Length of the combination of the step just taken. */
    int length() {
        int length = asked;
        while (length > 0 && taken[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** Copies the first choices into an array, or into a longer one, and returns it. */
    int[] copyTo(int[] target, int length) {
        int[] copy = target.length < length ? new int[2 * length] : target;
        for (int i = 0; i < length; i++) {
            copy[i] = taken[i];
        }
        return copy;
    }

    /** The combination of the step just taken. */
    int[] combination() {
        return Arrays.copyOf(taken, length());
    }

    /** Length of what to prescribe for the next combination of the step just taken; -1 if that was the last. */
    int advance() {
        int last = asked - 1;
        while (last >= 0 && taken[last] + 1 == offered[last]) {
            last--;
        }
        if (last >= 0) {
            taken[last]++;
        }
        return last < 0 ? -1 : last + 1;
    }
}
