package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * execve(2), as far as address spaces go: exec_mmap (Linux fs/exec.c). The new one is made first and is empty; then the old
 * one ends as at exit. Does not model what the new program maps.
 *
 * <p>Slot 0: the old address space. Returns the new one, or -ENOMEM.
 */
final class Exec extends KernelRoutine {
    private static final int NEW = 1;
    private static final int SLOTS = 2;

    private static final int ENTER = 0;
    private static final int TAKE = 1;
    private static final int RETURN = 2;

    private final SpareMms spares;
    private final Routine exitMmap;

    Exec(Kernel kernel, SpareMms spares, Routine exitMmap) {
        super(kernel, "exec_mmap", SLOTS);
        this.spares = spares;
        this.exitMmap = exitMmap;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "enter";
            case TAKE -> "make the new address space, end the old one";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENTER -> agent.next(TAKE, spec.execCostPs(), Why.VM);
            case TAKE -> {
                Mm mm = spares.take(agent);
                if (mm == null) {
                    kernel.counters().add(VmCounter.CALLS_REFUSED);
                    agent.done(-Errno.ENOMEM);
                    return;
                }
                mm.begin(mm(agent));
                kernel.observer().mmCreated(mm.id());
                agent.local(NEW, mm.id());
                agent.call(exitMmap, RETURN, agent.local(MM));
            }
            default -> {
                kernel.counters().add(VmCounter.EXECS);
                agent.done(agent.local(NEW));
            }
        }
    }
}
