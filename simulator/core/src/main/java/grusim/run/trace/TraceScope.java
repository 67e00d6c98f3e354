package grusim.run.trace;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a run a trace shows.
 *
 * @param fromPs first instant shown
 * @param toPs first instant not shown any more
 * @param kinds kinds of tracks shown
 * @param processes names of the processes whose CPUs, contexts, control blocks, misses and range operations are shown;
 *     empty for all, and for what belongs to no process too
 * @param chiplets numbers of the chiplets shown; empty for all
 */
public record TraceScope(long fromPs, long toPs, Set<TrackKind> kinds, Set<String> processes, Set<Integer> chiplets) {
    /** The whole run. */
    public static final TraceScope ALL =
            new TraceScope(0, Long.MAX_VALUE, EnumSet.allOf(TrackKind.class), Set.of(), Set.of());

    /** Keeps sorted copies. */
    public TraceScope {
        if (fromPs < 0 || toPs <= fromPs) {
            throw new IllegalArgumentException(
                    "trace window " + fromPs + ".." + toPs + " ps: accepted is 0 <= FROM < TO");
        }
        kinds = java.util.Collections.unmodifiableSet(
                kinds.isEmpty() ? EnumSet.noneOf(TrackKind.class) : EnumSet.copyOf(kinds));
        processes = java.util.Collections.unmodifiableSet(new TreeSet<>(processes));
        chiplets = java.util.Collections.unmodifiableSet(new TreeSet<>(chiplets));
    }

    boolean shows(TrackKind kind) {
        return kinds.contains(kind);
    }

    boolean showsChiplet(int chiplet) {
        return chiplets.isEmpty() || chiplets.contains(chiplet);
    }

    /** Whether what belongs to a process, or to none (the empty name), is shown. */
    boolean showsProcess(String process) {
        return processes.isEmpty() || processes.contains(process);
    }
}
