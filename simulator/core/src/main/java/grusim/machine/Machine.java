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

    /**
     * A CPU of a blade: first the cores, counted through its sockets, then their second hyperthreads, and so on.
     */
    public Cpu cpu(int blade, int cpu) {
        if (blade < 0 || blade >= topology.blades() || cpu < 0 || cpu >= topology.cpusPerBlade()) {
            throw new IllegalArgumentException("cpu: blade %d cpu %d; accepted: blade 0 .. %d, cpu 0 .. %d"
                    .formatted(blade, cpu, topology.blades() - 1, topology.cpusPerBlade() - 1));
        }
        return cpus.computeIfAbsent(blade * topology.cpusPerBlade() + cpu, this::makeCpu);
    }

    /** The blade of a CPU of this machine. */
    public int blade(Cpu cpu) {
        return places[cpu.id()] / topology.cpusPerBlade();
    }

    /** The number of a CPU of this machine among its blade's. */
    public int cpuOfBlade(Cpu cpu) {
        return places[cpu.id()] % topology.cpusPerBlade();
    }

    /** The number of a CPU's core among its blade's cores. */
    public int coreOfBlade(Cpu cpu) {
        return cpuOfBlade(cpu) % topology.coresPerBlade();
    }

    private Cpu makeCpu(int place) {
        int perBlade = topology.cpusPerBlade();
        Cpu cpu = new Cpu(engine, "blade" + place / perBlade + ".cpu" + place % perBlade);
        if (cpu.id() >= places.length) {
            places = Arrays.copyOf(places, 2 * cpu.id() + 1);
        }
        places[cpu.id()] = place;
        return cpu;
    }
}
