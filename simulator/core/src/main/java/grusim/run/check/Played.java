package grusim.run.check;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Shared;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a schedule as it went: who took it, what it touched, and what came of it. Steps are numbered from 1. */
final class Played {
    /** An access to a word of racing state, by the agent that steps or, where a store leaves its buffer, by the buffer. */
    record Word(Agent agent, Shared state, int index, Access kind, long read, long written, long newest) {
        boolean reads() {
            return kind != Access.WRITE;
        }

        boolean writes() {
            return kind == Access.WRITE || (kind == Access.UPDATE && written != read);
        }

        /** Whether it is a plain load that returned an old value. */
        boolean old() {
            return kind == Access.READ && read != newest;
        }

        boolean sameWord(Word other) {
            return state == other.state && index == other.index;
        }
    }

    /** What happened to a lock. */
    enum Lock {
        WANTED,
        TAKEN,
        RELEASED
    }

    final int number;
    final Agent agent;
    final String routine;
    final String text;
    /** The step's place in the program: number of the routine and of the step. */
    final long position;

    /** When it begins, in the time its schedule is laid out in. */
    final long beginPs;

    final List<Word> words = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Fence> fences = new ArrayList<>();

    /** State without values that it touches: a lock, a list, a hardware port. */
    @Nullable
    Shared touched;

    @Nullable
    Access touch;

    @Nullable
    Lock lock;

    /** What the touched state was found to be and becomes, if anybody said. */
    String found = "";

    String made = "";

    /** The step that freed the table which this one reads, 0 if it reads a live one: what it gets is junk. */
    int junkSince;

    Played(int number, Agent agent, String routine, String text, long position, long beginPs) {
        this.number = number;
        this.agent = agent;
        this.routine = routine;
        this.text = text;
        this.position = position;
        this.beginPs = beginPs;
    }

    /** The step's own access to a word, or null. */
    @Nullable
    Word word() {
        for (Word word : words) {
            if (word.agent() == agent) {
                return word;
            }
        }
        return null;
    }
}
