package grusim.driver;

import static grusim.driver.DriverCounter.MMU_INVALIDATE_PAGE;
import static grusim.driver.DriverCounter.MMU_INVALIDATE_RANGE;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.notifier.SecondaryMmu;
import grusim.workload.DriverSpec;
import org.jspecify.annotations.Nullable;

/**
 * The driver's mmu notifier: a range callout raises the count of active ranges and flushes, and its end lowers the count
 * and wakes who waits for zero; a page callout flushes only. In which order, by what kind of decrement, and what is done
 * on release, is as the driver's rules say.
 *
 * <p>The count is raised without a barrier: what orders it before the flush is the barrier of the handle's own start.
 */
final class Notifier implements SecondaryMmu {
    private static final int MM = 0;

    private final GruDriver driver;
    private final Routine rangeStart;
    private final Routine rangeEnd;
    private final Routine invalidatePage;
    private final @Nullable Routine release;

    Notifier(GruDriver driver) {
        this.driver = driver;
        rangeStart = new RangeStartCallout();
        rangeEnd = new RangeEndCallout();
        invalidatePage = new InvalidatePage();
        release = driver.rules().release() == DriverSpec.Release.NONE ? null : new Release(driver);
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
    public @Nullable Routine release() {
        return release;
    }

    private AddressSpaceState gms(Agent a) {
        return driver.addressSpace((int) a.local(MM));
    }

    private final class RangeStartCallout extends Routine {
        private static final int COUNT = 0;
        private static final int FLUSH = 1;
        private static final int FLUSHED = 2;

        private final boolean countFirst = driver.rules().rangeStart() == DriverSpec.RangeStart.COUNT_THEN_FLUSH;

        RangeStartCallout() {
            super(driver.engine(), "gru_invalidate_range_start", 3);
        }

        @Override
        public String stepName(int pc) {
            return switch (pc) {
                case 0 -> countFirst ? "1 count active range" : "1 flush";
                case 1 -> countFirst ? "2 flush" : "2 count active range";
                default -> "return";
            };
        }

        @Override
        public void step(Agent a, int pc) {
            switch (countFirst || pc == FLUSHED ? pc : 1 - pc) {
                case COUNT -> {
                    driver.count(MMU_INVALIDATE_RANGE);
                    gms(a).rangeActive.add(a, 1, Order.RELAXED);
                    a.next(pc + 1, driver.lockCostPs(), Why.INVALIDATE);
                }
                case FLUSH -> a.call(driver.flushTlb(), pc + 1, a.local(MM), a.local(1), a.local(2));
                default -> a.done(0);
            }
        }
    }

    private final class RangeEndCallout extends Routine {
        private static final int LOWER = 0;
        private static final int PEEK = 1;
        private static final int WAKE = 2;
        private static final int STORE = 3;

        private static final int COUNT = 2;

        private final DriverSpec.RangeEnd rule = driver.rules().rangeEnd();

        RangeEndCallout() {
            super(driver.engine(), "gru_invalidate_range_end", 3);
        }

        @Override
        public String stepName(int pc) {
            return switch (pc) {
                case LOWER -> rule == DriverSpec.RangeEnd.STORE_DECREMENT ? "1 read the count" : "1 lower the count";
                case STORE -> "1 lower the count";
                case PEEK -> "2 anybody waiting?";
                default -> "2 wake all";
            };
        }

        @Override
        public void step(Agent a, int pc) {
            AddressSpaceState gms = gms(a);
            switch (pc) {
                case LOWER -> lower(a, gms);
                case STORE -> {
                    gms.rangeActive.store(a, a.local(COUNT) - 1, Order.RELAXED);
                    a.next(PEEK, driver.lockCostPs(), Why.INVALIDATE);
                }
                case PEEK -> {
                    if (gms.waitQueue.peek(a)) {
                        a.next(WAKE, driver.lockCostPs(), Why.INVALIDATE);
                    } else {
                        a.done(0);
                    }
                }
                default -> {
                    if (gms.waitQueue.wakeAll(a)) {
                        a.done(0);
                    } else {
                        a.await(gms.waitQueue.lock(), WAKE, Why.LOCK);
                    }
                }
            }
        }

        private void lower(Agent a, AddressSpaceState gms) {
            if (rule == DriverSpec.RangeEnd.STORE_DECREMENT) {
                a.local(COUNT, gms.rangeActive.load(a, Order.RELAXED));
                a.next(STORE, 0, Why.INVALIDATE);
                return;
            }
            gms.rangeActive.add(
                    a,
                    -1,
                    switch (rule) {
                        case FULL_BARRIER -> Order.FULL;
                        case ACQUIRE_DECREMENT -> Order.ACQUIRE;
                        default -> Order.RELAXED;
                    });
            a.next(PEEK, driver.lockCostPs(), Why.INVALIDATE);
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
}
