package grusim.workload.load;

import grusim.workload.Cores;
import grusim.workload.DisturbanceSpec;
import grusim.workload.MachineSpec;
import grusim.workload.Placement;
import grusim.workload.ProcessSpec;
import grusim.workload.RegionSpec;
import grusim.workload.Spec;
import grusim.workload.ThreadSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Refuses specs with more threads than cores. Contexts may be more than fit on the chiplets: the driver steals them. */
final class CapacityChecks {
    private final Spec spec;
    private final MachineSpec machine;
    private final Document document;

    CapacityChecks(Spec spec, Document document) {
        this.spec = spec;
        this.machine = spec.machine();
        this.document = document;
    }

    void check() {
        total();
        int[] room = new int[machine.blades()];
        Arrays.fill(room, machine.socketsPerBlade() * machine.coresPerSocket() * machine.threadsPerCore());
        for (int polled : Placement.polledBlades(spec)) {
            room[polled]--;
        }
        int[] busy = new int[machine.blades()];
        int[] homes = new int[spec.processes().size()];
        Arrays.fill(homes, -1);
        for (Placement placed : Placement.of(spec)) {
            String at = path(placed);
            cores(placed, busy, room, at);
            samePartition(placed, homes, at);
        }
        for (int i = 0; i < spec.disturbances().size(); i++) {
            DisturbanceSpec disturbance = spec.disturbances().get(i);
            if (busy[disturbance.blade()]++ == room[disturbance.blade()]) {
                throw document.fail(
                        Paths.element("disturbances", i),
                        "blade " + disturbance.blade() + " has no core left for it",
                        cores(room[disturbance.blade()]));
            }
        }
    }

    private void cores(Placement placed, int[] busy, int[] room, String at) {
        for (Map.Entry<Integer, Integer> own :
                Cores.of(placed.threads(spec), placed.blade()).entrySet()) {
            int blade = own.getKey();
            busy[blade] += own.getValue();
            if (busy[blade] > room[blade]) {
                boolean moves = own.getValue() > 1 || blade != placed.blade();
                throw document.fail(
                        at,
                        "blade " + blade + " has a core for " + room[blade] + " threads only"
                                + (moves ? ", counting each core that setaffinity names" : ""),
                        cores(room[blade]));
            }
        }
    }

    private void total() {
        long threads = 0;
        long cores = (long) machine.blades()
                * machine.socketsPerBlade()
                * machine.coresPerSocket()
                * machine.threadsPerCore();
        for (int p = 0; p < spec.processes().size(); p++) {
            List<ThreadSpec> groups = spec.processes().get(p).threads();
            for (int g = 0; g < groups.size(); g++) {
                threads += groups.get(g).count();
                if (threads > cores) {
                    throw document.fail(
                            group(p, g) + ".count",
                            threads + " threads are more than the machine's " + cores + " cores",
                            "at most one thread per core (machine.blades, socketsPerBlade, coresPerSocket)");
                }
            }
        }
    }

    private void samePartition(Placement placed, int[] homes, String at) {
        ProcessSpec process = spec.processes().get(placed.process());
        int bladesPerPartition = machine.blades() / machine.partitions();
        int home = placed.blade() / bladesPerPartition;
        int first = homes[placed.process()] < 0 ? home : homes[placed.process()];
        homes[placed.process()] = first;
        if (home != first) {
            throw document.fail(
                    at + ".blade",
                    "process " + process.name() + " has threads in partitions " + first + " and " + home,
                    "one partition per process");
        }
        for (int i = 0; i < process.regions().size(); i++) {
            RegionSpec region = process.regions().get(i);
            if (region.blade() != RegionSpec.FIRST_TOUCH && region.blade() / bladesPerPartition != home) {
                throw document.fail(
                        "processes[" + placed.process() + "].regions[" + i + "].blade",
                        "lies outside partition " + home + " of process " + process.name(),
                        "a blade " + home * bladesPerPartition + " .. " + ((home + 1) * bladesPerPartition - 1));
            }
        }
    }

    private static String path(Placement placed) {
        return group(placed.process(), placed.group());
    }

    private static String group(int process, int group) {
        return "processes[" + process + "].threads[" + group + "]";
    }

    private static String cores(int perBlade) {
        return "at most " + perBlade + " threads and disturbances per blade (machine.socketsPerBlade, coresPerSocket)";
    }
}
