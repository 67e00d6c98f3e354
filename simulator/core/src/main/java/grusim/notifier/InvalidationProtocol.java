package grusim.notifier;

import org.jspecify.annotations.Nullable;

/** A design that keeps a secondary MMU's translations true to the page tables: the VM's side of it and the fill's. */
public interface InvalidationProtocol {
    /** What is done on the callouts of an address space; asked for once for each, in the order of their numbers. */
    SecondaryMmu callouts(int mm);

    /** What a fill has to do; null for the driver's own rules: a count of active ranges, and kill bits. */
    @Nullable
    FillRules fills();

    /** Whether a callout before a page is unmapped drops the references that fills keep. */
    default boolean revokesPins() {
        return false;
    }
}
