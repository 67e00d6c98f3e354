package grusim.machine;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * A resource that takes requests one after another, in the order in which they arrive: each occupies it for a service
 * time. A request is made in the step at which it arrives, never ahead of time, so two equal requests at one instant
 * begin at 0 and at the service time.
 *
 * <p>When no time passes (exploration) every request begins at once and nothing is reserved.
 */
public class Server extends Shared {
    private long freePs;

    private long requests;
    private long busyPs;
    private long queuedPs;

    /** Makes a free server. */
    public Server(Engine engine, String name) {
        super(engine, name);
    }

    /** Takes the agent's request that arrives now; returns the time in picoseconds at which its service begins. */
    protected final long serve(Agent agent, long servicePs) {
        access(agent, Access.UPDATE);
        return serve(servicePs);
    }

    /** As {@link #serve(Agent, long)}, as part of another access of the same step. */
    final long serve(long servicePs) {
        long nowPs = engine().nowPs();
        if (!engine().isTimed()) {
            return nowPs;
        }
        long beginPs = Math.max(nowPs, freePs);
        freePs = beginPs + servicePs;
        requests++;
        busyPs += servicePs;
        queuedPs += beginPs - nowPs;
        return beginPs;
    }

    /** Requests served so far. */
    public final long requests() {
        return requests;
    }

    /** Picoseconds of service given or promised so far. */
    public final long busyPs() {
        return busyPs;
    }

    /** Picoseconds that requests have spent waiting for their service to begin. */
    public final long queuedPs() {
        return queuedPs;
    }

    /** Picoseconds that {@code bytes} take at a rate, rounded up so that the rate is never exceeded. */
    static long servicePs(long bytes, long bytesPerSecond) {
        long picoseconds = bytes * 1_000_000_000_000L;
        return (picoseconds + bytesPerSecond - 1) / bytesPerSecond;
    }

    @Override
    public void state(StateIo io) {
        if (io.timed()) {
            freePs = io.i64(freePs);
        }
    }
}
