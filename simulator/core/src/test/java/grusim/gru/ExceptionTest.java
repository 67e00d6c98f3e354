package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.bcopy;
import static grusim.gru.Rig.vload;
import static grusim.gru.Rig.vstore;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.AccessMode;
import grusim.isa.AddressAttribute;
import grusim.isa.ExceptionCause;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.TfhOpcode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Instructions that cannot be executed end with an exception that says why. */
final class ExceptionTest {
    private static final long PAGE = 4096;

    private final Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY).mapped(1, 1, true);
    private final long[] cbe = new long[8];
    private final InstructionStatus[] status = new InstructionStatus[1];

    private void execute(Instruction instruction) {
        ControlBlock cb = rig.chiplet.cb(CB);
        rig.play(
                "user",
                rig.execute(rig.script(), CB, instruction)
                        .then(a -> status[0] = cb.status(a))
                        .then(a -> cb.extended(a, cbe)));
        rig.run();
    }

    private void assertCause(ExceptionCause cause) {
        assertThat(status[0]).isEqualTo(InstructionStatus.EXCEPTION);
        assertThat(ExceptionCause.in((int) Cbe.ECAUSE.get(cbe))).containsExactly(cause);
        assertThat(rig.count(DeviceStat.EXCEPTIONS)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.LINES_READ) + rig.count(DeviceStat.LINES_WRITTEN))
                .isZero();
        rig.chiplet.cb(CB).ledger().check();
    }

    static Stream<Arguments> refused() {
        Instruction load = vload(PAGE, 1, TransferType.DOUBLEWORD);
        return Stream.of(
                Arguments.of(
                        "no such opcode", load.with(InstructionLayout.OPC, 0x10), ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "no such transfer type",
                        load.with(InstructionLayout.XTYPE, 4),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "VLOAD has no exopc",
                        load.with(InstructionLayout.EXOPC, 1),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "no such GAMIR operation",
                        Rig.amo(Opcode.GAMIR, ExtendedOpcode.FETCH, PAGE, TransferType.WORD)
                                .with(InstructionLayout.EXOPC, 0x3),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "AMO on a line",
                        Rig.amo(Opcode.GAMIR, ExtendedOpcode.FETCH, PAGE, TransferType.CACHE_LINE),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "queue check on a word",
                        Rig.amo(Opcode.GAMIR, ExtendedOpcode.QUEUE_CHECK_64, PAGE, TransferType.WORD),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of("message of no line", message(0, 0, PAGE), ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of("message of three lines", message(3, 0, PAGE), ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of("queue within a line", message(1, 0, PAGE + 8), ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "message from beyond the segment",
                        message(2, 3072 - 64, PAGE),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "masked exchange of three elements",
                        Instruction.of(Opcode.GAMXR).with(Operand.ADDR, PAGE).with(Operand.NELEM, 3),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "masked exchange's operands beyond the segment",
                        Instruction.of(Opcode.GAMXR).with(Operand.ADDR, PAGE).with(InstructionLayout.TRI0, 3072 - 31),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "AMO on an odd address",
                        Rig.amo(Opcode.GAMIR, ExtendedOpcode.FETCH, PAGE + 2, TransferType.WORD),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "BCOPY without a buffer",
                        bcopy(PAGE, PAGE, 1, TransferType.BYTE, 0),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of(
                        "more bytes than addresses",
                        load.with(Operand.NELEM, 1L << 60),
                        ExceptionCause.INVALID_INSTRUCTION),
                Arguments.of("unmapped", load.with(AccessMode.UNMAPPED), ExceptionCause.UNMAPPED_MODE_FORBIDDEN),
                // the context owns 3 KiB
                Arguments.of(
                        "beyond the segment",
                        load.with(Operand.TRI0, 3072 - 7),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "store from beyond it",
                        vstore(PAGE, 49, TransferType.CACHE_LINE),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "buffer beyond it",
                        bcopy(PAGE, PAGE, 1, TransferType.BYTE, 49),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "index vector beyond it",
                        indexed(Opcode.IVLOAD, 2, TransferType.BYTE, 0, 3072 - 15),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "index vector of more bytes than addresses",
                        indexed(Opcode.IVSET, 1L << 61, TransferType.BYTE, 0, 0),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "gather to beyond it",
                        indexed(Opcode.IVLOAD, 2, TransferType.WORD, 3072 - 7, 0),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "block from beyond it",
                        Instruction.of(Opcode.BSTORE)
                                .with(TransferType.CACHE_LINE)
                                .with(Operand.DEST, PAGE)
                                .with(Operand.NELEM, 49),
                        ExceptionCause.DATA_SEGMENT_LIMIT_EXCEEDED),
                Arguments.of(
                        "attribute is not the entry's",
                        load.with(InstructionLayout.IAA0, AddressAttribute.MMIO.code()),
                        ExceptionCause.IAA_GAA_MISMATCH));
    }

    private static Instruction message(int lines, int tri0, long queue) {
        return Instruction.of(Opcode.MESQ)
                .with(Operand.ADDR, queue)
                .with(Operand.NELEM, lines)
                .with(Operand.TRI0, tri0);
    }

    private static Instruction indexed(Opcode opcode, long elements, TransferType type, int tri0, int tri1) {
        Instruction instruction = Instruction.of(opcode)
                .with(type)
                .with(Operand.ADDR, PAGE)
                .with(Operand.NELEM, elements)
                .with(Operand.TRI1, tri1);
        return opcode == Opcode.IVSET ? instruction : instruction.with(Operand.TRI0, tri0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void instruction_isRefused(String why, Instruction instruction, ExceptionCause cause) {
        execute(instruction);
        assertCause(cause);
    }

    @Test
    void extendedBlock_namesTheRefusedInstruction() {
        execute(vload(PAGE, 1, TransferType.CACHE_LINE));
        execute(vload(PAGE, 1, TransferType.CACHE_LINE).with(InstructionLayout.OPC, 0x10));
        assertThat(Cbe.OPCCPY.get(cbe)).isEqualTo(0x10);
        assertThat(Cbe.IDEF1UPD.get(cbe)).isZero();
    }

    @Test
    void wholeSegment_isInTheLimit() {
        execute(vload(PAGE, 48, TransferType.CACHE_LINE));
        assertThat(status[0]).isEqualTo(InstructionStatus.IDLE);
        assertThat(Cbe.ECAUSE.get(cbe)).isZero();
    }

    @Test
    void frameOutsideTheMachine_isAnAddressDecodeError() {
        rig.mapped(2, 1L << 40, true);
        execute(vload(2 * PAGE + 8, 1, TransferType.BYTE));
        assertCause(ExceptionCause.ADDRESS_SPACE_DECODE_ERROR);
        assertThat(Cbe.IDEF1UPD.get(cbe)).isEqualTo(2 * PAGE + 8);
    }

    @Test
    void fatalFault_endsTheInstruction() {
        rig.play(
                "os", rig.missed(rig.script(), CB).then(a -> rig.chiplet.tfh(CB).command(a, TfhOpcode.EXCEPTION)));
        execute(vload(5 * PAGE, 1, TransferType.BYTE));
        assertCause(ExceptionCause.OS_FATAL_TLB_FAULT);
        assertThat(Cbe.IDEF1UPD.get(cbe)).isEqualTo(5 * PAGE);
        assertThat(rig.chiplet.tlbPort().misses().outstanding(CB)).isFalse();
    }

    @Test
    void nextInstruction_runsAsIfNothingHadHappened() {
        execute(vload(PAGE, 49, TransferType.CACHE_LINE));
        execute(vload(PAGE, 1, TransferType.CACHE_LINE));
        assertThat(status[0]).isEqualTo(InstructionStatus.IDLE);
        assertThat(rig.count(DeviceStat.EXCEPTIONS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // instruction's kind, kind in the address bits, cause
        "RAM, RAM, ",
        "NONCOHERENT_RAM, NONCOHERENT_RAM, ",
        "RAM, MMIO, IAA_GAA_MISMATCH",
        "REGISTER, RAM, IAA_GAA_MISMATCH",
        "MMIO, MMIO, ADDRESS_SPACE_DECODE_ERROR",
        "REGISTER, REGISTER, ADDRESS_SPACE_DECODE_ERROR"
    })
    void unmappedAddress_saysItsKindTwice(
            AddressAttribute said, AddressAttribute bits, @Nullable ExceptionCause cause) {
        ContextConfiguration plain = rig.configuration(Rig.Mode.MAP_ONLY, 0b1, 0b1);
        ContextConfiguration unmapped = new ContextConfiguration(
                true, false, false, false, 0, true, 0b1, 0b1, plain.asids(), plain.sizesAvailable());
        rig.play("kernel", rig.load(rig.script(), 0, unmapped));
        rig.run();
        long address = (long) bits.code() << AddressAttribute.UNMAPPED_ADDRESS_SHIFT | 7 * PAGE;
        Instruction load = vload(address, 1, TransferType.DOUBLEWORD)
                .with(AccessMode.UNMAPPED)
                .with(InstructionLayout.IAA0, said.code());
        ControlBlock cb = rig.chiplet.cb(0);
        rig.play("user", rig.execute(rig.script(), 0, load).then(a -> cb.extended(a, cbe)));
        rig.run();
        if (cause == null) {
            assertThat(Cbe.ECAUSE.get(cbe)).isZero();
            assertThat(rig.count(DeviceStat.LINES_READ)).isEqualTo(1);
        } else {
            assertThat(ExceptionCause.in((int) Cbe.ECAUSE.get(cbe))).containsExactly(cause);
            assertThat(rig.count(DeviceStat.LINES_READ)).isZero();
        }
    }

    @Test
    void unmappedInstruction_bypassesTheTlb_whereTheContextAllowsIt() {
        ContextConfiguration plain = rig.configuration(Rig.Mode.MAP_ONLY, 0b1, 0b1);
        ContextConfiguration unmapped = new ContextConfiguration(
                true, false, false, false, 0, true, 0b1, 0b1, plain.asids(), plain.sizesAvailable());
        rig.play("kernel", rig.load(rig.script(), 0, unmapped));
        rig.run();
        rig.memory.writeWord(7, 16, 8, 0x1234);
        rig.play(
                "user",
                rig.execute(
                        rig.script(),
                        0,
                        vload(7 * PAGE + 16, 1, TransferType.DOUBLEWORD).with(AccessMode.UNMAPPED)));
        rig.run();
        byte[] word = new byte[2];
        rig.chiplet.dataSegment().read(0b1, 0, word, 0, 2);
        assertThat(word).containsExactly(0x34, 0x12);
        assertThat(rig.count(DeviceStat.TLB_HITS) + rig.count(DeviceStat.TLB_MISSES))
                .isZero();
    }
}
