package grusim.workload;

import grusim.isa.TransferType;

/**
 * A step of instructions whose elements lie where an index vector says. The step's pattern makes the indexes: element k
 * of instruction i is the pattern's address number i x nelem + k.
 */
public sealed interface IndexedStep extends InstructionStep {
    /** Region accessed. */
    String region();

    /** Start of the range in the region; indexes count from here. */
    long offsetBytes();

    /** Length of the range. */
    long lengthBytes();

    /** Element size. */
    TransferType xtype();

    /** Elements per instruction. */
    int nelem();

    /** How the elements' addresses follow each other. */
    PatternSpec pattern();

    /** Indexed load: memory to data segment. */
    record Ivload(
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

            @Knob(doc = StepDoc.INDEXES) PatternSpec pattern,

            @Knob(doc = StepDoc.EXPECT, value = "none") Expect expect)
            implements IndexedStep {}

    /** Indexed store: data segment to memory. */
    record Ivstore(
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

            @Knob(doc = StepDoc.INDEXES) PatternSpec pattern,

            @Knob(doc = StepDoc.STORED, value = "0", kind = Kind.VALUE)
            long value,

            @Knob(doc = StepDoc.SEQUENCE, value = "false") boolean sequence)
            implements IndexedStep {}

    /** Indexed set: fills elements with a value. */
    record Ivset(
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

            @Knob(doc = StepDoc.INDEXES) PatternSpec pattern,

            @Knob(doc = StepDoc.STORED, value = "0", kind = Kind.VALUE)
            long value)
            implements IndexedStep {}
}
