package grusim.driver;

import static grusim.driver.DriverCounter.STEAL_CONTEXT_FAILED;
import static grusim.driver.DriverCounter.STEAL_KERNEL_CONTEXT;
import static grusim.driver.DriverCounter.STEAL_USER_CONTEXT;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.isa.ChipletMap;
import java.util.List;

/**
 * Steals a context of the thief's blade (gru_steal_context): looks from the blade's pointer on for the first one whose
 * owner can be locked at once, whatever its size, and unloads it with its state saved. Owners are locked out of order here,
 * which is why they are only tried. A chiplet that has room by now ends the search without a victim. The kernel's own
 * context is tried by its semaphore and not saved.
 *
 * <p>Source: Linux driver drivers/misc/sgi-gru, grumain.c. The chiplet's lock, under which the driver reads an owner and
 * tries its lock, is one step here. Where no time passes, a thief that found all owners locked waits for one of them, in
 * place of trying again and again.
 *
 * <p>Slot 0: the thread state that wants a context, whose lock the caller does not hold. Returns whether one was stolen.
 */
final class StealContext extends DriverRoutine {
    private static final int THIEF = 0;
    private static final int CHIPLET = 1;
    private static final int CONTEXT = 2;
    private static final int FIRST_CHIPLET = 3;
    private static final int FIRST_CONTEXT = 4;
    private static final int AROUND = 5;
    private static final int VICTIM = 6;
    private static final int LOCKED = 7;

    private static final int NOBODY = -1;

    private final Stealing stealing;

    StealContext(GruDriver driver, Stealing stealing) {
        super(driver, "gru_steal_context", 8);
        this.stealing = stealing;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case 0 -> "lock the blade";
            case 1 -> "move the start on";
            case 2 -> "room on the chiplet?";
            case 3 -> "try the context";
            case 4 -> "unlock the blade";
            case 5 -> "unload the victim";
            case 6 -> "unlock the victim";
            case 7 -> "owner still locked?";
            default -> throw noStep(pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadState thief = driver.threads().use((int) a.local(THIEF));
        StealPointer pointer = stealing.pointer(thief);
        switch (pc) {
            case 0 -> lock(a, pointer.lock, 0, 1, Why.CONTEXT_UNLOAD);
            case 1 -> {
                List<ChipletState> chiplets = driver.placement().candidates(thief);
                pointer.advance(chiplets.size(), chiplets.get(0).contexts());
                a.local(CHIPLET, pointer.chiplet() % chiplets.size());
                a.local(CONTEXT, pointer.context());
                a.local(FIRST_CHIPLET, a.local(CHIPLET));
                a.local(FIRST_CONTEXT, pointer.context());
                a.local(VICTIM, NOBODY);
                a.next(2, 0, Why.CONTEXT_UNLOAD);
            }
            case 2 -> a.next(chiplet(a, thief).roomFor(a, thief) ? 4 : 3, 0, Why.CONTEXT_UNLOAD);
            case 3 -> tryContext(a, thief);
            case 4 -> unlock(a, pointer.lock, 5, Why.CONTEXT_UNLOAD);
            case 5 -> unload(a);
            case 6 -> {
                giveBack(a, driver.threads().use((int) a.local(VICTIM)));
                a.done(1);
            }
            case 7 -> await(a);
            default -> throw noStep(pc);
        }
    }

    private void await(Agent a) {
        int at = (int) a.local(LOCKED) - 1;
        ChipletState gs = driver.chipletState(at / ChipletMap.CONTEXTS);
        int owner = gs.ownerBeside(a, at % ChipletMap.CONTEXTS);
        if (owner == ChipletState.FREE || driver.threads().use(owner).lock.free(a)) {
            a.done(0);
        } else {
            a.await(driver.threads().use(owner).lock, 7, Why.LOCK);
        }
    }

    private ChipletState chiplet(Agent a, ThreadState thief) {
        return driver.placement().candidates(thief).get((int) a.local(CHIPLET));
    }

    private void tryContext(Agent a, ThreadState thief) {
        boolean around = a.local(AROUND) != 0 && a.local(CHIPLET) == a.local(FIRST_CHIPLET);
        if (around && a.local(CONTEXT) == a.local(FIRST_CONTEXT)) {
            a.next(4, 0, Why.CONTEXT_UNLOAD);
            return;
        }
        ChipletState gs = chiplet(a, thief);
        int owner = gs.ownerBeside(a, (int) a.local(CONTEXT));
        if (owner != ChipletState.FREE && stealing.tryLock(a, driver.threads().use(owner))) {
            a.local(VICTIM, owner);
            a.next(4, driver.lockCostPs(), Why.CONTEXT_UNLOAD);
            return;
        }
        if (owner != ChipletState.FREE && !driver.engine().isTimed()) {
            a.local(LOCKED, (long) gs.chiplet.index() * ChipletMap.CONTEXTS + a.local(CONTEXT) + 1);
        }
        if (a.local(CONTEXT) + 1 < gs.contexts()) {
            a.local(CONTEXT, a.local(CONTEXT) + 1);
            a.next(3, 0, Why.CONTEXT_UNLOAD);
        } else {
            int chiplets = driver.placement().candidates(thief).size();
            a.local(AROUND, 1);
            a.local(CONTEXT, 0);
            a.local(CHIPLET, (a.local(CHIPLET) + 1) % chiplets);
            a.next(2, 0, Why.CONTEXT_UNLOAD);
        }
    }

    private void unload(Agent a) {
        if (a.local(VICTIM) == NOBODY) {
            driver.count(STEAL_CONTEXT_FAILED);
            if (a.local(LOCKED) == 0) {
                a.done(0);
            } else {
                a.next(7, 0, Why.LOCK);
            }
            return;
        }
        ThreadState victim = driver.threads().use((int) a.local(VICTIM));
        driver.threads().use((int) a.local(THIEF)).contextStolen++;
        victim.robbed(driver.engine().nowPs());
        KernelContext kernel = driver.kernelContexts().owning(victim);
        if (kernel == null) {
            a.call(driver.contextSwitch().unload(), 6, victim.id, 1);
        } else {
            a.call(driver.kernelContexts().unload(), 6, kernel.blade);
        }
    }

    private void giveBack(Agent a, ThreadState victim) {
        KernelContext kernel = driver.kernelContexts().owning(victim);
        if (kernel == null) {
            driver.count(STEAL_USER_CONTEXT);
            release(a, victim);
        } else {
            driver.count(STEAL_KERNEL_CONTEXT);
            kernel.semaphore.upWrite(a);
        }
    }
}
