package grusim.driver;

import static grusim.driver.DriverCounter.GMS_FREE;
import static grusim.driver.DriverCounter.MMU_INVALIDATE_PAGE;
import static grusim.driver.DriverCounter.MMU_INVALIDATE_RANGE;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;

/**
 * The driver's mmu notifier: a range callout raises the count of active ranges before it flushes, and its end lowers the
 * count with a full barrier and wakes who waits for zero; a page callout flushes only; release notes that the address
 * space is gone.
 */
final class Notifier implements SecondaryMmu {
    private static final int MM = 0;

    private final GruDriver driver;
    private final Routine rangeStart;
    private final Routine rangeEnd;
    private final Routine invalidatePage;
    private final Routine release;

    Notifier(GruDriver driver) {
        this.driver = driver;
        rangeStart = new RangeStart();
        rangeEnd = new RangeEnd();
        invalidatePage = new InvalidatePage();
        release = new Release();
    }

    @Override
    public Routine rangeStart() {
        return rangeStart;
    }

    @Override
    public Routine rangeEnd() {
        return rangeEnd;
    }

    @Override
    public Routine invalidatePage() {
        return invalidatePage;
    }

    @Override
    public Routine release() {
        return release;
    }

    private AddressSpaceState gms(Agent a) {
        return driver.addressSpace((int) a.local(MM));
    }

    private final class RangeStart extends Routine {
        RangeStart() {
            super(driver.engine(), "gru_invalidate_range_start", 3);
        }

        @Override
        public String stepName(int pc) {
            return switch (pc) {
                case 0 -> "1 count active range";
                case 1 -> "2 flush";
                default -> "2 flushed";
            };
        }

        @Override
        public void step(Agent a, int pc) {
            switch (pc) {
                case 0 -> {
                    driver.count(MMU_INVALIDATE_RANGE);
                    gms(a).rangeActive.add(a, 1, Order.FULL);
                    a.next(1, driver.lockCostPs(), Why.INVALIDATE);
                }
                case 1 -> {
                    driver.engine().memory().fence(a, Fence.FULL);
                    a.call(driver.flushTlb(), 2, a.local(MM), a.local(1), a.local(2));
                }
                default -> a.done(0);
            }
        }
    }

    private final class RangeEnd extends Routine {
        RangeEnd() {
            super(driver.engine(), "gru_invalidate_range_end", 3);
        }

        @Override
        public String stepName(int pc) {
            return switch (pc) {
                case 0 -> "1 lower the count";
                case 1 -> "2 anybody waiting?";
                default -> "2 wake all";
            };
        }

        @Override
        public void step(Agent a, int pc) {
            AddressSpaceState gms = gms(a);
            switch (pc) {
                case 0 -> {
                    gms.rangeActive.add(a, -1, Order.FULL);
                    a.next(1, driver.lockCostPs(), Why.INVALIDATE);
                }
                case 1 -> {
                    if (gms.waitQueue.peek(a)) {
                        a.next(2, driver.lockCostPs(), Why.INVALIDATE);
                    } else {
                        a.done(0);
                    }
                }
                default -> {
                    gms.waitQueue.wakeAll(a);
                    a.done(0);
                }
            }
        }
    }

    private final class InvalidatePage extends Routine {
        InvalidatePage() {
            super(driver.engine(), "gru_invalidate_page", 2);
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "1 flush" : "1 flushed";
        }

        @Override
        public void step(Agent a, int pc) {
            if (pc == 0) {
                driver.count(MMU_INVALIDATE_PAGE);
                a.call(driver.flushTlb(), 1, a.local(MM), a.local(1), a.local(1) + GruDriver.PAGE_BYTES);
            } else {
                a.done(0);
            }
        }
    }

    private final class Release extends Routine {
        Release() {
            super(driver.engine(), "gru_release", 1);
        }

        @Override
        public String stepName(int pc) {
            return "note that the address space is gone";
        }

        @Override
        public void step(Agent a, int pc) {
            driver.count(GMS_FREE);
            gms(a).release(a);
            a.done(0);
        }
    }
}
