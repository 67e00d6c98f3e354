package grusim.driver;

import static grusim.driver.DriverCounter.INTR;
import static grusim.driver.DriverCounter.INTR_CBR;
import static grusim.driver.DriverCounter.INTR_MM_LOCK_FAILED;
import static grusim.driver.DriverCounter.INTR_SPURIOUS;
import static grusim.driver.DriverCounter.INTR_TFH;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.TlbFaultHandle;
import grusim.isa.handle.TfhOpcode;
import grusim.linux.Mm;
import grusim.workload.DriverSpec.WalkProtection;

/**
 * The TLB-miss interrupt of one core on one chiplet (gru_intr): takes the core's fault bits, and tries the dropin of each
 * in the interrupt if the driver's rules let it walk and the address space's mmap_sem can be had without waiting; else the
 * miss goes to the user. Further interrupts are off meanwhile. A rule that walks with nothing but interrupts off shows what
 * that protects.
 */
final class InterruptHandler extends DriverRoutine {
    private static final int LOW_BITS = 0;
    private static final int HIGH_BITS = 1;
    private static final int THREAD_STATE = 2;
    private static final int CBR = 3;
    private static final int CONTEXT = 4;
    private static final int ENTERED_PS = 5;
    /** The address space whose mmap_sem was taken; the thread state may be gone once its miss is answered. */
    private static final int LOCKED_MM = 6;

    private static final int DONE_LOW = 7;
    private static final int DONE_HIGH = 8;

    private final Chiplet chiplet;
    private final int map;

    InterruptHandler(GruDriver driver, Chiplet chiplet, int map) {
        super(driver, "gru_intr chiplet " + chiplet.index() + " map " + map, 9);
        this.chiplet = chiplet;
        this.map = map;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "enter";
            case 1 -> "take fault bits 0-63";
            case 2 -> "take fault bits 64-127";
            case 3 -> "next fault bit: read its TFH";
            case 4 -> "find the context's thread state";
            case 5 -> "may the interrupt walk?";
            case 6 -> "release mmap_sem";
            case 7 -> "hand the miss to the user";
            case 8 -> "reload of the CCH pending?";
            case 9 -> "take done bits 0-63";
            case 10 -> "take done bits 64-127";
            case 11 -> "next done bit: complete";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case 0 -> {
                driver.count(INTR);
                ((Cpu) a).mask();
                a.local(ENTERED_PS, driver.engine().nowPs());
                a.next(1, driver.interruptCostPs(driver.costs().interruptEntryCostPs()), Why.INTERRUPT_HANDLER);
            }
            case 1 -> {
                a.local(LOW_BITS, chiplet.tfm(map).takeFaultBits(a, 0));
                a.next(2, 0, Why.INTERRUPT_HANDLER);
            }
            case 2 -> {
                a.local(HIGH_BITS, chiplet.tfm(map).takeFaultBits(a, 1));
                a.next(takesDone() ? 9 : 3, 0, Why.INTERRUPT_HANDLER);
            }
            case 3 -> readTfh(a);
            case 4 -> findThreadState(a);
            case 5 -> tryLock(a);
            case 6 -> {
                driver.mm((int) a.local(LOCKED_MM)).mmapSem().upRead(a);
                a.next(3, driver.lockCostPs(), Why.LOCK);
            }
            case 7 -> {
                chiplet.tfh((int) a.local(CBR)).command(a, TfhOpcode.USER_POLLING_MODE);
                a.next(3, 0, Why.INTERRUPT_HANDLER);
            }
            case 8 -> checkReload(a);
            case 9, 10 -> {
                a.local(pc == 9 ? DONE_LOW : DONE_HIGH, chiplet.tfm(map).takeDoneBits(a, pc - 9));
                a.next(pc + 1, 0, Why.INTERRUPT_HANDLER);
            }
            case 11 -> complete(a);
            default -> throw noStep(pc);
        }
    }

    /** Whether the map is one of those that kernel contexts set done bits in. */
    private boolean takesDone() {
        return map == KernelContexts.FAULT_MAP && driver.kernelContexts().allowed(chiplet.blade());
    }

    /** Tells whoever waits for asynchronous instructions of the next done bit. */
    private void complete(Agent a) {
        int slot = a.local(DONE_LOW) != 0 ? DONE_LOW : DONE_HIGH;
        long bits = a.local(slot);
        if (bits == 0) {
            a.next(3, 0, Why.INTERRUPT_HANDLER);
            return;
        }
        driver.count(INTR_CBR);
        a.local(slot, bits & (bits - 1));
        driver.kernelContexts().of(chiplet.blade()).asyncDone.complete(a);
        a.next(11, 0, Why.INTERRUPT_HANDLER);
    }

    private void readTfh(Agent a) {
        long low = a.local(LOW_BITS);
        long high = a.local(HIGH_BITS);
        if (low == 0 && high == 0) {
            driver.took(DriverLatency.INTERRUPT, a.local(ENTERED_PS));
            ((Cpu) a).unmask();
            a.done(0);
            return;
        }
        int cbr = low != 0 ? Long.numberOfTrailingZeros(low) : 64 + Long.numberOfTrailingZeros(high);
        a.local(LOW_BITS, low & (low - 1));
        if (low == 0) {
            a.local(HIGH_BITS, high & (high - 1));
        }
        driver.count(INTR_TFH);
        a.local(CBR, cbr);
        long word = chiplet.tfh(cbr).load(a);
        a.local(CONTEXT, TlbFaultHandle.context(word));
        a.next(4, 0, Why.INTERRUPT_HANDLER);
    }

    private void findThreadState(Agent a) {
        int cbr = (int) a.local(CBR);
        int owner = driver.chipletState(chiplet.index()).owner(a, (int) a.local(CONTEXT));
        if (owner == ChipletState.FREE) {
            driver.count(INTR_SPURIOUS);
            a.next(3, driver.interruptCostPs(driver.costs().handlerCostPs()), Why.INTERRUPT_HANDLER);
            return;
        }
        driver.mark(chiplet, cbr, Why.INTERRUPT_DELIVERY);
        a.local(THREAD_STATE, owner);
        ThreadState gts = driver.threadState(owner);
        gts.fmmTlbMiss++;
        a.next(
                gts.sizes != null && driver.fillsInInterrupt() ? 8 : 5,
                driver.interruptCostPs(driver.costs().handlerCostPs()),
                Why.INTERRUPT_HANDLER);
    }

    private void checkReload(Agent a) {
        AvailableSizes sizes = driver.threadState((int) a.local(THREAD_STATE)).sizes;
        if (sizes != null && sizes.reloadPending(a)) {
            driver.mark(chiplet, (int) a.local(CBR), Why.INTERRUPT_HANDLER);
            driver.count(INTR_MM_LOCK_FAILED);
            a.next(7, 0, Why.INTERRUPT_HANDLER);
        } else {
            a.next(5, 0, Why.INTERRUPT_HANDLER);
        }
    }

    private void tryLock(Agent a) {
        int cbr = (int) a.local(CBR);
        driver.mark(chiplet, cbr, Why.INTERRUPT_HANDLER);
        a.local(LOCKED_MM, mm(a).id());
        boolean locks = driver.rules().walkProtection() == WalkProtection.MMAP_SEM && !driver.walkedByHardware();
        if (!driver.fillsInInterrupt()) {
            a.next(7, 0, Why.INTERRUPT_HANDLER);
        } else if (!locks || mm(a).mmapSem().tryDownRead(a)) {
            a.call(driver.tryDropin(), locks ? 6 : 3, chiplet.index(), cbr, a.local(THREAD_STATE), Dropin.ATOMIC);
        } else {
            driver.count(INTR_MM_LOCK_FAILED);
            a.next(7, 0, Why.INTERRUPT_HANDLER);
        }
    }

    private Mm mm(Agent a) {
        return driver.mm(driver.threadState((int) a.local(THREAD_STATE)).mm);
    }
}
