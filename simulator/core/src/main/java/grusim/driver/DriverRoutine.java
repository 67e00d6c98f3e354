package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.ContextHandle;
import grusim.gru.SharedHandle;
import grusim.gru.TlbGlobalHandle;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CommandStatus;
import grusim.linux.Mm;
import grusim.linux.lock.FifoLock;

/** A routine of the driver, with the steps that many of them have: taking locks, and commanding handles. */
abstract class DriverRoutine extends Routine {
    final GruDriver driver;

    DriverRoutine(GruDriver driver, String name, int slots) {
        super(driver.engine(), name, slots);
        this.driver = driver;
    }

    /** The failure of a step that a routine does not have. */
    static IllegalArgumentException noStep(int pc) {
        return new IllegalArgumentException("step " + pc);
    }

    /** Ends the step: takes the lock and goes on, or waits and repeats {@code pc}. */
    final void lock(Agent a, FifoLock lock, int pc, int next, Why reason) {
        if (lock.lock(a)) {
            a.next(next, driver.lockCostPs(), reason);
        } else {
            a.await(lock, pc, Why.LOCK);
        }
    }

    /** Ends the step: releases the lock. */
    final void unlock(Agent a, FifoLock lock, int next, Why reason) {
        lock.unlock(a);
        a.next(next, driver.lockCostPs(), reason);
    }

    /**
     * Ends the step with the check that a context lies where its owner wants it (gru_check_context_placement), the thread
     * state's lock being held: goes on, or unloads the context, its state saved, or tells it the owner's core.
     */
    final void place(Agent a, ThreadState gts, int wellPlaced, int unloaded, int retargeted) {
        switch (driver.placement().check(gts)) {
            case WELL_PLACED -> a.next(wellPlaced, 0, Why.OS_CALL);
            case MISPLACED -> {
                driver.count(DriverCounter.CHECK_CONTEXT_UNLOAD);
                a.call(driver.contextSwitch().unload(), unloaded, gts.id, UnloadContext.MISPLACED);
            }
            case INTERRUPTS_ELSEWHERE -> {
                driver.count(DriverCounter.CHECK_CONTEXT_RETARGET_INTR);
                a.call(driver.contextSwitch().update(), retargeted, gts.id);
            }
        }
    }

    /** Gives a thread state's lock back, in the step's access, and frees a thread state that nothing refers to any more. */
    final void release(Agent a, ThreadState gts) {
        gts.lock.unlock(a);
        if (driver.threads().gone(a, gts.id)) {
            driver.threads().freed(gts.id);
        }
    }

    /** Ends the step: gives a thread state's lock back. */
    final void release(Agent a, ThreadState gts, int next, Why reason) {
        release(a, gts);
        a.next(next, driver.lockCostPs(), reason);
    }

    /** Ends the step: takes the lock bit of a handle and goes on, or waits and repeats {@code pc}. Says whether it did. */
    final boolean lock(Agent a, SharedHandle handle, int pc, int next, Why reason) {
        boolean taken = handle.tryLock(a);
        if (taken) {
            a.next(next, driver.lockCostPs(), reason);
        } else {
            a.await(handle.awaitable(), pc, Why.LOCK);
        }
        return taken;
    }

    /** Ends the step: takes mmap_sem for reading and goes on, or waits and repeats {@code pc}. */
    final void downRead(Agent a, Mm mm, int pc, int next) {
        down(a, mm.mmapSem().downRead(a), mm, pc, next);
    }

    /** As {@link #downRead}, for writing. */
    final void downWrite(Agent a, Mm mm, int pc, int next) {
        down(a, mm.mmapSem().downWrite(a), mm, pc, next);
    }

    private void down(Agent a, boolean taken, Mm mm, int pc, int next) {
        if (taken) {
            a.next(next, driver.lockCostPs(), Why.LOCK);
        } else {
            a.await(mm.mmapSem(), pc, Why.LOCK);
        }
    }

    /** Ends the step: commands a context handle and notes when, in a slot. */
    final void command(Agent a, ContextHandle cch, CchOpcode opcode, int startedSlot, int next) {
        a.local(startedSlot, driver.engine().nowPs());
        cch.command(a, opcode);
        a.next(next, 0, Why.COMMAND);
    }

    /** Whether a context handle's command is done, then timed; if not, the step has ended and repeats {@code pc}. */
    final boolean finished(Agent a, ContextHandle cch, int pc, McsOperation operation, int startedSlot) {
        if (cch.status(a) == CommandStatus.ACTIVE) {
            a.await(cch.awaitable(), pc, Why.COMMAND);
            return false;
        }
        driver.timed(operation, a.local(startedSlot));
        return true;
    }

    /** Ends the step: goes on when a global handle's invalidate is done, timing it, or waits and repeats {@code pc}. */
    final void finish(Agent a, TlbGlobalHandle tgh, int pc, int startedSlot, int next) {
        if (tgh.active(a)) {
            a.await(tgh.awaitable(), pc, Why.COMMAND);
        } else {
            driver.timed(McsOperation.TGH_INVALIDATE, a.local(startedSlot));
            a.next(next, 0, Why.INVALIDATE);
        }
    }
}
