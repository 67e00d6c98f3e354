package grusim.workload;

import grusim.isa.ExtendedOpcode;
import grusim.isa.Opcode;
import grusim.isa.TransferType;
import java.util.OptionalLong;

/** A step of atomic memory operations, all on the same word; each returns the word's old value. */
public sealed interface AtomicStep extends InstructionStep {
    /** Region of the word. */
    String region();

    /** The word's place in the region. */
    long offsetBytes();

    /** Size of the word. */
    TransferType xtype();

    /** The old value each operation must return, or none. */
    OptionalLong expect();

    /** The opcode. */
    Opcode opcode();

    /** The operation. */
    ExtendedOpcode operation();

    /** First operand, 0 for an operation that has none. */
    long operand1();

    /** Second operand, 0 for an operation that has none. */
    long operand2();

    /** Atomic memory operation with an implicit operand. */
    record Gamir(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OPERAND, value = "0 B") long offsetBytes,

            @Knob(doc = "The atomic operation; qcheck64 and qcheck128 take lines of a queue.", required = true)
            AtomicOps.GamirOp exopc,

            @Knob(doc = StepDoc.AMO_XTYPE, value = "dw") TransferType xtype,

            @Knob(doc = StepDoc.OLD, value = "any", word = "any", kind = Kind.VALUE)
            OptionalLong expect)
            implements AtomicStep {
        @Override
        public Opcode opcode() {
            return Opcode.GAMIR;
        }

        @Override
        public ExtendedOpcode operation() {
            return exopc.operation();
        }

        @Override
        public long operand1() {
            return 0;
        }

        @Override
        public long operand2() {
            return 0;
        }
    }

    /** Registered atomic memory operation with an implicit operand. */
    record Gamirr(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OPERAND, value = "0 B") long offsetBytes,

            @Knob(doc = "The atomic operation; decz is decrement with update on zero.", required = true)
            AtomicOps.GamirrOp exopc,

            @Knob(doc = StepDoc.AMO_XTYPE, value = "dw") TransferType xtype,

            @Knob(doc = StepDoc.OLD, value = "any", word = "any", kind = Kind.VALUE)
            OptionalLong expect)
            implements AtomicStep {
        @Override
        public Opcode opcode() {
            return Opcode.GAMIRR;
        }

        @Override
        public ExtendedOpcode operation() {
            return exopc.operation();
        }

        @Override
        public long operand1() {
            return 0;
        }

        @Override
        public long operand2() {
            return 0;
        }
    }

    /** Atomic memory operation with explicit operands. */
    record Gamer(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OPERAND, value = "0 B") long offsetBytes,

            @Knob(
                    doc =
                            "The atomic operation; cas stores operand1 if memory equals operand2, cadd takes operand1 lines of a queue.",
                    required = true)
            AtomicOps.GamerOp exopc,

            @Knob(doc = StepDoc.AMO_XTYPE, value = "dw") TransferType xtype,

            @Knob(doc = "First operand.", value = "0", kind = Kind.VALUE)
            long operand1,

            @Knob(doc = "Second operand, which cas and polls compare with.", value = "0", kind = Kind.VALUE)
            long operand2,

            @Knob(doc = StepDoc.OLD, value = "any", word = "any", kind = Kind.VALUE)
            OptionalLong expect)
            implements AtomicStep {
        @Override
        public Opcode opcode() {
            return Opcode.GAMER;
        }

        @Override
        public ExtendedOpcode operation() {
            return exopc.operation();
        }
    }

    /** Registered atomic memory operation with explicit operands. */
    record Gamerr(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OPERAND, value = "0 B") long offsetBytes,

            @Knob(
                    doc = "The atomic operation; polleq and pollne wait until memory equals operand2, or does not.",
                    required = true)
            AtomicOps.GamerrOp exopc,

            @Knob(doc = StepDoc.AMO_XTYPE, value = "dw") TransferType xtype,

            @Knob(doc = "First operand.", value = "0", kind = Kind.VALUE)
            long operand1,

            @Knob(doc = "Second operand, which cas and polls compare with.", value = "0", kind = Kind.VALUE)
            long operand2,

            @Knob(doc = StepDoc.OLD, value = "any", word = "any", kind = Kind.VALUE)
            OptionalLong expect)
            implements AtomicStep {
        @Override
        public Opcode opcode() {
            return Opcode.GAMERR;
        }

        @Override
        public ExtendedOpcode operation() {
            return exopc.operation();
        }
    }

    /** Masked compare-exchange of a doubleword: where the masked bits equal, other masked bits are replaced. */
    record Gamxr(
            @Knob(doc = StepDoc.COUNT, value = "1", max = StepDoc.MOST)
            long count,

            @Knob(doc = StepDoc.THINK, value = "0 ns", max = "1000 s")
            long thinkPs,

            @Knob(doc = StepDoc.IN_FLIGHT, value = "1", min = "1", max = "128")
            int inFlight,

            @Knob(doc = StepDoc.ARRIVALS) ArrivalsSpec arrivals,

            @Knob(doc = StepDoc.REGION, required = true) String region,
            @Knob(doc = StepDoc.OPERAND, value = "0 B") long offsetBytes,

            @Knob(doc = "Value compared with.", value = "0", kind = Kind.VALUE)
            long compare,

            @Knob(doc = "Bits compared.", value = "-1", kind = Kind.VALUE)
            long compareMask,

            @Knob(doc = "New value.", value = "0", kind = Kind.VALUE)
            long value,

            @Knob(doc = "Bits replaced.", value = "-1", kind = Kind.VALUE)
            long valueMask,

            @Knob(doc = StepDoc.OLD, value = "any", word = "any", kind = Kind.VALUE)
            OptionalLong expect)
            implements AtomicStep {
        @Override
        public TransferType xtype() {
            return TransferType.DOUBLEWORD;
        }

        @Override
        public Opcode opcode() {
            return Opcode.GAMXR;
        }

        @Override
        public ExtendedOpcode operation() {
            return ExtendedOpcode.MASKED_COMPARE_EXCHANGE;
        }

        @Override
        public long operand1() {
            return 0;
        }

        @Override
        public long operand2() {
            return 0;
        }
    }
}
