package grusim.driver;

import static grusim.driver.DriverCounter.FREE_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.ContextHandle;
import grusim.isa.AllocationMap;
import grusim.isa.handle.CchOpcode;
import grusim.workload.ContextsSpec.UnloadCommand;

/**
 * Unloads a thread's context (gru_unload_context): zaps its mapping, stops it, takes it off the address space's map, copies its state out
 * if it is to be kept, deallocates it, and gives its resources back.
 *
 * <p>Slots: 0 thread state, whose lock the caller holds; 1 whether the state is saved, and what for.
 * A placement check may drop the last reference to the thread state so, though its caller goes on to use it.
 */
final class UnloadContext extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int SAVE = 1;
    /** What {@link #SAVE} holds for a context that the placement check unloads, whose state is saved. */
    static final int MISPLACED = 2;

    private static final int STARTED_PS = 2;
    private static final int LOCKED_PS = 3;
    private static final int BLOCK = 4;

    UnloadContext(GruDriver driver) {
        super(driver, "gru_unload_context", 5);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "zap the user's mapping";
            case 1 -> "lock the CCH";
            case 2 -> "CCH INTERRUPT_SYNC";
            case 3 -> "wait for INTERRUPT_SYNC";
            case 14 -> "CCH INTERRUPT";
            case 15 -> "wait for INTERRUPT";
            case 4 -> "lock the address space's asids";
            case 16 -> "lock the chiplet's asids";
            case 5 -> "take the context off the map";
            case 17 -> "unlock the chiplet's asids";
            case 6 -> "unlock the address space's asids";
            case 7 -> "CCH DEALLOCATE";
            case 8 -> "wait for DEALLOCATE";
            case 9 -> "unlock the CCH";
            case 10 -> "free the context";
            case 11 -> "flush the CPUs' TLBs of the mapping";
            case 12 -> "copy a control block out";
            case 13 -> "copy the data segment out";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState gts = driver.threads().use((int) a.local(THREAD_STATE));
        AddressSpaceState gms = driver.addressSpace(gts.mm);
        ChipletState gs = driver.chipletState(gts.chiplet());
        ContextHandle cch = gs.chiplet.cch(gts.context());
        switch (pc) {
            case 0 -> {
                gts.mapping().zap(a);
                a.next(11, 0, Why.CONTEXT_UNLOAD);
            }
            case 1 -> {
                boolean quiet = driver.costs().contexts().unloadCommand() == UnloadCommand.INTERRUPT_SYNC;
                if (lock(a, cch, 1, quiet ? 2 : 14, Why.CONTEXT_UNLOAD)) {
                    a.local(LOCKED_PS, driver.engine().nowPs());
                }
            }
            case 2 -> command(a, cch, CchOpcode.INTERRUPT_SYNC, STARTED_PS, 3);
            case 3 -> {
                if (finished(a, cch, 3, McsOperation.CCH_INTERRUPT_SYNC, STARTED_PS)) {
                    a.next(4, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 14 -> command(a, cch, CchOpcode.INTERRUPT, STARTED_PS, 15);
            case 15 -> {
                if (finished(a, cch, 15, McsOperation.CCH_INTERRUPT, STARTED_PS)) {
                    a.next(4, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 4 -> lock(a, gms.asidLock, 4, 16, Why.CONTEXT_UNLOAD);
            case 16 -> lock(a, gs.asidLock, 16, 5, Why.CONTEXT_UNLOAD);
            case 5 -> {
                gms.unloaded(a, gts.chiplet(), gts.context());
                a.next(17, 0, Why.CONTEXT_UNLOAD);
            }
            case 17 -> unlock(a, gs.asidLock, 6, Why.CONTEXT_UNLOAD);
            case 6 -> {
                gms.asidLock.unlock(a);
                gts.saved().forget();
                a.next(a.local(SAVE) != 0 ? 12 : 7, 0, Why.CONTEXT_UNLOAD);
            }
            case 7 -> command(a, cch, CchOpcode.DEALLOCATE, STARTED_PS, 8);
            case 8 -> {
                if (finished(a, cch, 8, McsOperation.CCH_DEALLOCATE, STARTED_PS)) {
                    a.next(9, 0, Why.CONTEXT_UNLOAD);
                }
            }
            case 9 -> {
                cch.unlock(a);
                driver.took(DriverLatency.CONTEXT_UNLOAD, a.local(LOCKED_PS));
                a.next(10, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
            }
            case 10 -> {
                driver.count(FREE_CONTEXT);
                driver.observer().contextUnbound(gts.chiplet(), gts.context(), gts.id, gts.mm);
                gs.free(a, gts);
                if (a.local(SAVE) == MISPLACED
                        && driver.rules().placementDropsLastReference()
                        && gts.mapping().dropped(a)) {
                    driver.threads().freed(gts.id);
                }
                a.done(0);
            }
            case 11 -> a.call(driver.kernel().flushCpus(), 1, gts.mm);
            case 12 -> {
                int block = (int) a.local(BLOCK);
                gts.saved().saveBlock(a, gs.chiplet.cb(AllocationMap.cbNumber(gts.cbrMap(), block)), block);
                if (block == 0) {
                    driver.observer().contextCopied(gts.chiplet(), gts.context());
                }
                a.local(BLOCK, block + 1L);
                a.next(
                        block + 1 < gts.saved().cbrs() ? 12 : 13,
                        driver.contextSwitch().blockCopyPs(),
                        Why.CONTEXT_UNLOAD);
            }
            case 13 -> {
                gts.saved().saveSegment(gs.chiplet, gts.dsrMap());
                a.next(7, driver.contextSwitch().segmentCopyPs(gts), Why.CONTEXT_UNLOAD);
            }
            default -> throw noStep(pc);
        }
    }
}
