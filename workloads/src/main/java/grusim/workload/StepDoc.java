package grusim.workload;

/** Meanings and limits of keys that several steps share. */
final class StepDoc {
    static final String MOST = "1000000000000";
    static final String COUNT = "Number of instructions.";
    static final String THINK = "Time the thread computes after each instruction.";
    static final String IN_FLIGHT = "Instructions running at once, each on its own control block.";
    static final String ARRIVALS = "When each instruction comes due, for an open loop.";
    static final String REGION = "Region accessed.";
    static final String OFFSET = "Start of the range in the region.";
    static final String LENGTH = "Length of the range, or \"rest\" for what is left of the region.";
    static final String XTYPE = "Element size: byte, short, word, doubleword, cache line.";
    static final String NELEM = "Elements per instruction.";
    static final String STRIDE = "Distance between elements, in elements.";
    static final String PATTERN = "How the start address moves from instruction to instruction.";
    static final String STORED = "Value of each element; for a whole line (cl), of each of its doublewords.";
    static final String SEQUENCE = "Adds the instruction's number in the step, from 0, to the value.";
    static final String EXPECT = "\"content\" compares what was loaded with the region's initial content.";
    static final String INDEXES =
            "How the elements' addresses follow each other; the step is a multiple of the element.";
    static final String OPERAND = "Place of the operand in the region, a multiple of its size.";
    static final String AMO_XTYPE = "Operand size: byte, short, word or doubleword.";
    static final String OLD = "The old value the operation must return, or \"any\".";
    static final String VM_REGION = "Region the call works on.";
    static final String VM_OFFSET = "Start of the range in the region.";
    static final String VM_LENGTH = "Length of the range, or \"rest\" for what is left of the region.";
    static final String SEGMENT = "The segment named: the thread's own, or an address without one.";
    static final String BAD_POINTER = "Whether the pointer to the request's arguments is bad.";

    static final String QUEUE = "Message queue of the spec.";
    static final String MESSAGE_ARRIVALS = "When each message comes due to be sent or waited for, for an open loop.";
    static final String MOST_MESSAGES = "4000000";

    private StepDoc() {}
}
