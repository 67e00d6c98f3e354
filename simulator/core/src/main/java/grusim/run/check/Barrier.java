package grusim.run.check;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Fence;
import java.util.List;

/**
 * A barrier that a program lacks: passed by whoever is about to take one step of it.
 *
 * @param position the step: number of its routine and its own
 */
record Barrier(long position, Fence fence) {
    /** Puts barriers into a simulation, before it starts. */
    static void put(Engine engine, List<Barrier> barriers) {
        engine.prelude((agent, routine, pc) -> {
            for (Barrier barrier : barriers) {
                if (barrier.before(agent)) {
                    engine.memory().fence(agent, barrier.fence);
                }
            }
        });
    }

    private boolean before(Agent agent) {
        return agent.position() == position;
    }

    /** What the barrier is called. */
    String kind() {
        return switch (fence) {
            case READ -> "read barrier";
            case WRITE -> "write barrier";
            case FULL -> "full barrier";
        };
    }
}
