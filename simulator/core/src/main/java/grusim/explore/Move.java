package grusim.explore;

import java.util.List;

/**
 * One step on a path.
 *
 * @param agent the agent's name
 * @param step the routine and step it took, in words
 * @param choices the alternatives taken where the model leaves a choice open, in order
 */
public record Move(String agent, String step, List<Integer> choices) {
    @Override
    public String toString() {
        return agent + ": " + step + (choices.isEmpty() ? "" : " " + choices);
    }
}
