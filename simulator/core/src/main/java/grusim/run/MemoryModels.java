package grusim.run;

import grusim.engine.Memory;
import grusim.engine.SequentialMemory;
import grusim.workload.KernelSpec.MemoryModel;

/** The engine's memory models by their names in a spec. */
final class MemoryModels {
    private MemoryModels() {}

    static Memory exploring(MemoryModel model) {
        return switch (model) {
            case SC -> new SequentialMemory();
            case TSO, RELAXED -> throw new IllegalArgumentException("memory model " + model);
        };
    }
}
