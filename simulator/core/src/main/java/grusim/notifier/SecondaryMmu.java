package grusim.notifier;

import grusim.engine.Routine;
import org.jspecify.annotations.Nullable;

/**
 * What an MMU notifier registered on an address space does at each callout. Every routine takes the address-space id in
 * slot 0; addresses are user virtual byte addresses, ranges are half open.
 */
public interface SecondaryMmu {
    /** Before page-table entries of a range change: slots 1 and 2 hold the range's start and end. */
    Routine rangeStart();

    /** After they have changed and the VM dropped its references: slots 1 and 2 hold the same range. */
    Routine rangeEnd();

    /** After one page's entry was cleared and before its reference is dropped: slot 1 holds the page's address. */
    Routine invalidatePage();

    /** When the address space goes away, before its pages are freed; null if nothing is done then. */
    @Nullable
    Routine release();
}
