package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.machine.Machine;

/**
 * Where the CPUs of a kernel are, and how far apart. A line that another CPU has written is taken to be as far as one of
 * the memory of its blade (assumed): caches are not modelled.
 */
@FunctionalInterface
public interface CpuPlaces {
    /** The blade of a CPU. */
    int blade(Agent cpu);

    /** Picoseconds until a CPU of one blade has a line that a CPU of another has written; 0 where nothing has a distance. */
    default long linePs(int blade, int otherBlade) {
        return 0;
    }

    /** The places and distances of a machine. */
    static CpuPlaces of(Machine machine) {
        return new CpuPlaces() {
            @Override
            public int blade(Agent cpu) {
                return machine.blade((Cpu) cpu);
            }

            @Override
            public long linePs(int blade, int otherBlade) {
                return machine.interconnect().linePs(blade, otherBlade);
            }
        };
    }
}
