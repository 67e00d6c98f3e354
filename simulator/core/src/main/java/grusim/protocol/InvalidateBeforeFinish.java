package grusim.protocol;

import grusim.engine.Routine;
import grusim.workload.Protocol.Rule;
import org.jspecify.annotations.Nullable;

/**
 * One invalidate right before what was unmapped is freed, and nothing that holds fills off: the device's kill bits discard a
 * fill whose miss an invalidate has passed, and one that misses later finds the entry cleared. The interrupt leaves every miss
 * to the user's call, which gets the page by get_user_pages only.
 *
 * <p>Without its rule it invalidates before the entries are cleared. Source: Nick Piggin's patch of 24 July 2008,
 * linux-kernel.
 */
final class InvalidateBeforeFinish extends Design<Integer> {
    private final Routine flush;

    InvalidateBeforeFinish(Surroundings around) {
        super(around, mm -> mm);
        flush = script("invalidate_range", CALLOUT_SLOTS)
                .then("flush the device", (a, here) -> flush(a, here + 1))
                .end();
    }

    @Override
    public @Nullable Routine rangeStart() {
        return around.keeps(Rule.INVALIDATE_AFTER_CLEAR) ? null : flush;
    }

    @Override
    public @Nullable Routine flushed() {
        return around.keeps(Rule.INVALIDATE_AFTER_CLEAR) ? flush : null;
    }

    @Override
    public Lookup lookup() {
        return Lookup.GET_USER_PAGES;
    }
}
