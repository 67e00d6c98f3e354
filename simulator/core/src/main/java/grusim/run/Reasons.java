package grusim.run;

import grusim.engine.Why;

/** What each reason for spending time means, for the data dictionary. */
final class Reasons {
    private Reasons() {}

    /** The meaning of a reason, one sentence. */
    static String meaning(Why why) {
        return switch (why) {
            case IDLE -> "Nothing to do.";
            case THINK -> "The program's own pause between instructions.";
            case BEHIND_SCHEDULE -> "An open-loop arrival waits because earlier ones are not finished.";
            case COMPUTE -> "Software on the CPU: the user library, the driver or the kernel.";
            case START -> "From the start bit until the control block's unit decodes the instruction.";
            case DECODE -> "The unit decodes the instruction and checks it.";
            case ISSUE -> "The unit issues requests, one after another.";
            case TLB_LOOKUP -> "Lookups in the device's TLB.";
            case LINES_FULL -> "All lines that may be in flight are.";
            case MEMORY_QUEUE -> "The memory serves other requests first.";
            case MEMORY -> "The memory serves the request.";
            case LINK_QUEUE -> "The link carries other packets first.";
            case LINK -> "Hops between blades.";
            case ATOMIC -> "The memory carries out an atomic operation.";
            case CONDITION -> "The condition that the instruction polls for does not hold yet.";
            case STATUS -> "The result is written to the control block.";
            case POLL -> "The instruction is finished and its user has not looked yet, or looks.";
            case IN_ORDER -> "The instruction has ended and its thread has not turned to it yet.";
            case CPU_INTERRUPTED -> "The user's CPU is in an interrupt.";
            case MISS_RECORD -> "The miss is recorded in the fault handle.";
            case INTERRUPT_DELIVERY -> "The interrupt is on its way to its CPU.";
            case FAULT_SCAN -> "Nobody has scanned the fault map yet.";
            case HANDLER_BUSY -> "The CPU that handles the interrupt does something else first.";
            case INTERRUPT_HANDLER -> "The interrupt handler's own software.";
            case OTHER_FAULTS -> "The handler answers other faults first.";
            case HAND_OVER -> "The miss is handed over to its user.";
            case OS_CALL -> "Software of the user's call to the operating system.";
            case LOCK -> "Waiting for a lock that another agent holds.";
            case RANGE_ACTIVE -> "An announced invalidate must end first.";
            case PAGE_WALK -> "The page table is walked.";
            case PAGE_FAULT -> "The kernel makes the page present.";
            case DROPIN -> "The dropin is built, goes to the TFH and is written to the TLB.";
            case PORT_TAKEN -> "Other dropins of the chiplet go first.";
            case KILLED -> "Attempts that a kill bit made void, as a whole, and the restart after each.";
            case LOST -> "Attempts whose entry was evicted, invalidated or not writable before its use.";
            case RESTART -> "Until the lookup that missed is made again.";
            case DRAIN -> "Earlier requests of the instruction must end first.";
            case INVALIDATE -> "An invalidate of the device's TLB.";
            case INVALIDATE_PAUSE -> "The unit pauses while entries are invalidated.";
            case CONTEXT_LOAD -> "A context is loaded into the device.";
            case CONTEXT_UNLOAD -> "A context is taken out of the device.";
            case UNLOADED -> "The context is not in the device.";
            case VM -> "A memory system call or another change of the address space.";
            case SHOOTDOWN -> "CPUs flush their own TLBs.";
            case SWAP -> "A page is read from swap.";
            case COMMAND -> "The device carries out a command of a handle.";
            case TIMEOUT -> "A request has no answer until it times out.";
            case RETRY -> "An instruction that ended with an exception is started again.";
        };
    }
}
