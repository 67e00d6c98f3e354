package grusim.run;

import grusim.gru.ErrorInjection;
import grusim.workload.InjectionSpec;

/** Finds whether an access of a loaded context lies in the region where a spec has an error strike. */
record ErrorPlaces(Simulation simulation) implements ErrorInjection.Places {
    @Override
    public boolean holds(InjectionSpec injection, int chiplet, int context, long vaddr) {
        for (ThreadRun thread : simulation.threads()) {
            if (thread.gts.chiplet() == chiplet && thread.gts.context() == context) {
                return holds(injection, thread.process, vaddr);
            }
        }
        return false;
    }

    private static boolean holds(InjectionSpec injection, ProcessRun process, long vaddr) {
        if (!injection.process().isEmpty() && !injection.process().equals(process.name())) {
            return false;
        }
        int region = process.region(injection.region());
        long offset = vaddr - process.base(region) - injection.offsetBytes();
        long length = injection.lengthBytes() == InjectionSpec.REST
                ? process.size(region) - injection.offsetBytes()
                : injection.lengthBytes();
        return offset >= 0 && offset < length;
    }
}
