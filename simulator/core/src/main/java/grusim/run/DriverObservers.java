package grusim.run;

import grusim.driver.DriverObserver;
import grusim.engine.Agent;

/** Tells two observers of everything the driver does, one after the other. */
record DriverObservers(DriverObserver first, DriverObserver second) implements DriverObserver {
    @Override
    public void asidAssigned(int chiplet, int asid, int mm) {
        first.asidAssigned(chiplet, asid, mm);
        second.asidAssigned(chiplet, asid, mm);
    }

    @Override
    public void asidRetired(int chiplet, int asid, int mm) {
        first.asidRetired(chiplet, asid, mm);
        second.asidRetired(chiplet, asid, mm);
    }

    @Override
    public void contextBound(int chiplet, int context, int gts, int mm, int asid) {
        first.contextBound(chiplet, context, gts, mm, asid);
        second.contextBound(chiplet, context, gts, mm, asid);
    }

    @Override
    public void contextCopied(int chiplet, int context) {
        first.contextCopied(chiplet, context);
        second.contextCopied(chiplet, context);
    }

    @Override
    public void contextUnbound(int chiplet, int context, int gts, int mm) {
        first.contextUnbound(chiplet, context, gts, mm);
        second.contextUnbound(chiplet, context, gts, mm);
    }

    @Override
    public void dropin(Agent agent, int chiplet, int cbr, int mm, long vaddr, long pfn) {
        first.dropin(agent, chiplet, cbr, mm, vaddr, pfn);
        second.dropin(agent, chiplet, cbr, mm, vaddr, pfn);
    }

    @Override
    public void threadStateUsed(int gts) {
        first.threadStateUsed(gts);
        second.threadStateUsed(gts);
    }

    @Override
    public void threadStateFreed(int gts) {
        first.threadStateFreed(gts);
        second.threadStateFreed(gts);
    }

    @Override
    public void messageReceived(Agent agent, int queue, int sender, int number, boolean whole) {
        first.messageReceived(agent, queue, sender, number, whole);
        second.messageReceived(agent, queue, sender, number, whole);
    }
}
