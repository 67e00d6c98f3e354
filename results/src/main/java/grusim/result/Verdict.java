package grusim.result;

import java.util.List;

/**
 * The outcome of checks that ran along with the simulation: how many held, how many failed, and a text for the first
 * failures.
 *
 * @param checks how many checks were made, failed ones included
 * @param failures how many of them failed
 * @param texts what failed, in order, possibly only the first ones
 */
public record Verdict(long checks, long failures, List<String> texts) {
    /** Nothing was checked. */
    public static final Verdict UNCHECKED = new Verdict(0, 0, List.of());

    public Verdict {
        texts = List.copyOf(texts);
        if (failures < 0 || failures > checks) {
            throw new IllegalArgumentException(failures + " failures of " + checks + " checks");
        }
        if (texts.size() > failures) {
            throw new IllegalArgumentException(texts.size() + " texts for " + failures + " failures");
        }
    }

    /** How many checks held. */
    public long passed() {
        return checks - failures;
    }
}
