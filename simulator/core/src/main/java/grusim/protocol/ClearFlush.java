package grusim.protocol;

import grusim.workload.Protocol.Rule;

/**
 * A hook where an entry is cleared: the device is flushed in the critical section of the page-table lock in which the entry
 * went, one page of entries or one entry at a time, so that a fill under that lock never meets the two apart.
 *
 * <p>Does not model the invalidation of entries that only lose rights. Source: Andrea Arcangeli's MMU notifiers, versions 1
 * to 6, linux-mm, January and February 2008.
 */
final class ClearFlush extends LockedFill {
    private final boolean pageByPage;

    /** {@code pageByPage} calls the hook for each entry, as the first versions did. */
    ClearFlush(Surroundings around, boolean pageByPage) {
        super(around, around.keeps(Rule.PAGE_TABLE_LOCK), true);
        this.pageByPage = pageByPage;
        at(Hook.CLEARED, flushing());
    }

    @Override
    public boolean pageByPage() {
        return pageByPage;
    }
}
