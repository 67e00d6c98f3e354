package grusim.workload;

/** A step in which the thread, in the kernel, sends to or receives from a message queue. */
public sealed interface MessageStep extends ProgramStep {
    /** Largest message: two lines. */
    String MOST_BYTES = "128 B";

    /** The queue. */
    String queue();

    /** Number of messages. */
    long count();

    /** Time the thread computes after each message. */
    long thinkPs();

    /** When messages come due. */
    ArrivalsSpec arrivals();

    /** Sends messages, each again until the queue takes it. */
    record Send(
            @Knob(doc = StepDoc.QUEUE, required = true) String queue,

            @Knob(doc = "Number of messages.", value = "1", max = StepDoc.MOST_MESSAGES)
            long count,

            @Knob(
                    doc = "Size of each message, header included: one line, or two if it is more than 64 bytes.",
                    value = "64 B",
                    min = "4 B",
                    max = MOST_BYTES)
            long sizeBytes,

            @Knob(doc = "Time the thread computes after each message.", value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.MESSAGE_ARRIVALS) ArrivalsSpec arrivals)
            implements MessageStep {}

    /** Receives messages, waiting for each, and compares every byte with what its sender sent. */
    record Receive(
            @Knob(doc = StepDoc.QUEUE, required = true) String queue,

            @Knob(doc = "Number of messages.", value = "1", max = StepDoc.MOST_MESSAGES)
            long count,

            @Knob(doc = "Time the thread computes after each message.", value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.MESSAGE_ARRIVALS) ArrivalsSpec arrivals)
            implements MessageStep {}
}
