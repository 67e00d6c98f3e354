package grusim.linux;

import grusim.engine.Cpu;
import grusim.engine.Routine;

/** The routines by which processes come and go, and the address spaces of those that come during a run. */
public final class Processes {
    private final Kernel kernel;
    private final SpareMms spares = new SpareMms();
    private final Routine fork;
    private final Routine exec;
    private final Routine userStore;

    Processes(Kernel kernel, AllocateTables allocateTables, Routine exitMmap, Routine handleFault) {
        this.kernel = kernel;
        this.fork = new Fork(kernel, spares, new CopyPageRange(kernel, allocateTables));
        this.exec = new Exec(kernel, spares, exitMmap);
        this.userStore = new UserStore(kernel, handleFault);
    }

    /**
     * Lets a CPU have this many processes more that it makes itself, while the machine is being built. One that execs counts
     * twice until its old address space is gone.
     */
    public void allow(Cpu cpu, int processes) {
        for (int i = 0; i < processes; i++) {
            Mm mm = kernel.spareMm();
            mm.runsOn(cpu);
            spares.add(mm, cpu.id());
        }
    }

    /**
     * fork: slot 0 address space of the parent. Returns the number of the child's address space, or -EAGAIN if the CPU may
     * have no more processes. The child has no mmu notifier. Its end is {@link Kernel#exitMmap}.
     */
    public Routine fork() {
        return fork;
    }

    /**
     * exec: slot 0 address space, of a process made by {@link #fork}. Returns the number of its new, empty address space, or
     * -ENOMEM if the CPU may have no more.
     */
    public Routine exec() {
        return exec;
    }

    /**
     * A store by the CPU, with its page fault if there is one: slots 0 address space, 1 address, aligned to 8 bytes, 2 value.
     * Returns 0 or what the page fault returned that refused it.
     */
    public Routine userStore() {
        return userStore;
    }

    SpareMms spares() {
        return spares;
    }
}
