package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.PageSize;
import grusim.isa.handle.Tgh;

/**
 * The operands of a TLB invalidate: {@code pages} pages of one size from {@code vaddr} on, in one asid or in all.
 *
 * <p>So many pages as {@link Tgh#PURGE_PAGES} mean every entry of the asid, of whatever size and address: the driver
 * clips longer ranges to that (Linux driver drivers/misc/sgi-gru, grutlbpurge.c). A smaller range touches entries of
 * its own page size only (assumed).
 */
final class Invalidation implements Stateful {
    private long vaddr;
    private int asid;
    private int sizeCode;
    private int pages;
    private int contextBitmap;
    private boolean global;

    void set(long newVaddr, int newAsid, int newSizeCode, int newPages, int newContextBitmap, boolean newGlobal) {
        if (newPages < 1 || newPages > Tgh.PURGE_PAGES) {
            throw new IllegalArgumentException("pages: " + newPages + "; accepted: 1 .. " + Tgh.PURGE_PAGES);
        }
        vaddr = newVaddr & -PageSize.of(newSizeCode).bytes();
        asid = newAsid;
        sizeCode = newSizeCode;
        pages = newPages;
        contextBitmap = newContextBitmap;
        global = newGlobal;
    }

    /** Nothing is commanded. */
    void clear() {
        vaddr = 0;
        asid = 0;
        sizeCode = 0;
        pages = 0;
        contextBitmap = 0;
        global = false;
    }

    /** Whether an invalidate is commanded: not yet begun, or under way. */
    boolean commanded() {
        return pages != 0;
    }

    long vaddr() {
        return vaddr;
    }

    int asid() {
        return asid;
    }

    int sizeCode() {
        return sizeCode;
    }

    int pages() {
        return pages;
    }

    int contextBitmap() {
        return contextBitmap;
    }

    boolean global() {
        return global;
    }

    /** Whether every entry of the asid (or of all) goes, whatever its address. */
    boolean purge() {
        return global || pages == Tgh.PURGE_PAGES;
    }

    /** Address of the n-th page. */
    long page(int n) {
        return vaddr + ((long) n << TlbArray.pageShift(sizeCode));
    }

    /** Whether an address of an asid is among what goes. */
    boolean covers(int itsAsid, long address) {
        if (global) {
            return true;
        }
        boolean inRange = Long.compareUnsigned(address - vaddr, (long) pages << TlbArray.pageShift(sizeCode)) < 0;
        return itsAsid == asid && (purge() || inRange);
    }

    @Override
    public void state(StateIo io) {
        vaddr = io.i64(vaddr);
        asid = io.i32(asid);
        sizeCode = io.i32(sizeCode);
        pages = io.i32(pages);
        contextBitmap = io.i32(contextBitmap);
        global = io.bool(global);
    }
}
