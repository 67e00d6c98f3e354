package grusim.workload;

import grusim.isa.ExtendedOpcode;

/** The atomic operations of each opcode, as a spec names them. */
public final class AtomicOps {
    private AtomicOps() {}

    /** Operations with an implicit operand. */
    public enum GamirOp {
        FETCH(ExtendedOpcode.FETCH),
        CLEAR(ExtendedOpcode.CLEAR),
        INC(ExtendedOpcode.INCREMENT),
        DEC(ExtendedOpcode.DECREMENT),
        QCHECK64(ExtendedOpcode.QUEUE_CHECK_64),
        QCHECK128(ExtendedOpcode.QUEUE_CHECK_128);

        private final ExtendedOpcode operation;

        GamirOp(ExtendedOpcode operation) {
            this.operation = operation;
        }

        /** The extended opcode of the instruction. */
        public ExtendedOpcode operation() {
            return operation;
        }
    }

    /** Registered operations with an implicit operand. */
    public enum GamirrOp {
        FETCH(ExtendedOpcode.FETCH),
        CLEAR(ExtendedOpcode.CLEAR),
        INC(ExtendedOpcode.INCREMENT),
        DEC(ExtendedOpcode.DECREMENT),
        DECZ(ExtendedOpcode.DECREMENT_UPDATE_ON_ZERO);

        private final ExtendedOpcode operation;

        GamirrOp(ExtendedOpcode operation) {
            this.operation = operation;
        }

        /** The extended opcode of the instruction. */
        public ExtendedOpcode operation() {
            return operation;
        }
    }

    /** Operations with explicit operands. */
    public enum GamerOp {
        SWAP(ExtendedOpcode.SWAP),
        OR(ExtendedOpcode.OR),
        AND(ExtendedOpcode.AND),
        XOR(ExtendedOpcode.XOR),
        ADD(ExtendedOpcode.ADD),
        CAS(ExtendedOpcode.COMPARE_AND_SWAP),
        CADD(ExtendedOpcode.CONDITIONAL_ADD);

        private final ExtendedOpcode operation;

        GamerOp(ExtendedOpcode operation) {
            this.operation = operation;
        }

        /** The extended opcode of the instruction. */
        public ExtendedOpcode operation() {
            return operation;
        }
    }

    /** Registered operations with explicit operands. */
    public enum GamerrOp {
        SWAP(ExtendedOpcode.SWAP),
        OR(ExtendedOpcode.OR),
        AND(ExtendedOpcode.AND),
        XOR(ExtendedOpcode.XOR),
        ADD(ExtendedOpcode.ADD),
        CAS(ExtendedOpcode.COMPARE_AND_SWAP),
        POLLEQ(ExtendedOpcode.POLL_EQUAL),
        POLLNE(ExtendedOpcode.POLL_NOT_EQUAL);

        private final ExtendedOpcode operation;

        GamerrOp(ExtendedOpcode operation) {
            this.operation = operation;
        }

        /** The extended opcode of the instruction. */
        public ExtendedOpcode operation() {
            return operation;
        }
    }
}
