package grusim.run;

import grusim.driver.DriverObserver;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.gru.DeviceObserver;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;
import grusim.linux.Pte;
import grusim.linux.VmObserver;
import grusim.result.file.TextTrace;
import java.util.Locale;

/** Writes what device, driver and virtual memory announce into a trace, between the steps in which it happens. */
final class FactLines implements DeviceObserver, DriverObserver, VmObserver {
    private static final String MARK = "  -";

    private final Engine engine;
    private final TextTrace trace;

    FactLines(Engine engine, TextTrace trace) {
        this.engine = engine;
        this.trace = trace;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of this module
    private void line(String who, String format, Object... values) {
        long nowPs = engine.nowPs();
        if (trace.wants(nowPs)) {
            trace.event(nowPs, who, MARK, String.format(Locale.ROOT, format, values));
        }
    }

    private static String block(int chiplet, int cb) {
        return "gru" + chiplet + ".cbr" + cb;
    }

    private static String gru(int chiplet) {
        return "gru" + chiplet;
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    // ---- device ----

    @Override
    public void missRecorded(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        line(block(chiplet, cb), "recorded a miss at 0x%x, asid %d, context %d", vaddr, asid, context);
    }

    @Override
    public void faultBitSet(int chiplet, int context, int cb) {
        line(block(chiplet, cb), "set its fault-map bit");
    }

    @Override
    public void faultAnswered(int chiplet, int context, int cb, TfhOpcode answer) {
        line(block(chiplet, cb), "was answered: %s", words(answer));
    }

    @Override
    public void killMarked(int chiplet, int context, int cb, int asid, long vaddr) {
        line(block(chiplet, cb), "miss at 0x%x marked by an invalidate", vaddr);
    }

    @Override
    public void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {
        line(block(chiplet, cb), "ignored the dropin for 0x%x: its miss is marked", vaddr);
    }

    @Override
    public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {
        line(block(chiplet, cb), "wrote the entry asid %d 0x%x -> frame %d", asid, vaddr, pfn);
    }

    @Override
    public void entryRemoved(int chiplet, int asid, long vaddr, long pfn, int pageSizeCode, Removal why) {
        line(gru(chiplet), "entry asid %d 0x%x -> frame %d left: %s", asid, vaddr, pfn, words(why));
    }

    @Override
    public void invalidateBegun(
            int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages, boolean global) {
        line(gru(chiplet), "invalidate of %d pages from 0x%x in asid %d began", pages, vaddr, asid);
    }

    @Override
    public void invalidateEnded(int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages) {
        line(gru(chiplet), "invalidate of %d pages from 0x%x in asid %d ended", pages, vaddr, asid);
    }

    @Override
    public void memoryAccessed(
            int chiplet, int context, int cb, int asid, long vaddr, long pfn, int bytes, boolean write, byte[] data) {
        line(block(chiplet, cb), "%s %d bytes at 0x%x in frame %d", write ? "wrote" : "read", bytes, vaddr, pfn);
    }

    @Override
    public void contextCommanded(int chiplet, int context, CchOpcode command) {
        line(gru(chiplet), "context %d: %s", context, words(command));
    }

    @Override
    public void instructionEnded(int chiplet, int context, int cb, int opcode, int ecause) {
        line(
                block(chiplet, cb),
                ecause == 0 ? "instruction ended" : "instruction ended with exception cause 0x%x",
                ecause);
    }

    // ---- driver ----

    @Override
    public void asidAssigned(int chiplet, int asid, int mm) {
        line(gru(chiplet), "asid %d given to address space %d", asid, mm);
    }

    @Override
    public void asidRetired(int chiplet, int asid, int mm) {
        line(gru(chiplet), "asid %d of address space %d dropped", asid, mm);
    }

    @Override
    public void contextBound(int chiplet, int context, int gts, int mm, int asid) {
        line(gru(chiplet), "context %d bound to thread state %d of address space %d, asid %d", context, gts, mm, asid);
    }

    @Override
    public void contextCopied(int chiplet, int context) {
        line(gru(chiplet), "context %d copied out", context);
    }

    @Override
    public void contextUnbound(int chiplet, int context, int gts, int mm) {
        line(gru(chiplet), "context %d of thread state %d unbound", context, gts);
    }

    @Override
    public void dropin(Agent agent, int chiplet, int cbr, int mm, long vaddr, long pfn) {
        line(agent.name(), "commands a dropin of 0x%x -> frame %d for %s", vaddr, pfn, block(chiplet, cbr));
    }

    @Override
    public void threadStateFreed(int gts) {
        line("driver", "thread state %d freed", gts);
    }

    @Override
    public void messageReceived(Agent agent, int queue, int sender, int number, boolean whole) {
        line(
                agent.name(),
                "receives message %d of sender %d from queue %d, %s",
                number,
                sender,
                queue,
                whole ? "whole" : "in parts");
    }

    // ---- virtual memory ----

    @Override
    public void mmGone(Agent agent, int mm) {
        line(agent.name(), "address space %d is gone", mm);
    }

    @Override
    public void frameAllocated(Agent agent, long pfn) {
        line(agent.name(), "frame %d allocated", pfn);
    }

    @Override
    public void frameFreed(Agent agent, long pfn) {
        line(agent.name(), "frame %d freed", pfn);
    }

    @Override
    public void pteSet(Agent agent, int mm, long vaddr, long pte, boolean fresh) {
        line(agent.name(), "PTE of 0x%x set to frame %d", vaddr, Pte.pfn(pte));
    }

    @Override
    public void pteChanged(Agent agent, int mm, long vaddr, long oldPte, long newPte) {
        line(agent.name(), "PTE of 0x%x changed from 0x%x to 0x%x", vaddr, oldPte, newPte);
    }

    @Override
    public void pteCleared(Agent agent, int mm, long vaddr, long oldPte, boolean kept) {
        line(agent.name(), "PTE of 0x%x cleared, it held frame %d", vaddr, Pte.pfn(oldPte));
    }

    @Override
    public void pteRead(Agent agent, int mm, long vaddr, long pte) {
        line(agent.name(), "read the PTE of 0x%x: frame %d", vaddr, Pte.pfn(pte));
    }

    @Override
    public void tableFreed(Agent agent, long table) {
        line(agent.name(), "page-table page %d freed", table);
    }

    @Override
    public void tableReadAfterFree(Agent agent, long table) {
        line(agent.name(), "read page-table page %d after its free", table);
    }

    @Override
    public void rangeStart(Agent agent, int mm, long start, long end) {
        line(agent.name(), "range start 0x%x..0x%x", start, end);
    }

    @Override
    public void rangeEnd(Agent agent, int mm, long start, long end) {
        line(agent.name(), "range end 0x%x..0x%x", start, end);
    }

    @Override
    public void pageInvalidated(Agent agent, int mm, long vaddr) {
        line(agent.name(), "page 0x%x invalidated", vaddr);
    }
}
