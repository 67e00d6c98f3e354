package grusim.run.check;

import grusim.engine.Access;
import grusim.engine.Cpu;
import java.util.List;

/**
 * Notes that only the whole recording allows: which step read the pointer to a table that is freed before it is followed,
 * and which cleared it too late.
 */
final class Remarks {
    private final List<Played> steps;
    private final StateWords words;

    private Remarks(Recording recording) {
        steps = recording.steps();
        words = recording.words();
    }

    /** Adds them to the steps. */
    static void add(Recording recording) {
        Remarks remarks = new Remarks(recording);
        recording.steps().stream().filter(step -> step.junkSince != 0).forEach(remarks::dangling);
    }

    /** A step read an entry of a freed table: how did it come by the table? */
    private void dangling(Played junk) {
        for (int i = junk.number - 2; i >= 0; i--) {
            Played step = steps.get(i);
            Played.Word word = step.word();
            if (step.agent == junk.agent && word != null && words.pointer(word.state(), word.index())) {
                step.notes.add("the table that step " + junk.junkSince + " frees");
                cleared(step, word);
                flushed(step, junk);
                return;
            }
        }
    }

    /** Whoever freed the table had CPUs flush, and so waited for their walks: for this one's too? */
    private void flushed(Played read, Played junk) {
        if (read.number > junk.junkSince) {
            return; // an old value, read when all that was over
        }
        Played asked = null;
        for (Played step : steps.subList(read.number, junk.junkSince)) {
            if (step.agent == steps.get(junk.junkSince - 1).agent && words.flush(step.touched)) {
                if (words.flushOf(step.touched, junk.agent)) {
                    return;
                }
                asked = step;
            }
        }
        if (asked != null) {
            asked.notes.add(words.names().agent(junk.agent) + " is not asked: nobody waits for its walk");
        }
    }

    private void cleared(Played read, Played.Word pointer) {
        for (Played step : steps.subList(read.number, steps.size())) {
            Played.Word word = step.word();
            if (word != null && word.kind() != Access.READ && word.sameWord(pointer) && step.agent instanceof Cpu) {
                step.notes.add("too late for " + words.names().agent(read.agent));
                return;
            }
        }
    }
}
