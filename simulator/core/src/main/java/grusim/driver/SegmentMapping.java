package grusim.driver;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * A thread's mapping of its context segment: there while the context is loaded, taken away before the context is stopped.
 * A CPU's access to the segment checks it in the same step, as its MMU does. Who takes it away flushes the CPUs' TLBs then,
 * so that no store to the segment is under way any more. When the segment is closed it lets go of its thread state, which
 * is freed once its context is not loaded and nobody has or wants its lock.
 */
public final class SegmentMapping extends Shared {
    private boolean mapped;
    private boolean dropped;

    SegmentMapping(Engine engine, String name) {
        super(engine, name);
    }

    /** Whether an access by the agent finds the segment; else it faults. Part of that access, none of its own. */
    public boolean present(Agent agent) {
        consult(agent);
        return mapped;
    }

    void map(Agent agent) {
        access(agent, Access.WRITE);
        mapped = true;
    }

    void zap(Agent agent) {
        access(agent, Access.WRITE);
        mapped = false;
    }

    /** The segment lets go of its thread state. */
    void drop(Agent agent) {
        access(agent, Access.WRITE);
        dropped = true;
    }

    /** Whether the segment has let go of its thread state, as a look in the step of another access. */
    boolean dropped(Agent agent) {
        consult(agent);
        return dropped;
    }

    @Override
    public void state(StateIo io) {
        mapped = io.bool(mapped);
        dropped = io.bool(dropped);
    }
}
