package grusim.machine;

import grusim.engine.Agent;
import grusim.engine.Engine;

/**
 * A blade's memory as the hub sees it: every request occupies it for one line's time at the memory's bandwidth and is
 * answered the line latency after its service began. An access to the blade's bytes belongs to the same step.
 *
 * <p>Latency and bandwidth are data of the machine's preset. Does not model banks, refresh, or the directory protocol;
 * a write takes as long as a read (assumed). Picoseconds.
 */
public final class MemoryPort extends Server {
    private final long latencyPs;
    private final long linePs;

    /** Makes an idle port. */
    public MemoryPort(Engine engine, String name, long latencyPs, long bytesPerSecond) {
        super(engine, name);
        this.latencyPs = latencyPs;
        this.linePs = servicePs(PhysicalMemory.LINE_BYTES, bytesPerSecond);
    }

    /** Takes a request for (part of) a line that arrives now; returns when its service begins. */
    public long request(Agent agent) {
        return serve(agent, linePs);
    }

    /** As {@link #request}, where the step's access is the one to the word that agents race for. */
    public long requestForRace() {
        return serve(linePs);
    }

    /** From the beginning of the service to the answer. */
    public long latencyPs() {
        return latencyPs;
    }

    /** Time a request occupies the port. */
    public long linePs() {
        return linePs;
    }
}
