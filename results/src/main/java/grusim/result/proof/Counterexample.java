package grusim.result.proof;

import java.util.List;

/**
 * A violation and the steps that lead to it, in words: what every way of showing it needs, and nothing of the simulation.
 *
 * @param scenario name of the scenario
 * @param model the memory model under which it happens
 * @param settings the settings that differ from the scenario's own, as {@code path=value}
 * @param finding what was violated
 * @param lanes the agents that took steps, in the order in which they are to stand beside each other
 * @param steps all steps in order, numbered from 1
 * @param missing the orders that were missing; empty if nobody can tell
 * @param replay the command that plays the same steps again
 * @param switches how often the next step was another agent's
 */
public record Counterexample(
        String scenario,
        String model,
        List<String> settings,
        Finding finding,
        List<Lane> lanes,
        List<Step> steps,
        List<Missing> missing,
        String replay,
        long switches) {
    public Counterexample {
        settings = List.copyOf(settings);
        lanes = List.copyOf(lanes);
        steps = List.copyOf(steps);
        missing = List.copyOf(missing);
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("a counterexample needs at least one lane");
        }
        for (int i = 0; i < steps.size(); i++) {
            check(steps.get(i), i + 1, lanes.size());
        }
        for (Missing order : missing) {
            checkNumber(order.earlier(), steps.size());
            checkNumber(order.later(), steps.size());
            if (order.earlier() == order.later()) {
                throw new IllegalArgumentException("an order between step " + order.later() + " and itself");
            }
        }
    }

    private static void check(Step step, int number, int lanes) {
        if (step.number() != number) {
            throw new IllegalArgumentException("step " + step.number() + " where step " + number + " belongs");
        }
        if (step.lane() < 0 || step.lane() >= lanes) {
            throw new IllegalArgumentException(
                    "step " + number + ": lane " + step.lane() + ", accepted are 0 to " + (lanes - 1));
        }
        Touch touch = step.touch();
        if (touch != null && touch.writtenAt() >= number) {
            throw new IllegalArgumentException(
                    "step " + number + ": reads what step " + touch.writtenAt() + " writes, which comes later");
        }
    }

    private static void checkNumber(int number, int steps) {
        if (number < 1 || number > steps) {
            throw new IllegalArgumentException("an order of step " + number + ", accepted are 1 to " + steps);
        }
    }

    /** The step of that number. */
    Step step(int number) {
        return steps.get(number - 1);
    }
}
