package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.ArrayList;
import java.util.List;

/**
 * The CPUs that have an address space loaded (Linux mm_cpumask), listed while the machine is being built. Where CPUs
 * switch, they leave and join it later; where they do not, it never changes and looking at it is no access.
 *
 * <p>A CPU whose thread sleeps in the kernel counts as running it.
 */
final class CpuMask extends Shared {
    private final Shootdown shootdown;
    private final List<Cpu> cpus = new ArrayList<>();

    /** Whether each CPU of the list is in the mask, a bit each. */
    private long[] present = new long[1];

    CpuMask(Engine engine, String name, Shootdown shootdown) {
        super(engine, name);
        this.shootdown = shootdown;
    }

    /** Lists a CPU, outside the mask; says whether it is new. */
    boolean list(Cpu cpu) {
        if (cpus.contains(cpu)) {
            return false;
        }
        cpus.add(cpu);
        if (cpus.size() > present.length * Long.SIZE) {
            long[] longer = new long[present.length + 1];
            System.arraycopy(present, 0, longer, 0, present.length);
            present = longer;
        }
        return true;
    }

    /** Puts a listed CPU into the mask while the machine is being built. */
    void put(Cpu cpu) {
        set(cpus.indexOf(cpu), true);
    }

    /** Number of CPUs listed. */
    int size() {
        return cpus.size();
    }

    Cpu cpu(int index) {
        return cpus.get(index);
    }

    /** Whether the agent is a CPU of the mask, which it knows of itself. */
    boolean contains(Agent agent) {
        for (int i = 0; i < cpus.size(); i++) {
            if (cpus.get(i) == agent) {
                return has(i);
            }
        }
        return false;
    }

    /** The first index from {@code from} on of a CPU of the mask other than the agent, or the size. */
    int nextOther(int from, Agent agent) {
        int at = from;
        while (at < cpus.size() && (cpus.get(at) == agent || !has(at))) {
            at++;
        }
        return at;
    }

    /** The first index from {@code from} on of a CPU of the mask, or the size. */
    int next(int from) {
        int at = from;
        while (at < cpus.size() && !has(at)) {
            at++;
        }
        return at;
    }

    /** Announces the look at a mask that changes, as the one access of the step. */
    void look(Agent agent) {
        access(agent, Access.READ);
    }

    /** Puts the agent, a listed CPU, into the mask. */
    void join(Agent agent) {
        change(agent, true);
    }

    /** Takes the agent off the mask. */
    void leave(Agent agent) {
        change(agent, false);
    }

    private void change(Agent agent, boolean in) {
        access(agent, Access.UPDATE);
        assert shootdown.switching() : name() + " changes though no CPU switches";
        for (int i = 0; i < cpus.size(); i++) {
            if (cpus.get(i) == agent) {
                set(i, in);
                return;
            }
        }
        throw new IllegalStateException(agent.name() + " is not listed in " + name());
    }

    private boolean has(int index) {
        return (present[index / Long.SIZE] >>> index & 1) != 0;
    }

    private void set(int index, boolean in) {
        long bit = 1L << index;
        present[index / Long.SIZE] = in ? present[index / Long.SIZE] | bit : present[index / Long.SIZE] & ~bit;
    }

    @Override
    public void state(StateIo io) {
        if (shootdown.switching()) {
            io.array(present);
        }
    }
}
