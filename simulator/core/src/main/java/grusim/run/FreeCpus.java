package grusim.run;

import grusim.engine.Cpu;
import grusim.machine.Machine;
import grusim.workload.SpecException;

/** The CPUs of each blade that nothing runs on yet, while a simulation is built. */
final class FreeCpus {
    private final String spec;
    private final Machine machine;
    private final int[] nextCore;

    /** All CPUs of the machine of a spec. */
    FreeCpus(String spec, Machine machine) {
        this.spec = spec;
        this.machine = machine;
        this.nextCore = new int[machine.topology().blades()];
    }

    /** Takes the next one of a blade. */
    Cpu next(int blade) {
        int core = nextCore[blade]++;
        if (core >= machine.topology().cpusPerBlade()) {
            throw new SpecException("%s: blade %d has %d cores, more are needed for threads, disturbances and reclaim"
                    .formatted(spec, blade, machine.topology().cpusPerBlade()));
        }
        return machine.cpu(blade, core);
    }
}
