package grusim.protocol;

import grusim.workload.Protocol.Rule;

/**
 * The device is flushed where the CPUs' TLBs are: after the entries were cleared and before their pages are freed, for all
 * that was gathered at once. A fill looks at the entry again under the page-table lock before it uses it.
 *
 * <p>Source: Nick Piggin's patches of 19 February 2008, linux-mm.
 */
final class UnmapAtFlush extends LockedFill {
    UnmapAtFlush(Surroundings around) {
        super(around, true, around.keeps(Rule.REREAD));
        at(Hook.FLUSHED, flushing());
    }
}
