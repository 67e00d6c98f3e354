package grusim.workload;

/**
 * One thing an agent of a scenario does; in JSON an object whose {@code "act"} is the record's name in lower case.
 *
 * <p>Each is a routine of the model as a run has it, on the agent's own CPU; the checker interleaves their steps.
 */
@Tagged("act")
public sealed interface Act permits Act.Instruction, Act.Vm, Act.Life, Act.Message {
    /** Work with a control block of a context. */
    sealed interface Instruction extends Act {
        /** The context. */
        String context();

        /** The control block's number in the context. */
        int cb();
    }

    /** What the kernel does to a page. */
    sealed interface Vm extends Act {
        /** The page. */
        String page();
    }

    /** What the kernel does with a message queue. */
    sealed interface Message extends Act {
        /** The queue. */
        String queue();
    }

    /** A change in the life of a context or an address space. */
    sealed interface Life extends Act {}

    /** Starts an instruction on one line of a page and goes on. */
    record Start(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context,

            @Knob(doc = ActDoc.CB, value = "0", max = ActDoc.LAST_CB)
            int cb,

            @Knob(doc = "Page the instruction accesses.", required = true)
            String page,

            @Knob(doc = ActDoc.WRITE, value = "false") boolean write)
            implements Instruction {}

    /** Waits until the instruction has ended, calling the OS whenever its control block asks for that. */
    record Wait(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context,

            @Knob(doc = ActDoc.CB, value = "0", max = ActDoc.LAST_CB)
            int cb,

            @Knob(doc = "Whether it calls the OS when asked to; if not, being asked to ends the wait.", value = "true")
            boolean callsOs)
            implements Instruction {}

    /** Start and wait in one. */
    record Load(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context,

            @Knob(doc = ActDoc.CB, value = "0", max = ActDoc.LAST_CB)
            int cb,

            @Knob(doc = "Page the instruction accesses.", required = true)
            String page,

            @Knob(doc = ActDoc.WRITE, value = "false") boolean write)
            implements Instruction {}

    /** Copies lines by a BCOPY, from the last line of one page on to the first of another, and waits for its end. */
    record Copy(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context,

            @Knob(doc = ActDoc.CB, value = "0", max = ActDoc.LAST_CB)
            int cb,

            @Knob(
                    doc = "Page whose last line is copied first; those that follow are of the next page.",
                    required = true)
            String from,

            @Knob(doc = "Page whose first line is written first.", required = true)
            String to,

            @Knob(doc = "Lines to copy.", value = "2", min = "1", max = "64")
            int lines)
            implements Instruction {}

    /** The CPU itself accesses the page and takes the page fault. */
    record Touch(
            @Knob(doc = ActDoc.PAGE, required = true) String page,

            @Knob(doc = "Whether the access is a store.", value = "false")
            boolean write)
            implements Vm {}

    /** One pass of reclaim over the page. */
    record Reclaim(@Knob(doc = ActDoc.PAGE, required = true) String page) implements Vm {}

    /** munmap(2) from the page on. */
    record Munmap(
            @Knob(doc = ActDoc.PAGE, required = true) String page,

            @Knob(doc = "Length of the unmapped range.", value = "4 KiB", min = "1 B")
            long lengthBytes)
            implements Vm {}

    /**
     * The driver registers its notifier on the agent's address space. A space for which an agent does so has none until
     * then.
     */
    record Register() implements Life {}

    /** The agent's address space ends: exit_mmap, then its contexts are closed. */
    record Exit() implements Life {}

    /** The driver unloads the context, as it does to make room. */
    record Unload(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context,

            @Knob(doc = "Whether the context's state is saved for the next load.", value = "true")
            boolean saved)
            implements Life {}

    /** The mapping of the context is closed, which frees it. */
    record Close(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context) implements Life {}

    /** The scheduler moves the thread whose context it is; its next touch or call finds the context placed for the old core. */
    record Migrate(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context,

            @Knob(doc = "Agent whose core it goes to; without one it goes to another blade.", value = "")
            String to)
            implements Life {}

    /** The thread calls the OS about a control block, whatever that shows. */
    record Call(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context,

            @Knob(doc = ActDoc.CB, value = "0", max = ActDoc.LAST_CB)
            int cb)
            implements Life {}

    /** The thread touches the context's mapping while it is not loaded: the segment fault loads it. */
    record Reload(
            @Knob(doc = ActDoc.CONTEXT, required = true) String context) implements Life {}

    /** Sends a message, again until the queue takes it. */
    record Send(
            @Knob(doc = ActDoc.QUEUE, required = true) String queue,

            @Knob(
                    doc = "Its size: one line, or two if it is more than 64 bytes.",
                    value = "64 B",
                    min = "4 B",
                    max = MessageStep.MOST_BYTES)
            long sizeBytes)
            implements Message {}

    /** Receives messages, waiting for each. */
    record Receive(
            @Knob(doc = ActDoc.QUEUE, required = true) String queue,

            @Knob(doc = "Number of messages.", value = "1", min = "1", max = "16")
            int count)
            implements Message {}
}
