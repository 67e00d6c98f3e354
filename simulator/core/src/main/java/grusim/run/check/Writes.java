package grusim.run.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which step wrote what a step of a recording reads. */
final class Writes {
    private final List<Played> steps;

    Writes(List<Played> steps) {
        this.steps = steps;
    }

    /** Number of the step that wrote the value an access read, or 0 if that was there from the start. */
    int of(Played step, Played.Word access) {
        int last = 0;
        for (int i = step.number - 2; i >= 0; i--) {
            for (Played.Word word : steps.get(i).words) {
                if (word.writes() && word.sameWord(access)) {
                    if (word.written() == access.read()) {
                        return i + 1;
                    }
                    last = i + 1;
                }
            }
            if (last != 0 && access.read() == access.newest()) {
                // the value was set by no access, as when a whole table is cleared
                return 0;
            }
        }
        return 0;
    }

    /** Number of the last step that wrote a word before a step accesses it, or 0. */
    int last(Played step, Played.Word access) {
        for (int i = step.number - 2; i >= 0; i--) {
            for (Played.Word word : steps.get(i).words) {
                if (word.writes() && word.sameWord(access)) {
                    return i + 1;
                }
            }
        }
        return 0;
    }

    /** The first step by another agent that wrote a newer value than the load returned; null if there is none. */
    @Nullable
    Played missed(Played step, Played.Word load) {
        for (Played later : steps.subList(of(step, load), step.number - 1)) {
            for (Played.Word word : later.words) {
                if (word.writes() && word.sameWord(load) && word.agent() == later.agent) {
                    return word.agent() == load.agent() ? null : later;
                }
            }
        }
        return null;
    }
}
