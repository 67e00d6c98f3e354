package grusim.protocol;

/**
 * Pages are pinned and never taken back: nothing is invalidated when page tables change, so that the device goes on with
 * frames that are the owner's no longer. Only a fork and the end of the address space recall.
 *
 * <p>Promises that no frame is freed while the device may use it; does not promise that the device and the owner see the
 * same memory after an unmapping, a move, or a copy on write. Source: SGI's XPMEM before 2008.
 */
final class PinOnly extends PinnedFill {
    PinOnly(Surroundings around) {
        super(around);
        at(Hook.BEFORE_FORK, recalling());
    }
}
