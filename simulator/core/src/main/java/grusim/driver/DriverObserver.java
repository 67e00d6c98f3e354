package grusim.driver;

import grusim.engine.Agent;

/** Is told facts of the driver that the contract judges, in the step in which they happen. */
public interface DriverObserver {
    /** An observer that listens to nothing. */
    DriverObserver NONE = new DriverObserver() {};

    /** An address space was given a base asid on a chiplet. */
    default void asidAssigned(int chiplet, int asid, int mm) {}

    /** An address space's asid on a chiplet was dropped; entries under it are dead until a full flush. */
    default void asidRetired(int chiplet, int asid, int mm) {}

    /** A context was bound to a thread state of an address space before it is loaded. */
    default void contextBound(int chiplet, int context, int gts, int mm, int asid) {}

    /** The driver begins to copy a context's state out; what the context does until it is started again is lost. */
    default void contextCopied(int chiplet, int context) {}

    /** A context's binding ended after it was deallocated. */
    default void contextUnbound(int chiplet, int context, int gts, int mm) {}

    /** The agent commands a dropin with the translation it last read from the address space's page tables. */
    default void dropin(Agent agent, int chiplet, int cbr, int mm, long vaddr, long pfn) {}

    /** The driver uses a thread state; a timed run tells the first use of several in a row. */
    default void threadStateUsed(int gts) {}

    /** A thread state was freed. */
    default void threadStateFreed(int gts) {}

    /**
     * A message was received from a queue.
     *
     * @param sender who sent it, by what the message says
     * @param number its number among the sender's messages to this queue, from 0 on
     * @param whole whether all of its bytes are what that sender sent
     */
    default void messageReceived(Agent agent, int queue, int sender, int number, boolean whole) {}
}
