package grusim.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * The blade of every thread of a spec.
 *
 * <p>Threads are numbered in the order of processes, groups and members of a group. Threads to be spread are dealt out
 * over the blades from blade 0 on, one after the other through the whole spec.
 *
 * @param process index of the process in the spec
 * @param group index of the thread group in the process
 * @param member index of the thread in its group
 * @param blade the blade it runs on
 */
public record Placement(int process, int group, int member, int blade) {
    /** The group of the thread. */
    public ThreadSpec threads(Spec spec) {
        return spec.processes().get(process).threads().get(group);
    }

    /** The placement of every thread, in order. */
    public static List<Placement> of(Spec spec) {
        List<Placement> placements = new ArrayList<>();
        int dealt = 0;
        for (int p = 0; p < spec.processes().size(); p++) {
            List<ThreadSpec> groups = spec.processes().get(p).threads();
            for (int g = 0; g < groups.size(); g++) {
                ThreadSpec group = groups.get(g);
                for (int m = 0; m < group.count(); m++) {
                    boolean spread = group.blade() == ThreadSpec.SPREAD;
                    int blade = spread ? dealt++ % spec.machine().blades() : group.blade();
                    placements.add(new Placement(p, g, m, blade));
                }
            }
        }
        return placements;
    }

    /** The blades that need a polling thread, in order: if misses of any thread are os-polling, all that threads run on. */
    public static List<Integer> polledBlades(Spec spec) {
        boolean polled = spec.processes().stream()
                .flatMap(process -> process.threads().stream())
                .anyMatch(group -> group.context().miss() == ContextSpec.MissMode.OS_POLLING);
        return polled
                ? of(spec).stream()
                        .flatMap(p -> Cores.contextBlades(
                                p.threads(spec), p.blade, spec.machine().blades())
                                .stream())
                        .distinct()
                        .sorted()
                        .toList()
                : List.of();
    }
}
