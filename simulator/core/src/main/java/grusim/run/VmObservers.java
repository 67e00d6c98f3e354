package grusim.run;

import grusim.engine.Agent;
import grusim.linux.VmObserver;

/** Tells two observers of everything the virtual memory does, one after the other. */
record VmObservers(VmObserver first, VmObserver second) implements VmObserver {
    @Override
    public void mmCreated(int mm) {
        first.mmCreated(mm);
        second.mmCreated(mm);
    }

    @Override
    public void mmGone(Agent agent, int mm) {
        first.mmGone(agent, mm);
        second.mmGone(agent, mm);
    }

    @Override
    public void frameAllocated(Agent agent, long pfn) {
        first.frameAllocated(agent, pfn);
        second.frameAllocated(agent, pfn);
    }

    @Override
    public void frameFreed(Agent agent, long pfn) {
        first.frameFreed(agent, pfn);
        second.frameFreed(agent, pfn);
    }

    @Override
    public void pteSet(Agent agent, int mm, long vaddr, long pte, boolean fresh) {
        first.pteSet(agent, mm, vaddr, pte, fresh);
        second.pteSet(agent, mm, vaddr, pte, fresh);
    }

    @Override
    public void pteChanged(Agent agent, int mm, long vaddr, long oldPte, long newPte) {
        first.pteChanged(agent, mm, vaddr, oldPte, newPte);
        second.pteChanged(agent, mm, vaddr, oldPte, newPte);
    }

    @Override
    public void pteCleared(Agent agent, int mm, long vaddr, long oldPte, boolean kept) {
        first.pteCleared(agent, mm, vaddr, oldPte, kept);
        second.pteCleared(agent, mm, vaddr, oldPte, kept);
    }

    @Override
    public void pteRead(Agent agent, int mm, long vaddr, long pte) {
        first.pteRead(agent, mm, vaddr, pte);
        second.pteRead(agent, mm, vaddr, pte);
    }

    @Override
    public void swapMoved(Agent agent, int mm, long from, long to) {
        first.swapMoved(agent, mm, from, to);
        second.swapMoved(agent, mm, from, to);
    }

    @Override
    public void writesTaken(Agent agent, int mm) {
        first.writesTaken(agent, mm);
        second.writesTaken(agent, mm);
    }

    @Override
    public void swapShared(Agent agent, int mm, long vaddr, int toMm) {
        first.swapShared(agent, mm, vaddr, toMm);
        second.swapShared(agent, mm, vaddr, toMm);
    }

    @Override
    public void swapDiscarded(Agent agent, int mm, long vaddr) {
        first.swapDiscarded(agent, mm, vaddr);
        second.swapDiscarded(agent, mm, vaddr);
    }

    @Override
    public void tableAllocated(Agent agent, long table) {
        first.tableAllocated(agent, table);
        second.tableAllocated(agent, table);
    }

    @Override
    public void tableFreed(Agent agent, long table) {
        first.tableFreed(agent, table);
        second.tableFreed(agent, table);
    }

    @Override
    public void tableReadAfterFree(Agent agent, long table) {
        first.tableReadAfterFree(agent, table);
        second.tableReadAfterFree(agent, table);
    }

    @Override
    public void rangeStart(Agent agent, int mm, long start, long end) {
        first.rangeStart(agent, mm, start, end);
        second.rangeStart(agent, mm, start, end);
    }

    @Override
    public void rangeEnd(Agent agent, int mm, long start, long end) {
        first.rangeEnd(agent, mm, start, end);
        second.rangeEnd(agent, mm, start, end);
    }

    @Override
    public void pageInvalidated(Agent agent, int mm, long vaddr) {
        first.pageInvalidated(agent, mm, vaddr);
        second.pageInvalidated(agent, mm, vaddr);
    }
}
