package grusim.gru;

import grusim.isa.AccessMode;
import grusim.isa.AddressAttribute;
import grusim.isa.ExceptionCause;
import grusim.isa.InstructionLayout;
import grusim.isa.handle.Cch;
import grusim.workload.InjectedError;

/** What a chiplet looks at before it executes an instruction: whether it is legal, and whether its context allows it. */
final class DecodeChecks {
    private final ContextTable contexts;
    private final ErrorInjection errors;
    private final Legalities legalities = new Legalities();

    DecodeChecks(ContextTable contexts, ErrorInjection errors) {
        this.contexts = contexts;
        this.errors = errors;
    }

    /** Finds why the instruction cannot be executed in the unit's context, or readies its transfer. */
    void check(CbrUnit unit, ControlBlock cb) {
        if (!legalities.executes(cb) || overflows(cb)) {
            unit.transfer.refuse(cb);
            unit.fail(ExceptionCause.INVALID_INSTRUCTION.mask(), 0, 0);
            return;
        }
        Transfer transfer = unit.transfer;
        transfer.decode(cb, contexts.dsrMap(unit.context));
        if (AccessMode.UNMAPPED.in(InstructionLayout.IMA.intIn(transfer.word0()))
                && Cch.UNMAP_ENABLE.in(unit.mode) == 0) {
            unit.fail(ExceptionCause.UNMAPPED_MODE_FORBIDDEN.mask(), transfer.base0(), transfer.base1());
        } else if (transfer.atomic(0) && (transfer.base0() & (transfer.alignment() - 1)) != 0) {
            unit.fail(ExceptionCause.INVALID_INSTRUCTION.mask(), transfer.base0(), 0);
        } else if (beyondSegment(transfer, cb, contexts.dsrBytes(unit.context))) {
            unit.fail(ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED.mask(), transfer.base0(), transfer.base1());
        } else if (AccessMode.UNMAPPED.in(InstructionLayout.IMA.intIn(transfer.word0())) && !reachable(unit)) {
            return;
        } else if (errors.any()) {
            strike(unit);
        }
    }

    /**
     * Whether the physical addresses of an unmapped instruction are of a kind the machine has. The kind also stands in
     * their two top bits; memory-mapped I/O and registers are nobody's, and memory is coherent either way.
     */
    private static boolean reachable(CbrUnit unit) {
        Transfer transfer = unit.transfer;
        return reachable(unit, transfer.base0(), transfer.attribute(0))
                && (transfer.buffer() == 0 || reachable(unit, transfer.base1(), transfer.attribute(1)));
    }

    private static boolean reachable(CbrUnit unit, long address, int attribute) {
        AddressAttribute kind = AddressAttribute.of(attribute);
        if (unit.transfer.totalBytes() != 0 && AddressAttribute.ofUnmapped(address) != kind) {
            unit.fail(ExceptionCause.IAA_GAA_MISMATCH.mask(), address, attribute);
        } else if (kind == AddressAttribute.MMIO || kind == AddressAttribute.REGISTER) {
            unit.fail(ExceptionCause.ADDRESS_SPACE_DECODE_ERROR.mask(), address, 0);
        }
        return unit.ecause == 0;
    }

    /** An error of the processing element may end a legal instruction before it makes its first request. */
    private void strike(CbrUnit unit) {
        Transfer transfer = unit.transfer;
        InjectedError error = errors.at(InjectedError.Where.INSTRUCTION, unit, transfer.base0());
        ExceptionCause cause = error == null ? null : error.cause();
        if (cause != null) {
            unit.fail(cause.mask(), transfer.base0(), transfer.base1());
        }
    }

    private static boolean overflows(ControlBlock cb) {
        long elements = cb.word(InstructionLayout.NELEM.word());
        return elements >>> (Long.SIZE - 1 - Transfer.elementShift(cb.word(0))) != 0;
    }

    private static boolean beyondSegment(Transfer transfer, ControlBlock cb, int limit) {
        return switch (transfer.opcode()) {
            case VLOAD, VSTORE, BSTORE -> transfer.tri0() + transfer.totalBytes() > limit;
            case BCOPY -> (long) transfer.tri0() + transfer.buffer() > limit;
            case IVLOAD, IVSTORE -> transfer.tri0() + transfer.totalBytes() > limit || indexBeyond(cb, limit);
            case MESQ -> transfer.tri0() + MessageSend.lines(cb) * Transfer.LINE > limit;
            case GAMXR -> transfer.tri0() + AtomicAccess.EXCHANGE_BYTES > limit;
            case IVSET -> indexBeyond(cb, limit);
            default -> false;
        };
    }

    /** Whether the index vector, a doubleword for each element, ends beyond the segment. */
    private static boolean indexBeyond(ControlBlock cb, int limit) {
        long first = InstructionLayout.TRI1_BUFSIZE.in(cb.word(InstructionLayout.TRI1_BUFSIZE.word()));
        long elements = cb.word(InstructionLayout.NELEM.word());
        return first > limit || elements > (limit - first) / Long.BYTES;
    }
}
