package grusim.notifier;

import grusim.engine.Routine;
import org.jspecify.annotations.Nullable;

/**
 * What an MMU notifier registered on an address space does at each callout; a callout without a routine is not made.
 * Every routine takes the address-space id in slot 0; addresses are user virtual byte addresses, ranges are half open.
 *
 * <p>The callouts differ in what the VM holds, in whether the page-table entries are still there, and in whether the VM's
 * references are. Where a routine "must not sleep", the caller holds a spinlock.
 */
public interface SecondaryMmu {
    /**
     * Before page-table entries of a range change: slots 1 and 2 hold the range's start and end. The VM holds mmap_sem or
     * the lock of the reverse map.
     */
    default @Nullable Routine rangeStart() {
        return null;
    }

    /**
     * As {@link #rangeStart}, for a caller that must not sleep; without a routine that one is called. Returns 0, or a negative
     * error number if it would have to sleep: then nothing was done, and the caller changes nothing and announces no end.
     */
    default @Nullable Routine tryRangeStart() {
        return null;
    }

    /** After they have changed and the VM dropped its references: slots 1 and 2 hold the same range. */
    default @Nullable Routine rangeEnd() {
        return null;
    }

    /** After one page's entry was cleared and before its reference is dropped: slot 1 holds the page's address. */
    default @Nullable Routine invalidatePage() {
        return null;
    }

    /**
     * After entries were cleared, under the page-table lock under which they were, before anything is flushed or freed:
     * slots 1 and 2 hold a range of one page of entries. Must not sleep.
     */
    default @Nullable Routine cleared() {
        return null;
    }

    /** Whether {@link #cleared} is called for each page rather than for what was cleared in a page of entries. */
    default boolean pageByPage() {
        return false;
    }

    /**
     * Where the CPUs' TLBs were just flushed, before what was unmapped is freed: slots 1 and 2 hold the range. Must not
     * sleep.
     */
    default @Nullable Routine flushed() {
        return null;
    }

    /**
     * Reclaim is going to try to unmap a page, whose page lock it holds and no spinlock: slot 1 holds its address, slot 2 its
     * frame. May sleep.
     */
    default @Nullable Routine beforeUnmap() {
        return null;
    }

    /**
     * Reclaim has unmapped a page, or found that it could not, and dropped all spinlocks, but still holds the page lock and
     * a reference: slot 1 holds its address, slot 2 its frame. May sleep.
     */
    default @Nullable Routine afterUnmap() {
        return null;
    }

    /**
     * Where page-table pages that no entry leads to any more are about to be freed, and the CPUs' TLBs were flushed: no walk
     * that began before may go on after this. Slot 0 only.
     */
    default @Nullable Routine tablesUnlinked() {
        return null;
    }

    /**
     * Before the address space is copied: slots 1 and 2 hold the range of all addresses. The VM holds mmap_sem for writing. A
     * library that catches fork does this, not the kernel. May sleep.
     */
    default @Nullable Routine beforeFork() {
        return null;
    }

    /** When the address space goes away, before its pages are freed. */
    default @Nullable Routine release() {
        return null;
    }

    /**
     * Whether, when a callout after a change has returned, no translation that the change took away is used any more. Who
     * says no promises less: that no frame is freed while it is used.
     */
    default boolean coherent() {
        return true;
    }
}
