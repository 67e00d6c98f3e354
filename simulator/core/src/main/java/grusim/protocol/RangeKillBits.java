package grusim.protocol;

import grusim.driver.GruDriver;
import grusim.notifier.FillRules;
import grusim.notifier.InvalidationProtocol;
import grusim.notifier.SecondaryMmu;
import org.jspecify.annotations.Nullable;

/**
 * The GRU driver's own protocol: a range's start raises the count of active ranges and flushes, fills are refused while it
 * is not zero, and the device discards fills that a flush overtook. Its rules are the driver's.
 */
final class RangeKillBits implements InvalidationProtocol {
    private final GruDriver driver;

    RangeKillBits(GruDriver driver) {
        this.driver = driver;
    }

    @Override
    public SecondaryMmu callouts(int mm) {
        return driver.notifier();
    }

    @Override
    public @Nullable FillRules fills() {
        return null;
    }
}
