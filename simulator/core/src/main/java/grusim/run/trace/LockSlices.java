package grusim.run.trace;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.LockObserver;
import grusim.engine.Shared;
import grusim.result.trace.Mark;
import java.util.HashMap;
import java.util.Map;

/** Who waits for each lock and who holds it: a lane for each agent under the lock's name, with its waits and holds. */
final class LockSlices implements LockObserver {
    private final Stage stage;
    private final Engine engine;
    /** Lanes by the numbers of lock and agent; only ever looked up. */
    private final Map<Long, Integer> lanes = new HashMap<>();

    LockSlices(Stage stage, Engine engine) {
        this.stage = stage;
        this.engine = engine;
    }

    private int lane(Agent agent, Shared lock) {
        long key = (long) lock.id() << 32 | agent.id();
        Integer known = lanes.get(key);
        if (known == null) {
            known = stage.lock(agent, lock.id(), name(lock));
            lanes.put(key, known);
        }
        return known;
    }

    /** A handle with a lock bit has its own name already. */
    private static String name(Shared lock) {
        return lock.name().startsWith("gru") ? lock.name() + " lock" : lock.name();
    }

    @Override
    public void wanted(Agent agent, Shared lock, boolean exclusive) {
        int lane = lane(agent, lock);
        if (stage.timeline().depth(lane) == 0) {
            begin(lane, agent, exclusive ? " waits" : " waits to share");
        }
    }

    @Override
    public void locked(Agent agent, Shared lock, boolean exclusive) {
        taken(agent, lock, exclusive);
    }

    @Override
    public void taken(Agent agent, Shared lock, boolean exclusive) {
        int lane = lane(agent, lock);
        stage.timeline().endTo(lane, 0, engine.nowPs());
        begin(lane, agent, exclusive ? " holds" : " shares");
    }

    @Override
    public void released(Agent agent, Shared lock) {
        stage.timeline().endTo(lane(agent, lock), 0, engine.nowPs());
    }

    private void begin(int lane, Agent agent, String what) {
        stage.timeline().begin(lane, engine.nowPs(), agent.name() + what, Mark.NONE);
    }
}
