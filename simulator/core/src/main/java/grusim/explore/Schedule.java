package grusim.explore;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who steps when, from the initial state on: every step of every agent in order, with the choices it makes.
 *
 * @param moves the steps
 */
public record Schedule(List<Move> moves) {
    /**
     * One step.
     *
     * @param agent number of the agent
     * @param choices the alternatives taken where the model leaves a choice open, in order, without zeros at the end
     */
    public record Move(int agent, List<Integer> choices) {
        /** Leaves out zeros at the end, and refuses negative numbers. */
        public Move {
            int length = choices.size();
            while (length > 0 && choices.get(length - 1) == 0) {
                length--;
            }
            choices = List.copyOf(choices.subList(0, length));
            if (agent < 0 || choices.stream().anyMatch(choice -> choice < 0)) {
                throw new IllegalArgumentException("a move of agent " + agent + " with choices " + choices);
            }
        }
    }

    /** Keeps a copy of the steps. */
    public Schedule {
        moves = List.copyOf(moves);
    }

    static Move move(int agent, int[] choices) {
        return new Move(agent, Arrays.stream(choices).boxed().collect(Collectors.toList()));
    }

    /** Number of changes of the agent that steps. */
    public int switches() {
        int switches = 0;
        for (int i = 1; i < moves.size(); i++) {
            switches += moves.get(i).agent() == moves.get(i - 1).agent() ? 0 : 1;
        }
        return switches;
    }

    /** The schedule as a short line of letters, digits, '-' and '_'. */
    public String token() {
        return ScheduleToken.of(this);
    }

    /** The schedule that a token stands for; refuses one that is damaged. */
    public static Schedule parse(String token) {
        return ScheduleToken.parse(token);
    }
}
