package grusim.run.check;

import grusim.result.proof.Counterexample;
import java.util.List;

/**
 * A schedule as it was played again.
 *
 * @param told its steps and what they end in; point 0 of the contract if nothing is wrong there
 * @param beginPs when each step begins, in picoseconds, if it was laid out in time
 */
public record Replayed(Counterexample told, List<Long> beginPs) {
    public Replayed {
        beginPs = List.copyOf(beginPs);
    }

    /** Whether something is wrong at its end. */
    public boolean violates() {
        return told.finding().point() != 0;
    }
}
