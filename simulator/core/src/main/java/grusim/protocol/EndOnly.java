package grusim.protocol;

/**
 * Only a range's end revokes and unpins: by then the entries are cleared and the VM's references gone, and the pins keep the
 * frames until the device is flushed. Fills are never held off.
 *
 * <p>A fill that found its page before the clear and inserts it after the end leaves a pinned page that is the owner's no
 * longer. mmap_sem, which a fill holds for reading, keeps unmapping out; nothing keeps out who clears entries with mmap_sem
 * held for reading or not at all. Source: SGI's XPMEM driver today, xpmem_mmu_notifier.c; that it ignores ranges
 * announced by other processes is not modelled.
 */
final class EndOnly extends PinnedFill {
    EndOnly(Surroundings around) {
        super(around);
        at(Hook.RANGE_END, recalling());
    }
}
