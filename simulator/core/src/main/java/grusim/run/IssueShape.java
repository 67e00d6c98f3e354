package grusim.run;

import grusim.isa.ChipletMap;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.workload.AtomicStep;
import grusim.workload.BlockStep;
import grusim.workload.BlockStep.MessageEnd;
import grusim.workload.IndexedStep;
import grusim.workload.InstructionStep;
import grusim.workload.InstructionStep.Expect;
import grusim.workload.PatternSpec;
import grusim.workload.PatternSpec.PatternKind;
import grusim.workload.ProgramStep;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the records of the instruction steps have in common, and the words that do not change from one to the next. */
final class IssueShape {
    private static final PatternSpec NO_PATTERN = new PatternSpec(PatternKind.SEQUENTIAL, 1, BigDecimal.ONE);

    Opcode opcode = Opcode.NOP;
    TransferType type = TransferType.CACHE_LINE;
    int region = -1;
    int toRegion = -1;
    long offset;
    long toOffset;
    long length = ChipletMap.LINE_BYTES;
    long elements = 1;
    long stride = 1;
    long value;
    long operand2;
    int bufferLines;
    boolean sequence;
    Expect expect = Expect.NONE;
    MessageEnd end = MessageEnd.SENT;
    PatternSpec pattern = NO_PATTERN;
    OptionalLong expectOld = OptionalLong.empty();

    @Nullable
    ExtendedOpcode extended;

    static IssueShape of(InstructionStep step, ProcessRun process) {
        IssueShape s = new IssueShape();
        if (step instanceof InstructionStep.Vload v) {
            s.memory(Opcode.VLOAD, process, v.region(), v.offsetBytes(), v.lengthBytes(), v.xtype());
            s.vector(v.nelem(), v.stride(), v.pattern());
            s.expect = v.expect();
        } else if (step instanceof InstructionStep.Vstore v) {
            s.memory(Opcode.VSTORE, process, v.region(), v.offsetBytes(), v.lengthBytes(), v.xtype());
            s.vector(v.nelem(), v.stride(), v.pattern());
            s.stored(v.value(), v.sequence());
        } else if (step instanceof InstructionStep.Vset v) {
            s.memory(Opcode.VSET, process, v.region(), v.offsetBytes(), v.lengthBytes(), v.xtype());
            s.vector(v.nelem(), v.stride(), v.pattern());
            s.stored(v.value(), false);
        } else if (step instanceof InstructionStep.Bcopy c) {
            s.memory(Opcode.BCOPY, process, c.from(), c.fromOffsetBytes(), c.lengthBytes(), c.xtype());
            s.toRegion = process.region(c.to());
            s.toOffset = c.toOffsetBytes();
            s.bufferLines = c.bufsize();
        } else if (step instanceof IndexedStep i) {
            s.indexed(i, process);
        } else if (step instanceof BlockStep b) {
            s.block(b, process);
        } else if (step instanceof AtomicStep a) {
            s.memory(a.opcode(), process, a.region(), a.offsetBytes(), a.xtype().bytes(), a.xtype());
            s.extended = a.operation();
            s.value = a.operand1();
            s.operand2 = a.operand2();
            s.expectOld = a.expect();
        }
        return s;
    }

    private void indexed(IndexedStep step, ProcessRun process) {
        Opcode op = Opcode.IVLOAD;
        if (step instanceof IndexedStep.Ivload load) {
            expect = load.expect();
        } else if (step instanceof IndexedStep.Ivstore store) {
            op = Opcode.IVSTORE;
            stored(store.value(), store.sequence());
        } else if (step instanceof IndexedStep.Ivset set) {
            op = Opcode.IVSET;
            stored(set.value(), false);
        }
        memory(op, process, step.region(), step.offsetBytes(), step.lengthBytes(), step.xtype());
        vector(step.nelem(), 1, step.pattern());
    }

    private void block(BlockStep step, ProcessRun process) {
        if (step instanceof BlockStep.Bstore b) {
            memory(Opcode.BSTORE, process, b.region(), b.offsetBytes(), b.lengthBytes(), b.xtype());
            vector(b.nelem(), 1, b.pattern());
            stored(b.value(), b.sequence());
        } else if (step instanceof BlockStep.Vflush v) {
            memory(Opcode.VFLUSH, process, v.region(), v.offsetBytes(), v.lengthBytes(), v.xtype());
            vector(v.nelem(), v.stride(), v.pattern());
        } else if (step instanceof BlockStep.Mesq m) {
            TransferType line = TransferType.CACHE_LINE;
            memory(Opcode.MESQ, process, m.region(), m.offsetBytes(), (long) m.lines() * line.bytes(), line);
            vector(m.lines(), 1, NO_PATTERN);
            stored(m.value(), m.sequence());
            expectOld = m.expect();
            end = m.end();
        }
    }

    private void memory(Opcode op, ProcessRun process, String name, long at, long bytes, TransferType element) {
        opcode = op;
        region = process.region(name);
        offset = at;
        length = bytes == ProgramStep.REST ? process.size(region) - at : bytes;
        type = element;
    }

    private void vector(long nelem, long strideElements, PatternSpec addresses) {
        elements = nelem;
        stride = strideElements;
        pattern = addresses;
    }

    private void stored(long first, boolean counts) {
        value = first;
        sequence = counts;
    }

    /** The eight words of the instruction, without addresses. */
    long[] words() {
        Instruction instruction = Instruction.of(opcode);
        if (opcode == Opcode.NOP) {
            return instruction.words();
        }
        instruction = instruction.with(type);
        if (extended != null) {
            instruction = instruction.with(extended);
        }
        return (switch (opcode) {
                    case BCOPY -> instruction.with(Operand.BUFSIZE, bufferLines);
                    case VLOAD, VSTORE, VFLUSH ->
                        instruction.with(Operand.NELEM, elements).with(Operand.STRIDE, stride);
                    case VSET ->
                        instruction
                                .with(Operand.NELEM, elements)
                                .with(Operand.STRIDE, stride)
                                .with(Operand.VALUE, value);
                    case IVSET -> instruction.with(Operand.NELEM, elements).with(Operand.VALUE, value);
                    case IVLOAD, IVSTORE, BSTORE, MESQ -> instruction.with(Operand.NELEM, elements);
                    case GAMER, GAMERR ->
                        instruction.with(Operand.OPERAND1, value).with(Operand.OPERAND2, operand2);
                    default -> instruction;
                })
                .words();
    }
}
