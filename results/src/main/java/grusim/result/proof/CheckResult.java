package grusim.result.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the exploration of a scenario found: no times and nothing else of the host, so that it is the same wherever it is
 * done, unless time or somebody ended it.
 *
 * @param scenario name of the scenario
 * @param model name of the memory model
 * @param settings what was set on top of the scenario's file, as {@code path=value}
 * @param verdict how it ended
 * @param states number of distinct states visited
 * @param transitions number of moves between them
 * @param schedules number of paths walked to their end
 * @param bounds the bounds that were set
 * @param reached what the exploration left out, in words; empty if nothing
 * @param explanation what is wrong, in words; empty if nothing was found
 * @param counterexample how it comes to that; null if nothing was found, or if that was not searched to its end
 * @param replay what {@code --replay} takes to play it again; empty if nothing was found
 */
public record CheckResult(
        String scenario,
        String model,
        List<String> settings,
        Verdict verdict,
        long states,
        long transitions,
        long schedules,
        Limits bounds,
        String reached,
        String explanation,
        @Nullable Counterexample counterexample,
        String replay) {
    /** How an exploration ended. */
    public enum Verdict {
        SAFE("safe"),
        WITHIN_BOUNDS("safe-within-bounds"),
        VIOLATED("violated"),
        /** Somebody ended it before it found anything. */
        INTERRUPTED("interrupted");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** The word for it in files and tables. */
        public String word() {
            return word;
        }
    }

    /** The bounds that were set; null where there is none. */
    public record Limits(
            @Nullable Long states,
            @Nullable Integer depth,
            @Nullable Integer preemptions,
            @Nullable Long timeMs) {
        /** Without bounds. */
        public static final Limits NONE = new Limits(null, null, null, null);
    }

    public CheckResult {
        settings = List.copyOf(settings);
        if (counterexample != null && verdict != Verdict.VIOLATED) {
            throw new IllegalArgumentException("only what is violated has a counterexample");
        }
    }

    /** Whether every reachable state was visited. */
    public boolean complete() {
        return verdict == Verdict.SAFE;
    }

    /** The verdict in one sentence. */
    public String sentence() {
        return switch (verdict) {
            case SAFE -> "safe: complete, every reachable state was visited";
            case WITHIN_BOUNDS -> "safe within bounds only: left out beyond " + reached;
            case VIOLATED -> "violated";
            case INTERRUPTED -> "interrupted: nothing found so far, which proves nothing";
        };
    }
}
