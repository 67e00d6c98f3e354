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
import grusim.gru.ControlBlock;
import grusim.gru.TlbFaultHandle;
import grusim.isa.handle.TfhOpcode;
import grusim.linux.Mm;
import grusim.workload.DriverSpec.WalkProtection;

/**
 * The TLB-miss interrupt of one core on one chiplet (gru_intr): takes the core's fault bits, and tries the dropin of each
 * in the interrupt if the driver's rules let it walk and the address space's mmap_sem can be had without waiting; else the
 * miss goes to the user. Further interrupts are off meanwhile. A rule that walks with nothing but interrupts off shows what
 * that protects.
 *
 * <p>A polling thread does the same in each scan that finds a bit; its other scans are not played.
 */
final class FaultHandler extends DriverRoutine {
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

    /** Fault bits served. */
    private static final int FAULTS = 9;

    /** When the interrupt had reached the CPU. */
    private static final int DUE_PS = 10;

    /** When the first fault bit's turn came. */
    private static final int FIRST_PS = 11;

    private final Chiplet chiplet;
    private final int map;
    private final boolean polls;
    /** What a miss waits for until the handler looks at it, and what the handler's own time is. */
    private final Why arrival;

    private final Why handling;

    FaultHandler(GruDriver driver, Chiplet chiplet, int map, boolean polls) {
        super(driver, (polls ? "fault scan" : "gru_intr") + " chiplet " + chiplet.index() + " map " + map, 12);
        this.chiplet = chiplet;
        this.map = map;
        this.polls = polls;
        arrival = polls ? Why.FAULT_SCAN : Why.INTERRUPT_DELIVERY;
        handling = polls ? Why.COMPUTE : Why.INTERRUPT_HANDLER;
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
                ((Cpu) a).mask();
                a.local(ENTERED_PS, driver.engine().nowPs());
                a.local(DUE_PS, Math.min(((Cpu) a).takenDuePs(), driver.engine().nowPs()));
                a.next(1, entryCostPs(), handling);
            }
            case 1 -> {
                a.local(LOW_BITS, chiplet.tfm(map).takeFaultBits(a, 0, polls));
                a.next(2, 0, handling);
            }
            case 2 -> {
                a.local(HIGH_BITS, chiplet.tfm(map).takeFaultBits(a, 1, polls));
                a.next(takesDone() ? 9 : 3, 0, handling);
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
                a.next(3, 0, handling);
            }
            case 8 -> checkReload(a);
            case 9, 10 -> {
                a.local(pc == 9 ? DONE_LOW : DONE_HIGH, chiplet.tfm(map).takeDoneBits(a, pc - 9));
                a.next(pc + 1, 0, handling);
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
            a.next(3, 0, handling);
            return;
        }
        driver.count(INTR_CBR);
        a.local(slot, bits & (bits - 1));
        driver.kernelContexts().of(chiplet.blade()).asyncDone.complete(a);
        a.next(11, 0, handling);
    }

    private long entryCostPs() {
        if (polls) {
            return driver.costs().polling().scanCostPs();
        }
        driver.count(INTR);
        return driver.fills().interruptCostPs(driver.costs().interruptEntryCostPs());
    }

    private void readTfh(Agent a) {
        long low = a.local(LOW_BITS);
        long high = a.local(HIGH_BITS);
        if (low == 0 && high == 0) {
            driver.took(polls ? DriverLatency.FAULT_SCAN : DriverLatency.INTERRUPT, a.local(ENTERED_PS));
            driver.statistics().served(polls, (int) a.local(FAULTS));
            ((Cpu) a).unmask();
            a.done(0);
            return;
        }
        int cbr = low != 0 ? Long.numberOfTrailingZeros(low) : 64 + Long.numberOfTrailingZeros(high);
        a.local(LOW_BITS, low & (low - 1));
        if (low == 0) {
            a.local(HIGH_BITS, high & (high - 1));
        }
        if (a.local(FAULTS) == 0) {
            a.local(FIRST_PS, driver.engine().nowPs());
        }
        a.local(FAULTS, a.local(FAULTS) + 1);
        driver.count(INTR_TFH);
        a.local(CBR, cbr);
        long word = chiplet.tfh(cbr).load(a);
        a.local(CONTEXT, TlbFaultHandle.context(word));
        a.next(4, 0, handling);
    }

    private void findThreadState(Agent a) {
        int cbr = (int) a.local(CBR);
        int owner = driver.chipletState(chiplet.index()).owner(a, (int) a.local(CONTEXT));
        if (owner == ChipletState.FREE || movedOn(owner)) {
            driver.count(INTR_SPURIOUS);
            a.next(3, driver.fills().interruptCostPs(driver.costs().handlerCostPs()), handling);
            return;
        }
        arrived(a, chiplet.cb(cbr));
        a.local(THREAD_STATE, owner);
        ThreadState gts = driver.threads().use(owner);
        gts.fmmTlbMiss++;
        a.next(
                gts.sizes != null && driver.fills().inInterrupt() ? 8 : 5,
                driver.fills().interruptCostPs(driver.costs().handlerCostPs()),
                handling);
    }

    /** The miss waited for the interrupt to reach the CPU, then for the CPU, the handler's entry and other faults. */
    private void arrived(Agent a, ControlBlock cb) {
        cb.mark(arrival, a.local(DUE_PS));
        cb.mark(Why.HANDLER_BUSY, a.local(ENTERED_PS));
        cb.mark(handling, a.local(FIRST_PS));
        cb.mark(Why.OTHER_FAULTS);
    }

    /** Whether a handler that serves no map but the one a context was told last leaves this miss. */
    private boolean movedOn(int owner) {
        return !driver.rules().oldMapServed()
                && driver.threads().found(owner).place.faultMap() != map;
    }

    private void checkReload(Agent a) {
        AvailableSizes sizes = driver.threads().use((int) a.local(THREAD_STATE)).sizes;
        if (sizes != null && sizes.reloadPending(a)) {
            chiplet.cb((int) a.local(CBR)).mark(handling);
            driver.count(INTR_MM_LOCK_FAILED);
            a.next(7, 0, handling);
        } else {
            a.next(5, 0, handling);
        }
    }

    private void tryLock(Agent a) {
        int cbr = (int) a.local(CBR);
        chiplet.cb(cbr).mark(handling);
        a.local(LOCKED_MM, mm(a).id());
        WalkProtection protection = driver.rules().walkProtection();
        boolean locks = protection != WalkProtection.IRQ_OFF && !driver.fills().walkedByHardware();
        if (!driver.fills().inInterrupt()) {
            a.next(7, 0, handling);
        } else if (locks && protection == WalkProtection.MMAP_SEM_WAIT) {
            if (mm(a).mmapSem().downRead(a)) {
                a.call(driver.fills().tryDropin(), 6, chiplet.index(), cbr, a.local(THREAD_STATE), Dropin.ATOMIC);
            } else {
                a.await(mm(a).mmapSem(), 5, Why.LOCK);
            }
        } else if (!locks || mm(a).mmapSem().tryDownRead(a)) {
            a.call(
                    driver.fills().tryDropin(),
                    locks ? 6 : 3,
                    chiplet.index(),
                    cbr,
                    a.local(THREAD_STATE),
                    Dropin.ATOMIC);
        } else {
            driver.count(INTR_MM_LOCK_FAILED);
            a.next(7, 0, handling);
        }
    }

    private Mm mm(Agent a) {
        return driver.mm(driver.threads().use((int) a.local(THREAD_STATE)).mm);
    }
}
