package grusim.machine;

import grusim.engine.Agent;
import grusim.engine.Engine;

/**
 * One direction of a blade's NUMAlink port: every message occupies it for its bytes and a header at the link's
 * bandwidth. Its latency is the path's: see {@link Interconnect#flightPs}.
 *
 * <p>A message's head does not wait for its tail (cut-through), so an unloaded link adds no time of its own. Does not
 * model credits, retries, or the ports between routers.
 */
public final class Link extends Server {
    /** Bytes of a message besides its data; assumed. */
    public static final int HEADER_BYTES = 16;

    private final long[] servicePs = new long[PhysicalMemory.LINE_BYTES + 1];

    /** Makes an idle link. */
    public Link(Engine engine, String name, long bytesPerSecond) {
        super(engine, name);
        for (int bytes = 0; bytes < servicePs.length; bytes++) {
            servicePs[bytes] = servicePs((long) HEADER_BYTES + bytes, bytesPerSecond);
        }
    }

    /** Takes a message with 0 to 64 data bytes that arrives now; returns when it begins to pass. */
    public long send(Agent agent, int bytes) {
        return serve(agent, servicePs[bytes]);
    }

    /** Time a message with 0 to 64 data bytes occupies the link. */
    public long messagePs(int bytes) {
        return servicePs[bytes];
    }
}
