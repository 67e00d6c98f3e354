package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.gru.Chiplet;
import grusim.machine.Machine;
import org.jspecify.annotations.Nullable;

/** What blades share to steal contexts: the pointer of each, the rule who may, the routine. */
final class Stealing {
    /**
     * Steals of one thread that are explored where no time passes: two threads that rob each other for ever write without
     * end.
     */
    private static final int EXPLORED = 1;

    private final GruDriver driver;
    private final @Nullable StealPointer[] pointers;
    private final Routine routine;

    Stealing(GruDriver driver, Machine machine, @Nullable Chiplet[] devices) {
        this.driver = driver;
        pointers = new @Nullable StealPointer[machine.topology().blades()];
        for (Chiplet device : devices) {
            if (device != null && pointers[device.blade()] == null) {
                pointers[device.blade()] = new StealPointer(
                        driver.engine(), device.blade(), driver.kernel().counters());
            }
        }
        routine = new StealContext(driver, this);
    }

    /** The pointer of the blade a thread state wants its context on. */
    StealPointer pointer(ThreadState gts) {
        int blade = driver.placement().blade(gts);
        StealPointer pointer = pointers[blade];
        if (pointer == null) {
            throw new IllegalStateException("blade " + blade + " has no chiplet in use");
        }
        return pointer;
    }

    /**
     * Whether a thread may steal now: it was not robbed itself within the delay. Where no time passes any delay may be
     * over.
     */
    boolean may(ThreadState gts) {
        if (!driver.engine().isTimed()) {
            return gts.contextStolen < EXPLORED;
        }
        return !gts.wasRobbed()
                || gts.robbedPs() + driver.costs().contexts().stealDelayPs()
                        < driver.engine().nowPs();
    }

    /** Takes what keeps the owner of a context from using or unloading it, unless somebody has it. */
    boolean tryLock(Agent agent, ThreadState owner) {
        KernelContext kernel = driver.kernelContexts().owning(owner);
        return kernel == null ? owner.lock.tryLock(agent) : kernel.semaphore.tryDownWrite(agent);
    }

    /** The routine that steals a context; slot 0: the thread state that wants one. */
    Routine routine() {
        return routine;
    }
}
