package grusim.explore;

import grusim.engine.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes copies of the simulation that is explored, whose memories know what those of earlier copies have learnt about who
 * reads what ({@link Memory#learn}). A pass counts only if its memories learnt nothing that would have mattered.
 */
final class Copies {
    private record Copy(Memory memory, int known) {}

    private final Supplier<? extends Subject> factory;
    private final List<Memory> teachers = new ArrayList<>();
    private final List<Copy> present = new ArrayList<>();

    Copies(Supplier<? extends Subject> factory) {
        this.factory = factory;
    }

    /** Another copy. */
    Subject make() {
        Subject subject = factory.get();
        Memory memory = subject.engine().memory();
        teachers.forEach(memory::learn);
        present.add(new Copy(memory, memory.known()));
        return subject;
    }

    /**
     * Whether the copies made since the last call, which together made one pass, missed nothing. What they learnt is passed
     * on to those made from now on.
     */
    boolean complete() {
        // One alone knows whether it has forgotten what is read after all. Of several, each forgets by what it knows
        // itself.
        boolean complete = present.size() == 1
                ? present.get(0).memory().discoveries() == 0
                : present.stream().allMatch(copy -> copy.memory().known() == copy.known());
        if (!complete) {
            present.forEach(copy -> teachers.add(copy.memory()));
        }
        present.clear();
        return complete;
    }

    /** Passes on what the copies made since the last call have learnt. */
    void teach() {
        present.forEach(copy -> teachers.add(copy.memory()));
        present.clear();
    }
}
