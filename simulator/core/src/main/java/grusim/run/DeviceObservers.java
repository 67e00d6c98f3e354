package grusim.run;

import grusim.engine.Ledger;
import grusim.gru.DeviceObserver;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;

/** Tells two observers of everything a chiplet does, one after the other. */
record DeviceObservers(DeviceObserver first, DeviceObserver second) implements DeviceObserver {
    @Override
    public void missed(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        first.missed(chiplet, context, cb, asid, vaddr, write);
        second.missed(chiplet, context, cb, asid, vaddr, write);
    }

    @Override
    public void missRecorded(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        first.missRecorded(chiplet, context, cb, asid, vaddr, write);
        second.missRecorded(chiplet, context, cb, asid, vaddr, write);
    }

    @Override
    public void faultBitSet(int chiplet, int context, int cb) {
        first.faultBitSet(chiplet, context, cb);
        second.faultBitSet(chiplet, context, cb);
    }

    @Override
    public void faultAnswered(int chiplet, int context, int cb, TfhOpcode answer) {
        first.faultAnswered(chiplet, context, cb, answer);
        second.faultAnswered(chiplet, context, cb, answer);
    }

    @Override
    public void killMarked(int chiplet, int context, int cb, int asid, long vaddr) {
        first.killMarked(chiplet, context, cb, asid, vaddr);
        second.killMarked(chiplet, context, cb, asid, vaddr);
    }

    @Override
    public void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {
        first.dropinKilled(chiplet, context, cb, asid, vaddr);
        second.dropinKilled(chiplet, context, cb, asid, vaddr);
    }

    @Override
    public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {
        first.entryWritten(chiplet, cb, asid, vaddr, pfn, pageSizeCode, dirty);
        second.entryWritten(chiplet, cb, asid, vaddr, pfn, pageSizeCode, dirty);
    }

    @Override
    public void entryRemoved(int chiplet, int asid, long vaddr, long pfn, int pageSizeCode, Removal why) {
        first.entryRemoved(chiplet, asid, vaddr, pfn, pageSizeCode, why);
        second.entryRemoved(chiplet, asid, vaddr, pfn, pageSizeCode, why);
    }

    @Override
    public void invalidateBegun(
            int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages, boolean global) {
        first.invalidateBegun(chiplet, tgh, asid, vaddr, pageSizeCode, pages, global);
        second.invalidateBegun(chiplet, tgh, asid, vaddr, pageSizeCode, pages, global);
    }

    @Override
    public void invalidateEnded(int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages) {
        first.invalidateEnded(chiplet, tgh, asid, vaddr, pageSizeCode, pages);
        second.invalidateEnded(chiplet, tgh, asid, vaddr, pageSizeCode, pages);
    }

    @Override
    public void memoryAccessed(
            int chiplet, int context, int cb, int asid, long vaddr, long pfn, int bytes, boolean write, byte[] data) {
        first.memoryAccessed(chiplet, context, cb, asid, vaddr, pfn, bytes, write, data);
        second.memoryAccessed(chiplet, context, cb, asid, vaddr, pfn, bytes, write, data);
    }

    @Override
    public void contextCommanded(int chiplet, int context, CchOpcode command) {
        first.contextCommanded(chiplet, context, command);
        second.contextCommanded(chiplet, context, command);
    }

    @Override
    public void missEnded(int chiplet, int context, int cb, MissEnd how, Ledger account) {
        first.missEnded(chiplet, context, cb, how, account);
        second.missEnded(chiplet, context, cb, how, account);
    }

    @Override
    public void instructionEnded(int chiplet, int context, int cb, int opcode, int ecause) {
        first.instructionEnded(chiplet, context, cb, opcode, ecause);
        second.instructionEnded(chiplet, context, cb, opcode, ecause);
    }
}
