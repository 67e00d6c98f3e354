package grusim.machine;

import grusim.engine.Engine;
import grusim.workload.MachineSpec;

/**
 * The blades' memory ports and NUMAlink ports, and how long a message is under way between blades. A message from a to b
 * passes a's port out, the routers between, and b's port in.
 */
public final class Interconnect {
    private final Topology topology;
    private final long hopLatencyPs;
    private final long localLineLatencyPs;
    private final MemoryPort[] memory;
    private final Link[] out;
    private final Link[] in;

    /** Makes the idle ports of every blade; a machine of one blade has no links. */
    public Interconnect(Engine engine, Topology topology, MachineSpec spec) {
        this.topology = topology;
        hopLatencyPs = spec.hopLatencyPs();
        localLineLatencyPs = spec.localLineLatencyPs();
        int blades = topology.blades();
        int linked = blades > 1 ? blades : 0;
        memory = new MemoryPort[blades];
        out = new Link[linked];
        in = new Link[linked];
        for (int blade = 0; blade < blades; blade++) {
            memory[blade] = new MemoryPort(
                    engine, "blade" + blade + ".memory", localLineLatencyPs, spec.memoryBandwidthBytesPerSecond());
        }
        for (int blade = 0; blade < linked; blade++) {
            out[blade] = new Link(engine, "blade" + blade + ".out", spec.linkBandwidthBytesPerSecond());
            in[blade] = new Link(engine, "blade" + blade + ".in", spec.linkBandwidthBytesPerSecond());
        }
    }

    /** The port of a blade's memory. */
    public MemoryPort memory(int blade) {
        return memory[blade];
    }

    /** A blade's port for messages it sends. */
    public Link out(int blade) {
        return out[blade];
    }

    /** A blade's port for messages it receives. */
    public Link in(int blade) {
        return in[blade];
    }

    /** Picoseconds until one blade has a line of another's memory, if no port is busy. */
    public long linePs(int blade, int memoryBlade) {
        return localLineLatencyPs + 2 * flightPs(blade, memoryBlade);
    }

    /** Picoseconds from the port out of one blade to the port in of another. */
    public long flightPs(int from, int to) {
        return topology.hops(from, to) * hopLatencyPs;
    }
}
