package grusim.driver;

import static grusim.driver.DriverCounter.ASSIGN_CONTEXT;
import static grusim.driver.DriverCounter.ASSIGN_CONTEXT_FAILED;
import static grusim.driver.DriverCounter.LOAD_KERNEL_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;
import grusim.gru.ContextHandle;
import grusim.isa.handle.CchOpcode;

/**
 * Loads a blade's kernel context (gru_load_kernel_context, gru_load_context): assigns it a context, stealing one if none
 * is free, and starts it without asids, with the unmapped mode allowed and interrupts for instructions that ask for one,
 * all of them to the blade's first core. Its data segment and control blocks start empty.
 *
 * <p>Slot 0: blade, whose semaphore the caller holds for writing.
 */
final class LoadKernelContext extends DriverRoutine {
    /** Sleep before a context is stolen. */
    private static final long RETRY_PS = 1_000_000_000L;

    private static final int BLADE = 0;
    private static final int CHOSEN = 1;
    private static final int STARTED_PS = 2;
    private static final int LOCKED_PS = 3;

    LoadKernelContext(GruDriver driver) {
        super(driver, "gru_load_kernel_context", 4);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "choose a chiplet";
            case 1 -> "reserve a context";
            case 2 -> "sleep, no context free";
            case 3 -> "steal a context";
            case 4 -> "lock the CCH";
            case 5 -> "configure the CCH";
            case 6 -> "CCH ALLOCATE";
            case 7 -> "wait for ALLOCATE";
            case 8 -> "CCH START";
            case 9 -> "wait for START";
            case 10 -> "unlock the CCH";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        KernelContext kernel = driver.kernelContexts().of((int) a.local(BLADE));
        ThreadState gts = kernel.gts;
        switch (pc) {
            case 0 -> {
                a.local(CHOSEN, choose(kernel));
                a.next(a.local(CHOSEN) < 0 ? 2 : 1, 0, Why.CONTEXT_LOAD);
            }
            case 1 -> {
                if (driver.chipletState((int) a.local(CHOSEN)).reserve(a, gts)) {
                    driver.count(ASSIGN_CONTEXT);
                    a.next(4, 0, Why.CONTEXT_LOAD);
                } else {
                    a.next(0, 0, Why.CONTEXT_LOAD);
                }
            }
            case 2 -> {
                driver.count(ASSIGN_CONTEXT_FAILED);
                ((Cpu) a).pause(3, RETRY_PS, Why.CONTEXT_LOAD);
            }
            case 3 -> a.call(driver.stealing().routine(), 0, gts.id);
            default -> load(a, pc, gts);
        }
    }

    private int choose(KernelContext kernel) {
        if (kernel.chiplet < 0) {
            return driver.placement().roomiestChiplet(kernel.gts);
        }
        boolean fits = driver.chipletState(kernel.chiplet).fits(kernel.gts.cbrs(), kernel.gts.dsrUnits());
        return fits ? kernel.chiplet : -1;
    }

    private void load(Agent a, int pc, ThreadState gts) {
        ChipletState gs = driver.chipletState(gts.chiplet());
        ContextHandle cch = gs.chiplet.cch(gts.context());
        switch (pc) {
            case 4 -> {
                if (lock(a, cch, 4, 5, Why.CONTEXT_LOAD)) {
                    driver.count(LOAD_KERNEL_CONTEXT);
                    a.local(LOCKED_PS, driver.engine().nowPs());
                }
            }
            case 5 -> {
                cch.configure(a, KernelContexts.configuration(gts));
                a.next(6, 0, Why.CONTEXT_LOAD);
            }
            case 6 -> command(a, cch, CchOpcode.ALLOCATE, STARTED_PS, 7);
            case 7 -> {
                if (finished(a, cch, 7, McsOperation.CCH_ALLOCATE, STARTED_PS)) {
                    gs.chiplet.dataSegment().zero(gts.dsrMap());
                    a.next(8, driver.contextSwitch().copyPs(gts), Why.CONTEXT_LOAD);
                }
            }
            case 8 -> command(a, cch, CchOpcode.START, STARTED_PS, 9);
            case 9 -> {
                if (finished(a, cch, 9, McsOperation.CCH_START, STARTED_PS)) {
                    a.next(10, 0, Why.CONTEXT_LOAD);
                }
            }
            case 10 -> {
                cch.unlock(a);
                driver.took(DriverLatency.CONTEXT_LOAD, a.local(LOCKED_PS));
                a.done(0);
            }
            default -> throw noStep(pc);
        }
    }
}
