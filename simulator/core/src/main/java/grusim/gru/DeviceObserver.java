package grusim.gru;

import grusim.engine.Ledger;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;

/**
 * Is told what a chiplet does, in the step in which it happens: the facts a contract can be checked against. Frame
 * numbers count 4 KiB frames; a page of another size is named by its first. Every method does nothing by default.
 */
public interface DeviceObserver {
    /** Why an entry left the TLB. */
    enum Removal {
        /** A dropin needed its place. */
        EVICTED,
        /** A dropin for the same page took its place. */
        REPLACED,
        /** A lookup found its bits wrong. */
        WRONG,
        INVALIDATED
    }

    /** How a miss ended. */
    enum MissEnd {
        /** The lookup that had missed found its entry. */
        RESTARTED,
        /** The instruction ended with an exception. */
        FAILED,
        /** The context was taken away; the instruction misses anew when it goes on. */
        UNLOADED
    }

    /** Hears nothing. */
    DeviceObserver NONE = new DeviceObserver() {};

    /** A lookup missed; {@code write} says what the access is. */
    default void missed(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {}

    /** A miss became visible in its TFH: only now can software know of it. */
    default void missRecorded(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {}

    /** A recorded miss set its bit in a fault map, so that software will answer it. */
    default void faultBitSet(int chiplet, int context, int cb) {}

    /** A command reached a TFH. */
    default void faultAnswered(int chiplet, int context, int cb, TfhOpcode answer) {}

    /** An invalidate marked an outstanding miss, and possibly its dropin in flight. */
    default void killMarked(int chiplet, int context, int cb, int asid, long vaddr) {}

    /** A dropin was ignored because its miss was marked. */
    default void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {}

    /** A dropin wrote an entry for the page that holds {@code vaddr}. */
    default void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {}

    /** An entry left the TLB; {@code vaddr} is the first address of its page. */
    default void entryRemoved(int chiplet, int asid, long vaddr, long pfn, int pageSizeCode, Removal why) {}

    /** An invalidate of {@code pages} pages began: from now on misses are marked. */
    default void invalidateBegun(
            int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages, boolean global) {}

    /** An invalidate ended: its entries are gone and the accesses that used them are over. */
    default void invalidateEnded(int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages) {}

    /**
     * An instruction read or wrote memory.
     *
     * @param data the bytes read or written (of an AMO: what it wrote), from index 0 on; valid during the call and only
     *     if the memory keeps bytes
     */
    default void memoryAccessed(
            int chiplet, int context, int cb, int asid, long vaddr, long pfn, int bytes, boolean write, byte[] data) {}

    /** A context changed its state by a command that succeeded. */
    default void contextCommanded(int chiplet, int context, CchOpcode command) {}

    /**
     * A miss is over; timed runs that attribute time only.
     *
     * @param account where the time since the lookup that missed went; valid during the call
     */
    default void missEnded(int chiplet, int context, int cb, MissEnd how, Ledger account) {}

    /** An instruction ended; {@code ecause} is 0 unless it raised an exception. */
    default void instructionEnded(int chiplet, int context, int cb, int opcode, int ecause) {}
}
