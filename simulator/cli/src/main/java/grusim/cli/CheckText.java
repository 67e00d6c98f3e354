package grusim.cli;

import grusim.result.proof.CheckResult;
import grusim.result.proof.Counterexample;
import grusim.result.proof.Detail;
import grusim.result.proof.LanesText;
import java.util.Locale;

/** A check's verdict for people. */
final class CheckText {
    /** Width of the text file of a counterexample: that of a patch review. */
    static final int FILE_COLUMNS = 100;

    private CheckText() {}

    /** The scenario, what it was checked under, and the verdict; then the counterexample, if there is one. */
    static String verdict(CheckResult result, boolean full, int columns, boolean colours) {
        Counterexample counterexample = result.counterexample();
        if (counterexample != null) {
            return LanesText.render(counterexample, columns, full ? Detail.ALL : Detail.STORY, colours)
                    .stripTrailing();
        }
        return name(result) + ": " + result.sentence()
                + (result.explanation().isEmpty()
                        ? ""
                        : ": " + result.explanation().strip());
    }

    /** The scenario, the memory model and what was set. */
    static String name(CheckResult result) {
        String settings = result.settings().isEmpty() ? "" : ", " + String.join(", ", result.settings());
        return result.scenario() + " under " + result.model() + settings;
    }

    /** How much was explored, and how fast. */
    static String figures(CheckResult result, double seconds) {
        return String.format(
                Locale.ROOT,
                "%,d states, %,d transitions, %,d schedules in %.1f s (%.0f k states/s)",
                result.states(),
                result.transitions(),
                result.schedules(),
                seconds,
                result.states() / 1e3 / Math.max(seconds, 1e-3));
    }
}
