package grusim.linux;

import grusim.engine.Agent;

/**
 * Is told of the facts an invariant over the virtual memory is made of, inside the step in which each happens. Addresses
 * are user virtual byte addresses, ranges are half open.
 */
public interface VmObserver {
    /** Listens to nothing. */
    VmObserver NONE = new VmObserver() {};

    /** An address space was made. */
    default void mmCreated(int mm) {}

    /** An address space is gone: its pages and tables are freed. */
    default void mmGone(Agent agent, int mm) {}

    /** A frame was handed out. */
    default void frameAllocated(Agent agent, long pfn) {}

    /** A frame was given back and poisoned. */
    default void frameFreed(Agent agent, long pfn) {}

    /** An entry was made present; {@code fresh} says whether the page's content is new rather than kept. */
    default void pteSet(Agent agent, int mm, long vaddr, long pte, boolean fresh) {}

    /** A present entry changed its rights or marks and kept its frame. */
    default void pteChanged(Agent agent, int mm, long vaddr, long oldPte, long newPte) {}

    /** A present entry was cleared; {@code kept} says whether the page's content lives on, in swap or elsewhere. */
    default void pteCleared(Agent agent, int mm, long vaddr, long oldPte, boolean kept) {}

    /** A walk that translates for somebody else than this CPU found a present entry. */
    default void pteRead(Agent agent, int mm, long vaddr, long pte) {}

    /** A page in swap, or one being migrated, moved to another address; nothing is mapped on either side. */
    default void swapMoved(Agent agent, int mm, long from, long to) {}

    /** An agent has taken the right to write from pages whose frames others share now, and told all who mirror them. */
    default void writesTaken(Agent agent, int mm) {}

    /** A page in swap is also the page of another address space, at the same address. */
    default void swapShared(Agent agent, int mm, long vaddr, int toMm) {}

    /** The content of a page that no entry maps, in swap, on its way out or being migrated, was given up. */
    default void swapDiscarded(Agent agent, int mm, long vaddr) {}

    /** A page-table page was handed out. */
    default void tableAllocated(Agent agent, long table) {}

    /** A page-table page was given back. */
    default void tableFreed(Agent agent, long table) {}

    /** An entry was read through a pointer to a page-table page that has been freed since, and perhaps reused. */
    default void tableReadAfterFree(Agent agent, long table) {}

    /** The secondary MMU is about to be told that the range will change. */
    default void rangeStart(Agent agent, int mm, long start, long end) {}

    /** The secondary MMU has been told that the range has changed. */
    default void rangeEnd(Agent agent, int mm, long start, long end) {}

    /** The secondary MMU has been told that the page's entry was cleared. */
    default void pageInvalidated(Agent agent, int mm, long vaddr) {}
}
