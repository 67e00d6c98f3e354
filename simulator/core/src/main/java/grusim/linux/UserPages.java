package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.linux.lock.SpinLock;

/** How drivers come by processes' pages: by a walk without locks, under the page-table lock, or by get_user_pages. */
public final class UserPages {
    private final Kernel kernel;
    private final Routine atomicWalk;
    private final Routine lockPte;
    private final Routine get;
    private final Routine pin;

    UserPages(Kernel kernel, MmFault mmFault) {
        this.kernel = kernel;
        this.atomicWalk = new AtomicWalk(kernel);
        this.lockPte = new LockPte(kernel);
        this.get = new GetUserPage(kernel, mmFault, false);
        this.pin = new GetUserPage(kernel, mmFault, true);
    }

    /**
     * A lockless walk to the pte: slots 0 address space, 1 address, 2 whether for a write. Returns the present entry or a
     * code of {@link AtomicWalk}.
     */
    public Routine atomicWalk() {
        return atomicWalk;
    }

    /**
     * Takes the page-table lock of an address and reads its entry: slots 0 address space, 1 address. Returns the entry, and
     * the caller gives the lock back by {@link #unlockPte}; or {@link AtomicWalk#NO_TABLE}, and there is no lock to give back.
     */
    public Routine lockPte() {
        return lockPte;
    }

    /** Gives back the page-table lock that {@link #lockPte} took; the one access of the step. */
    public void unlockPte(Agent agent, int mm) {
        SpinLock own = kernel.tables().lockHeldBy(agent);
        (own == null ? kernel.mm(mm).pageTableLock() : own).unlock(agent);
    }

    /**
     * get_user_pages and put_page for one page; the caller holds mmap_sem for reading: slots 0 address space, 1 address, 2
     * whether for a write. Returns the entry, -EFAULT or -ENOMEM.
     */
    public Routine get() {
        return get;
    }

    /** As {@link #get}, keeping the reference, which the caller gives to {@link #unpin} one day. */
    public Routine pin() {
        return pin;
    }

    /** Drops a reference that {@link #pin} took; the one access of the step. Says whether that freed the frame. */
    public boolean unpin(Agent agent, long pfn) {
        kernel.counters().add(VmCounter.PAGES_UNPINNED);
        return kernel.frames().drop(agent, pfn, 1);
    }
}
