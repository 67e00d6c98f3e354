package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import java.util.ArrayList;
import java.util.List;

/**
 * The CPUs that run an address space (Linux mm_cpumask), set while the machine is being built.
 *
 * <p>Context switches are not modelled: a CPU of the mask stays in it, also when its threads have ended, as one that keeps
 * the address space loaded does.
 */
final class CpuMask {
    private final List<Cpu> cpus = new ArrayList<>();

    /** Adds a CPU; says whether it is new. */
    boolean add(Cpu cpu) {
        return !cpus.contains(cpu) && cpus.add(cpu);
    }

    int size() {
        return cpus.size();
    }

    Cpu cpu(int index) {
        return cpus.get(index);
    }

    /** The first index from {@code from} on that is another CPU than the agent, or the size. */
    int nextOther(int from, Agent agent) {
        return from < cpus.size() && cpus.get(from) == agent ? from + 1 : from;
    }

    /** Number of CPUs of the mask other than the agent of that number. */
    int others(int agent) {
        int others = 0;
        for (int i = 0; i < cpus.size(); i++) {
            if (cpus.get(i).id() != agent) {
                others++;
            }
        }
        return others;
    }
}
