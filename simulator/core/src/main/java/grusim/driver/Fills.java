package grusim.driver;

import grusim.engine.Routine;
import grusim.notifier.FillRules;
import org.jspecify.annotations.Nullable;

/** How misses are filled: by the driver's own rules, or by those of an invalidation protocol. */
final class Fills {
    private final GruDriver driver;
    private @Nullable FillRules rules;
    private Routine tryDropin;

    Fills(GruDriver driver) {
        this.driver = driver;
        tryDropin = new TryDropin(driver);
    }

    /** Goes by the rules of a protocol from now on, while the machine is built. */
    void by(FillRules protocol) {
        rules = protocol;
        tryDropin = new RuledDropin(driver, protocol);
    }

    /** The routine that tries to answer a miss; its slots are those of {@link Dropin}. */
    Routine tryDropin() {
        return tryDropin;
    }

    /** Whether a protocol's rules apply. */
    boolean ruled() {
        return rules != null;
    }

    /** Whether misses go to a table walker in place of a CPU. */
    boolean walkedByHardware() {
        return rules != null && rules.walkedByHardware();
    }

    /** What handling a miss costs the CPU that a fault interrupt takes; a table walker has no such costs. */
    long interruptCostPs(long cpuCostPs) {
        return walkedByHardware() ? 0 : cpuCostPs;
    }

    /** Whether misses are filled in the fault interrupt. */
    boolean inInterrupt() {
        return walkedByHardware() || (driver.rules().interruptWalk() && (rules == null || rules.fillsInInterrupt()));
    }
}
