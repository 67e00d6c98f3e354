package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address spaces that processes made during a run get. Each belongs to the CPU that its process will run on, is taken
 * empty and given back when its process has ended; so no CPU touches another's. Their number stands for the limit on
 * processes.
 */
final class SpareMms implements Stateful {
    private final List<Mm> spares = new ArrayList<>();

    /** Number of the CPU each belongs to. */
    private final List<Integer> owners = new ArrayList<>();

    private boolean[] taken = {};

    void add(Mm mm, int cpu) {
        spares.add(mm);
        owners.add(cpu);
        taken = new boolean[spares.size()];
    }

    /** Takes an address space of the agent, or returns null if it has none left. */
    @Nullable
    Mm take(Agent agent) {
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i] && owners.get(i) == agent.id()) {
                taken[i] = true;
                return spares.get(i);
            }
        }
        return null;
    }

    /** Gives an address space back that is empty again, if it was taken from here. */
    void giveBack(Mm mm) {
        int at = spares.indexOf(mm);
        if (at >= 0) {
            assert taken[at] : "address space " + mm.id() + " was not taken";
            taken[at] = false;
        }
    }

    @Override
    public void state(StateIo io) {
        for (int i = 0; i < taken.length; i++) {
            taken[i] = io.bool(taken[i]);
        }
    }
}
