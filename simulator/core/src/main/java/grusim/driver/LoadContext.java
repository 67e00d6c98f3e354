package grusim.driver;

import static grusim.driver.DriverCounter.ASID_NEW;
import static grusim.driver.DriverCounter.ASID_NEXT;
import static grusim.driver.DriverCounter.ASID_REUSE;
import static grusim.driver.DriverCounter.ASID_WRAP;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.gru.ContextHandle;
import grusim.isa.AllocationMap;
import grusim.isa.handle.CchOpcode;
import grusim.workload.AsidSpec;

/**
 * Loads a thread's context into the chiplet it was assigned to (gru_load_context): configures the context handle,
 * gives the address space its asid, allocates, copies the control blocks and the data segment in or zeroes them, and
 * starts, upon which instructions copied in unfinished go on.
 *
 * <p>Slot 0: thread state, whose lock the caller holds.
 */
final class LoadContext extends DriverRoutine {
    private static final int THREAD_STATE = 0;
    private static final int ASID = 1;
    private static final int GENERATION = 2;
    private static final int STARTED_PS = 3;
    private static final int LOCKED_PS = 4;
    private static final int BLOCK = 5;

    LoadContext(GruDriver driver) {
        super(driver, "gru_load_context", 6);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the CCH";
            case 1 -> "lock the address space's asids";
            case 2 -> "read the address space's asid";
            case 3 -> "lock the chiplet's asids";
            case 4 -> "asid still good?";
            case 5 -> "flush the whole TLB";
            case 6 -> "find the next block of asids";
            case 7 -> "enter the context under the asid";
            case 8 -> "unlock the chiplet's asids";
            case 9 -> "unlock the address space's asids";
            case 10 -> "configure the CCH";
            case 11 -> "CCH ALLOCATE";
            case 12 -> "wait for ALLOCATE";
            case 13 -> "CCH START";
            case 14 -> "wait for START";
            case 15 -> "unlock the CCH";
            case 16 -> "copy a control block in";
            case 17 -> "copy the data segment in";
            case 18 -> "give the asid";
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
                if (lock(a, cch, 0, 1, Why.CONTEXT_LOAD)) {
                    a.local(LOCKED_PS, driver.engine().nowPs());
                }
            }
            case 1 -> lock(a, gms.asidLock, 1, 2, Why.CONTEXT_LOAD);
            case 2 -> {
                gms.read(a);
                a.local(ASID, gms.asid(gts.chiplet()));
                a.local(GENERATION, gms.generation(gts.chiplet()));
                a.next(3, 0, Why.CONTEXT_LOAD);
            }
            case 3 -> lock(a, gs.asidLock, 3, 4, Why.CONTEXT_LOAD);
            case 4 -> chooseAsid(a, gts, gms, gs);
            case 5 -> {
                int next = searchesFirst() ? 18 : 6;
                if (driver.rules().asids().flush()) {
                    a.call(driver.flushWholeTlb(), next, gts.chiplet());
                } else {
                    a.next(next, 0, Why.CONTEXT_LOAD);
                }
            }
            case 6 -> {
                if (gs.nextBlock(a)) {
                    driver.count(ASID_WRAP);
                }
                if (searchesFirst()) {
                    a.next(5, 0, Why.CONTEXT_LOAD);
                } else {
                    give(a, gts, gs);
                }
            }
            case 18 -> give(a, gts, gs);
            case 7 -> {
                gms.loaded(a, gts.chiplet(), gts.context(), (int) a.local(ASID), (int) a.local(GENERATION));
                gs.loaded(gts.context(), (int) a.local(ASID));
                driver.observer().contextBound(gts.chiplet(), gts.context(), gts.id, gts.mm, (int) a.local(ASID));
                a.next(8, 0, Why.CONTEXT_LOAD);
            }
            case 8 -> unlock(a, gs.asidLock, 9, Why.CONTEXT_LOAD);
            case 9 -> unlock(a, gms.asidLock, 10, Why.CONTEXT_LOAD);
            case 10 -> {
                driver.contextSwitch().configure(a, cch, gts, (int) a.local(ASID));
                a.next(11, 0, Why.CONTEXT_LOAD);
            }
            case 11 -> command(a, cch, CchOpcode.ALLOCATE, STARTED_PS, 12);
            case 12 -> {
                if (finished(a, cch, 12, McsOperation.CCH_ALLOCATE, STARTED_PS)) {
                    copyIn(a, gts, gs);
                }
            }
            case 13 -> command(a, cch, CchOpcode.START, STARTED_PS, 14);
            case 14 -> {
                if (finished(a, cch, 14, McsOperation.CCH_START, STARTED_PS)) {
                    a.next(15, 0, Why.CONTEXT_LOAD);
                }
            }
            case 16 -> {
                int block = (int) a.local(BLOCK);
                gts.saved().loadBlock(a, gs.chiplet.cb(AllocationMap.cbNumber(gts.cbrMap(), block)), block);
                a.local(BLOCK, block + 1L);
                a.next(
                        block + 1 < gts.saved().cbrs() ? 16 : 17,
                        driver.contextSwitch().blockCopyPs(),
                        Why.CONTEXT_LOAD);
            }
            case 17 -> {
                gts.saved().loadSegment(gs.chiplet, gts.dsrMap());
                a.next(13, driver.contextSwitch().segmentCopyPs(gts), Why.CONTEXT_LOAD);
            }
            case 15 -> {
                cch.unlock(a);
                driver.took(DriverLatency.CONTEXT_LOAD, a.local(LOCKED_PS));
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }

    private void copyIn(Agent a, ThreadState gts, ChipletState gs) {
        if (gts.saved().valid()) {
            a.next(16, 0, Why.CONTEXT_LOAD);
        } else {
            gs.chiplet.dataSegment().zero(gts.dsrMap());
            a.next(13, driver.contextSwitch().copyPs(gts), Why.CONTEXT_LOAD);
        }
    }

    private void chooseAsid(Agent a, ThreadState gts, AddressSpaceState gms, ChipletState gs) {
        int chiplet = gts.chiplet();
        boolean stale = gms.contexts(chiplet) == 0 && a.local(GENERATION) != gs.asids.generation();
        if (a.local(ASID) != 0 && !stale) {
            driver.count(ASID_REUSE);
            a.next(7, 0, Why.CONTEXT_LOAD);
        } else if (gs.advanceAsid(a)) {
            give(a, gts, gs);
        } else {
            driver.count(ASID_NEXT);
            a.next(searchesFirst() ? 6 : 5, 0, Why.CONTEXT_LOAD);
        }
    }

    private boolean searchesFirst() {
        return driver.rules().asids().order() == AsidSpec.Order.SEARCH_THEN_FLUSH;
    }

    private void give(Agent a, ThreadState gts, ChipletState gs) {
        driver.count(ASID_NEW);
        a.local(ASID, gs.asids.current());
        a.local(GENERATION, gs.asids.generation());
        driver.observer().asidAssigned(gts.chiplet(), gs.asids.current(), gts.mm);
        a.next(7, 0, Why.CONTEXT_LOAD);
    }
}
