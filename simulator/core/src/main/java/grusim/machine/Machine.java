package grusim.machine;

import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.workload.MachineSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One machine: its topology, memory, ports and CPUs. Chiplets are built on top by the device model.
 *
 * <p>CPUs come into being when first asked for; ask in a fixed order while building, since agents are numbered by it.
 */
public final class Machine {
    private final Engine engine;
    private final Topology topology;
    private final PhysicalMemory memory;
    private final Interconnect interconnect;
    private final long hubLatencyPs;
    private final Map<Integer, Cpu> cpus = new HashMap<>();
    /** Place of each CPU, by agent number; fixed once built. */
    private int[] places = new int[64];

    /** Makes the machine of a spec around memory of the same size, and lists the memory's state. */
    public Machine(Engine engine, MachineSpec spec, PhysicalMemory memory) {
        this.engine = engine;
        this.topology = Topology.of(spec);
        this.memory = memory;
        this.interconnect = new Interconnect(engine, topology, spec);
        this.hubLatencyPs = spec.hubLatencyPs();
        engine.component(memory);
    }

    /** The engine the machine runs in. */
    public Engine engine() {
        return engine;
    }

    /** What the machine consists of. */
    public Topology topology() {
        return topology;
    }

    /** The bytes of all blades. */
    public PhysicalMemory memory() {
        return memory;
    }

    /** Memory and link ports. */
    public Interconnect interconnect() {
        return interconnect;
    }

    /** A core's store or line flush to its hub, or an answer back. */
    public long hubLatencyPs() {
        return hubLatencyPs;
    }

    /** The CPU of a blade's core, counted through the blade's sockets. */
    public Cpu cpu(int blade, int core) {
        if (blade < 0 || blade >= topology.blades() || core < 0 || core >= topology.coresPerBlade()) {
            throw new IllegalArgumentException("cpu: blade %d core %d; accepted: blade 0 .. %d, core 0 .. %d"
                    .formatted(blade, core, topology.blades() - 1, topology.coresPerBlade() - 1));
        }
        return cpus.computeIfAbsent(blade * topology.coresPerBlade() + core, this::makeCpu);
    }

    /** The blade of a CPU of this machine. */
    public int blade(Cpu cpu) {
        return places[cpu.id()] / topology.coresPerBlade();
    }

    /** The number of a CPU of this machine among its blade's cores. */
    public int coreOfBlade(Cpu cpu) {
        return places[cpu.id()] % topology.coresPerBlade();
    }

    private Cpu makeCpu(int place) {
        int cores = topology.coresPerBlade();
        Cpu cpu = new Cpu(engine, "blade" + place / cores + ".cpu" + place % cores);
        if (cpu.id() >= places.length) {
            places = Arrays.copyOf(places, 2 * cpu.id() + 1);
        }
        places[cpu.id()] = place;
        return cpu;
    }
}
