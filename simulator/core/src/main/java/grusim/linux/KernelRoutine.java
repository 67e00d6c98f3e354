package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.workload.KernelSpec;

/** A routine of the kernel that works on one address space, named in slot 0. */
abstract class KernelRoutine extends Routine {
    static final int MM = 0;

    final Kernel kernel;
    final KernelSpec spec;

    KernelRoutine(Kernel kernel, String name, int slots) {
        super(kernel.engine(), name, slots);
        this.kernel = kernel;
        this.spec = kernel.spec();
    }

    /** The address space the running frame works on. */
    final Mm mm(Agent agent) {
        return kernel.mm((int) agent.local(MM));
    }

    /** Ends the step: takes the spinlock and goes on at {@code next}, or spins at {@code pc}. */
    final void lock(Agent agent, SpinLock lock, int pc, int next) {
        if (lock.lock(agent)) {
            agent.next(next, spec.lockCostPs(), Why.VM);
        } else {
            agent.await(lock, pc, Why.LOCK);
        }
    }

    /** Ends the step: takes mmap_sem for reading and goes on at {@code next}, or waits at {@code pc}. Says whether it did. */
    final boolean downRead(Agent agent, Mm mm, int pc, int next) {
        return taken(agent, mm.mmapSem().downRead(agent), mm, pc, next);
    }

    /** As {@link #downRead}, for writing. */
    final boolean downWrite(Agent agent, Mm mm, int pc, int next) {
        return taken(agent, mm.mmapSem().downWrite(agent), mm, pc, next);
    }

    private boolean taken(Agent agent, boolean taken, Mm mm, int pc, int next) {
        if (taken) {
            agent.next(next, spec.lockCostPs(), Why.VM);
        } else {
            agent.await(mm.mmapSem(), pc, Why.LOCK);
        }
        return taken;
    }

    /** Ends the step: releases mmap_sem, held for reading. */
    final void upRead(Agent agent, Mm mm, int next) {
        mm.mmapSem().upRead(agent);
        agent.next(next, spec.lockCostPs(), Why.VM);
    }

    /** Ends the step: releases mmap_sem, held for writing. */
    final void upWrite(Agent agent, Mm mm, int next) {
        mm.mmapSem().upWrite(agent);
        agent.next(next, spec.lockCostPs(), Why.VM);
    }

    /** Ends the step: goes on at {@code next} after a time in which a CPU takes interrupts at once. */
    final void wait(Agent agent, int next, long delayPs, Why reason) {
        if (agent instanceof Cpu cpu) {
            cpu.pause(next, delayPs, reason);
        } else {
            agent.next(next, delayPs, reason);
        }
    }

    /** Ends the step: releases the spinlock. */
    final void unlock(Agent agent, SpinLock lock, int next) {
        lock.unlock(agent);
        agent.next(next, spec.lockCostPs(), Why.VM);
    }
}
