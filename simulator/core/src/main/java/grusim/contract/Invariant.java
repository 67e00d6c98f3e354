package grusim.contract;

/** What must hold at all times, in the order of the contract's points. */
public enum Invariant {
    FRAME_ACCESSED_AFTER_FREE("1", "no access through a GRU translation to a frame after its free"),
    STALE_ENTRY("1", "no live TLB entry whose PTE value was read before a clear whose end was announced"),
    SHARED_FRAME_WRITTEN("1", "no store of a device to a frame that several pages share once that was announced"),
    TABLE_READ_AFTER_FREE("2", "no page-table page is read after its free"),
    USED_AFTER_END("2", "no address space or thread state is used after its end"),
    UNLOADED_WITH_FAULT("3", "no context is deallocated while a fault of it is unanswered"),
    LOST_WITH_COPY("3", "no context goes on after its state was copied out"),
    TRAFFIC_UNLOADED("3", "no access to memory by a context that is not loaded"),
    ASID_SHARED("4", "no two address spaces with loaded contexts share an asid on a chiplet"),
    ENTRY_SURVIVED("4", "no TLB entry survives the reuse of its asid"),
    UNANSWERED("5", "every faulting instruction completes, restarts or raises an exception"),
    LOST_WAKE_UP("5", "whoever sleeps is woken"),
    DEADLOCK("5", "no agents wait for each other in a circle"),
    LOCK_ORDER("5", "locks are taken in one order"),
    CONTENT("6", "a load returns what the last store to the address wrote"),
    MESSAGE("6", "messages are received whole, once, and in the order of their sender");

    private final String point;
    private final String sentence;

    Invariant(String point, String sentence) {
        this.point = point;
        this.sentence = sentence;
    }

    /** Number of the contract's point this belongs to. */
    public String point() {
        return point;
    }

    /** The invariant in words. */
    public String sentence() {
        return sentence;
    }
}
