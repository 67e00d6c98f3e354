package grusim.protocol;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The table walks that hardware has under way for one address space, and who waits for them: an invalidation of an IOMMU
 * completes when the walks that began before it have ended (PCI Express ATS; Intel VT-d, invalidation wait with drain).
 * Later walks see what was written before the invalidation. After the address space's tables are taken from the IOMMU no
 * walk begins. Each operation is the one access of its step.
 */
final class WalksInFlight extends Shared {
    private boolean detached;

    /** Agents that walk, in order of their numbers. */
    private int[] walkers = new int[4];

    private int count;

    /** Agents that wait, above the agents they wait for; in order. */
    private long[] waits = new long[4];

    private int waiting;

    WalksInFlight(Engine engine, String name) {
        super(engine, name);
    }

    /** A walk begins, unless there are no tables any more; says which. */
    boolean begin(Agent agent) {
        access(agent, Access.UPDATE);
        if (detached) {
            return false;
        }
        engine().memory().acquired(agent, this);
        if (count == walkers.length) {
            walkers = Arrays.copyOf(walkers, 2 * count);
        }
        walkers[count++] = agent.id();
        Arrays.sort(walkers, 0, count);
        return true;
    }

    /** A walk ends. */
    void end(Agent agent) {
        access(agent, Access.UPDATE);
        int at = Arrays.binarySearch(walkers, 0, count, agent.id());
        count--;
        System.arraycopy(walkers, at + 1, walkers, at, count - at);
        int kept = 0;
        for (int i = 0; i < waiting; i++) {
            if ((int) waits[i] != agent.id()) {
                waits[kept++] = waits[i];
            }
        }
        waiting = kept;
        changed();
    }

    /** Notes the walks that are under way, to wait for them. */
    void drain(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        if (waiting + count > waits.length) {
            waits = Arrays.copyOf(waits, 2 * (waiting + count));
        }
        for (int i = 0; i < count; i++) {
            waits[waiting++] = (long) agent.id() << Integer.SIZE | walkers[i];
        }
        Arrays.sort(waits, 0, waiting);
    }

    /** Whether the walks noted have ended. */
    boolean drained(Agent agent) {
        access(agent, Access.READ);
        int at = Arrays.binarySearch(waits, 0, waiting, (long) agent.id() << Integer.SIZE);
        at = at < 0 ? -1 - at : at;
        return at == waiting || waits[at] >> Integer.SIZE != agent.id();
    }

    /** Takes the tables from the hardware. */
    void detach(Agent agent) {
        access(agent, Access.WRITE);
        detached = true;
    }

    @Override
    public void state(StateIo io) {
        detached = io.bool(detached);
        count = io.i32(count);
        walkers = io.array(walkers, count);
        waiting = io.i32(waiting);
        waits = io.array(waits, waiting);
    }
}
