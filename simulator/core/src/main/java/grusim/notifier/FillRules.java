package grusim.notifier;

import grusim.engine.Routine;
import grusim.engine.Why;
import org.jspecify.annotations.Nullable;

/**
 * What a fill of a secondary TLB does besides looking a page up, so that no translation outlives what an invalidation
 * promised to take away. A fill goes: enter, find the page, admit, give the entry to the device, filled. A fill that is
 * not admitted begins again. Every routine takes the address-space id in slot 0 and the address in slot 1.
 */
public interface FillRules {
    /** {@link #enter}: not now; only said to who must not sleep. */
    long REFUSED = -1;

    /** {@link #admit}: the entry found is not to be used; look again. */
    long AGAIN = 0;

    /** {@link #admit}: the fill ends without an entry, the user's call returns -EAGAIN, and the miss stays. */
    long GIVE_UP = -11;

    /** How a fill finds its page. */
    enum Lookup {
        /** A walk without locks, and get_user_pages if it finds nothing; no reference is kept. */
        WALK,
        /** get_user_pages, whose reference is dropped at once. */
        GET_USER_PAGES,
        /** get_user_pages, whose reference the fill keeps: whoever does not admit or later revokes the entry drops it. */
        PIN
    }

    /** Whether a fault interrupt may fill; if not, each miss is left to the user's call. */
    default boolean fillsInInterrupt() {
        return false;
    }

    /** How the page is found. */
    default Lookup lookup() {
        return Lookup.GET_USER_PAGES;
    }

    /**
     * Whether the device's misses go to a table walker of its own (an IOMMU) in place of a CPU's fault interrupt: it takes no
     * mmap_sem, looks at no mapping and costs no CPU time; what it does not find is left to the user's call.
     */
    default boolean walkedByHardware() {
        return false;
    }

    /**
     * Before anything of the page tables is read: slot 2 says whether it may sleep. Returns a ticket of 0 or more, or
     * {@link #REFUSED}.
     */
    default @Nullable Routine enter() {
        return null;
    }

    /** What {@link #enter} waits for, to attribute its time to. */
    default Why entering() {
        return Why.RANGE_ACTIVE;
    }

    /**
     * Between reading the entry and giving it to the device: slots 2 the ticket, 3 the entry found, 4 whether for a write,
     * 5 whether it may sleep. Returns the entry to use, {@link #AGAIN} or {@link #GIVE_UP}.
     */
    default @Nullable Routine admit() {
        return null;
    }

    /** When a fill that has entered finds nothing to give the device: slot 2 the ticket. */
    default @Nullable Routine abandoned() {
        return null;
    }

    /** After the device has the entry or has refused it: slots 2 the ticket, 3 the entry. */
    default @Nullable Routine filled() {
        return null;
    }
}
