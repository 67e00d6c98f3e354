package grusim.workload;

import grusim.isa.ExtendedOpcode;
import grusim.isa.TransferType;
import java.util.OptionalLong;

/**
 * A step that gives instructions to the GRU: the same one {@code count} times, over addresses that follow a pattern,
 * with up to {@code inFlight} of them running at once on as many control blocks.
 *
 * <p>The range of a step is {@code offset} .. {@code offset + length} of the region; an instruction touches
 * {@code nelem} elements, {@code stride} elements apart, and never leaves the range.
 */
public sealed interface InstructionStep extends ProgramStep {
    /** Number of instructions. */
    long count();

    /** Time the thread computes after each instruction it has waited for. */
    long thinkPs();

    /** Instructions running at once. */
    int inFlight();

    /** Does nothing. */
    record Nop(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight)
            implements InstructionStep {}

    /** Vector load: memory to data segment. */
    record Vload(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "32768")
            int nelem,

            @Knob(doc = StepDoc.STRIDE, value = "1", min = "1", max = "1000000000")
            long stride,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern,

            @Knob(doc = "\"content\" compares what was loaded with the region's initial content.", value = "none")
            Expect expect)
            implements InstructionStep {}

    /** Vector store: data segment to memory. */
    record Vstore(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "32768")
            int nelem,

            @Knob(doc = StepDoc.STRIDE, value = "1", min = "1", max = "1000000000")
            long stride,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern,

            @Knob(doc = StepDoc.STORED, value = "0", kind = Kind.VALUE)
            long value,

            @Knob(doc = "Adds the instruction's number in the step, from 0, to the value.", value = "false")
            boolean sequence)
            implements InstructionStep {}

    /** Vector set: fills memory with a value. */
    record Vset(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = StepDoc.LENGTH, value = "rest", word = "rest", min = "1 B")
            long lengthBytes,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(doc = StepDoc.NELEM, value = "1", min = "1", max = "1000000000000")
            long nelem,

            @Knob(doc = StepDoc.STRIDE, value = "1", min = "1", max = "1000000000")
            long stride,

            @Knob(doc = StepDoc.PATTERN) PatternSpec pattern,

            @Knob(doc = StepDoc.STORED, value = "0", kind = Kind.VALUE)
            long value)
            implements InstructionStep {}

    /** Block copy: memory to memory through a buffer in the data segment. */
    record Bcopy(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = "Region read.", required = true) String from,
            @Knob(doc = "Region written.", required = true) String to,

            @Knob(doc = "Start in the region read.", value = "0 B")
            long fromOffsetBytes,

            @Knob(doc = "Start in the region written.", value = "0 B")
            long toOffsetBytes,

            @Knob(
                    doc = "Bytes copied, or \"rest\" for what is left of the region read.",
                    value = "rest",
                    word = "rest",
                    min = "1 B")
            long lengthBytes,

            @Knob(doc = "Buffer in lines of the data segment.", value = "128", min = "1", max = "512")
            int bufsize,

            @Knob(doc = StepDoc.XTYPE, value = "cl") TransferType xtype,

            @Knob(
                    doc = "\"thread\" splits the bytes evenly, in whole lines, over the threads of the group.",
                    value = "none")
            Slice slice)
            implements InstructionStep {}

    /** Atomic memory operation with an implicit operand. */
    record Gamir(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = "The atomic operation.", required = true)
            GamirOp exopc,

            @Knob(doc = StepDoc.AMO_XTYPE, value = "dw") TransferType xtype,

            @Knob(doc = StepDoc.OLD, value = "any", word = "any", kind = Kind.VALUE)
            OptionalLong expect)
            implements InstructionStep {}

    /** Atomic memory operation with explicit operands. */
    record Gamer(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OFFSET, value = "0 B") long offsetBytes,

            @Knob(doc = "The atomic operation; cas stores operand1 if memory equals operand2.", required = true)
            GamerOp exopc,

            @Knob(doc = StepDoc.AMO_XTYPE, value = "dw") TransferType xtype,

            @Knob(doc = "First operand.", value = "0", kind = Kind.VALUE)
            long operand1,

            @Knob(doc = "Second operand, used by cas.", value = "0", kind = Kind.VALUE)
            long operand2,

            @Knob(doc = StepDoc.OLD, value = "any", word = "any", kind = Kind.VALUE)
            OptionalLong expect)
            implements InstructionStep {}

    /** What a load is compared with. */
    enum Expect {
        NONE,
        CONTENT
    }

    /** How a copy is divided. */
    enum Slice {
        NONE,
        THREAD
    }

    /** Atomic operations with an implicit operand. */
    enum GamirOp {
        FETCH(ExtendedOpcode.FETCH),
        CLEAR(ExtendedOpcode.CLEAR),
        INC(ExtendedOpcode.INCREMENT),
        DEC(ExtendedOpcode.DECREMENT);

        private final ExtendedOpcode opcode;

        GamirOp(ExtendedOpcode opcode) {
            this.opcode = opcode;
        }

        /** The extended opcode of the instruction. */
        public ExtendedOpcode opcode() {
            return opcode;
        }
    }

    /** Atomic operations with explicit operands. */
    enum GamerOp {
        SWAP(ExtendedOpcode.SWAP),
        OR(ExtendedOpcode.OR),
        AND(ExtendedOpcode.AND),
        XOR(ExtendedOpcode.XOR),
        ADD(ExtendedOpcode.ADD),
        CAS(ExtendedOpcode.COMPARE_AND_SWAP);

        private final ExtendedOpcode opcode;

        GamerOp(ExtendedOpcode opcode) {
            this.opcode = opcode;
        }

        /** The extended opcode of the instruction. */
        public ExtendedOpcode opcode() {
            return opcode;
        }
    }
}
