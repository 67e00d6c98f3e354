package grusim.workload;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many cores of each blade a thread has to itself: the one it begins on, and those its program sends it to. */
public final class Cores {
    private Cores() {}

    /** Number of cores by blade, in the order of the blades, of a thread that begins on a blade. */
    public static SortedMap<Integer, Integer> of(ThreadSpec group, int home) {
        SortedMap<Integer, Integer> cores = new TreeMap<>();
        cores.put(home, 1);
        add(cores, group.program(), home);
        return cores;
    }

    private static void add(SortedMap<Integer, Integer> cores, List<ProgramStep> program, int home) {
        for (ProgramStep step : program) {
            if (step instanceof ProgramStep.Repeat repeat) {
                add(cores, repeat.body(), home);
            } else if (step instanceof ProgramStep.Setaffinity move) {
                cores.merge(blade(move, home), move.core() + 1, Math::max);
            }
        }
    }

    /** The blade a step sends a thread to that began on another. */
    public static int blade(ProgramStep.Setaffinity move, int home) {
        return move.blade() == ProgramStep.Setaffinity.HOME ? home : move.blade();
    }

    /** The blades on which a thread may have its context: those it runs on and those its program asks for. */
    public static List<Integer> contextBlades(ThreadSpec group, int home, int blades) {
        SortedMap<Integer, Integer> found = of(group, home);
        addChosen(found, group.program(), blades);
        return List.copyOf(found.keySet());
    }

    private static void addChosen(SortedMap<Integer, Integer> found, List<ProgramStep> program, int blades) {
        for (ProgramStep step : program) {
            if (step instanceof ProgramStep.Repeat repeat) {
                addChosen(found, repeat.body(), blades);
            } else if (step instanceof RequestStep.Setoption set
                    && set.option() == RequestStep.Option.BLADE_CHIPLET
                    && set.blade() >= 0
                    && set.blade() < blades) {
                found.putIfAbsent(set.blade(), 0);
            }
        }
    }
}
