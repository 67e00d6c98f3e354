package grusim.run;

import grusim.engine.Cpu;
import grusim.workload.Cores;
import grusim.workload.ProgramStep;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cores that a thread has to itself, by blade; on its home blade the first is the one it begins on. */
record OwnCores(int home, SortedMap<Integer, List<Cpu>> byBlade) {
    OwnCores {
        byBlade = Collections.unmodifiableSortedMap(new TreeMap<>(byBlade));
    }

    /** The core the thread begins on. */
    Cpu first() {
        return on(home).get(0);
    }

    /** The thread's cores on a blade. */
    List<Cpu> on(int blade) {
        List<Cpu> cores = byBlade.get(blade);
        return cores == null ? List.of() : cores;
    }

    /** All cores of the thread, in the order of their blades. */
    List<Cpu> all() {
        return byBlade.values().stream().flatMap(List::stream).toList();
    }

    /** The core a step sends the thread to. */
    Cpu of(ProgramStep.Setaffinity move) {
        return on(Cores.blade(move, home)).get(move.core());
    }
}
