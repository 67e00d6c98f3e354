package grusim.protocol;

import grusim.workload.Protocol.Rule;

/**
 * One invalidate right before what was unmapped is freed, and nothing that holds fills off: the device's kill bits discard a
 * fill whose miss an invalidate has passed, and one that misses later finds the entry cleared. The interrupt leaves every miss
 * to the user's call, which gets the page by get_user_pages only.
 *
 * <p>Without its rule it invalidates before the entries are cleared. Source: Nick Piggin's patch of 24 July 2008,
 * linux-kernel.
 */
final class InvalidateBeforeFinish extends Design<Integer> {
    InvalidateBeforeFinish(Surroundings around) {
        super(around, mm -> mm);
        at(around.keeps(Rule.INVALIDATE_AFTER_CLEAR) ? Hook.FLUSHED : Hook.RANGE_START, flushing());
    }
}
