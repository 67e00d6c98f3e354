package grusim.workload;

import grusim.isa.TransferType;
import java.util.OptionalLong;

/** A step of instructions that store blocks of the data segment, flush lines or send messages. */
public sealed interface BlockStep extends InstructionStep {
    /** Block store: a block of the data segment to memory. */
    record Bstore(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "32768")
            int nelem,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern,

            @Knob(doc = StepDoc.STORED, value = "0", kind = Kind.VALUE)
            long value,

            @Knob(doc = StepDoc.SEQUENCE, value = "false") boolean sequence)
            implements BlockStep {}

    /** Flush of lines to memory. */
    record Vflush(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "32768")
            int nelem,

            @Knob(doc = StepDoc.STRIDE, value = "1", min = "-1000000000", max = "1000000000")
            long stride,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern)
            implements BlockStep {}

    /**
     * Message send by the device alone: one queue check and put, without the software's protocol around it. The queue
     * begins with a doubleword {head, limit} that other steps have to write.
     */
    record Mesq(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = "Region of the queue.", required = true)
            String region,

            @Knob(doc = "Start of the queue in the region, a multiple of 64 B.", value = "0 B")
            long offsetBytes,

            @Knob(doc = "Size of a message in lines of 64 bytes; at most 128 bytes.", value = "1", min = "1", max = "2")
            int lines,

            @Knob(doc = "Value of each doubleword of the message.", value = "0", kind = Kind.VALUE)
            long value,

            @Knob(doc = StepDoc.SEQUENCE, value = "false") boolean sequence,

            @Knob(
                    doc = "Line of the queue the message must go to (the old head), or \"any\".",
                    value = "any",
                    word = "any",
                    kind = Kind.VALUE)
            OptionalLong expect,

            @Knob(doc = "How each send must end: sent, with one substatus, or in any way.", value = "sent")
            MessageEnd end)
            implements BlockStep {}

    /** How a program expects a message send to end. */
    enum MessageEnd {
        SENT,
        LB_OVERFLOWED,
        QLIMIT_REACHED,
        PAGE_OVERFLOW,
        AMO_NACKED,
        PUT_NACKED,
        ANY
    }
}
