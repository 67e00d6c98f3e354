package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.amo;
import static grusim.gru.Rig.bcopy;
import static grusim.gru.Rig.vload;
import static grusim.gru.Rig.vstore;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.machine.PhysicalMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What instructions do to memory and data segment, computed by hand. */
final class InstructionExecutionTest {
    private static final long PAGE = 4096;

    private final Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY);

    @BeforeEach
    void pages() {
        // pages 1 and 2 lie in frames 9 and 4
        rig.mapped(1, 9, true).mapped(2, 4, true);
        byte[] counting = new byte[4096];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) i;
        }
        rig.memory.write(9, 0, counting, 0, 4096);
    }

    private void execute(Instruction instruction) {
        Script script = rig.play("user", rig.execute(rig.script(), CB, instruction));
        rig.run();
        assertThat(script.endPs()).isPositive();
    }

    private byte[] memory(long frame, int offset, int bytes) {
        byte[] into = new byte[bytes];
        rig.memory.read(frame, offset, into, 0, bytes);
        return into;
    }

    @Test
    void vload_gathersAtAStride() {
        execute(vload(PAGE + 16, 3, TransferType.SHORT).with(Operand.STRIDE, 5).with(Operand.TRI0, 8));
        // elements of 2 bytes, 10 bytes apart
        assertThat(rig.segment(8, 6)).containsExactly(16, 17, 26, 27, 36, 37);
    }

    @Test
    void vload_crossesLinesAndPages() {
        // 8 bytes from 4 before the page's end; page 2 is zero
        execute(vload(2 * PAGE - 4, 1, TransferType.DOUBLEWORD));
        assertThat(rig.segment(0, 8)).containsExactly(-4, -3, -2, -1, 0, 0, 0, 0);
        assertThat(rig.count(DeviceStat.LINES_READ)).isEqualTo(2);
    }

    @Test
    void vload_ofNeighboursTakesOneRequestALine() {
        execute(vload(PAGE + 60, 16, TransferType.WORD));
        // bytes 60-63, 64-123
        assertThat(rig.count(DeviceStat.LINES_READ)).isEqualTo(2);
        assertThat(rig.segment(0, 64)).isEqualTo(memory(9, 60, 64));
    }

    @Test
    void vload_strideZeroRepeatsAnElement() {
        execute(vload(PAGE + 7, 3, TransferType.BYTE).with(Operand.STRIDE, 0));
        assertThat(rig.segment(0, 3)).containsExactly(7, 7, 7);
    }

    @Test
    void vload_crossesTheUnitsOfTheDataSegment() {
        // the context owns KiB 1, 2 and 5 of the chiplet: its byte 2048 is the chiplet's byte 5120
        execute(vload(PAGE, 1, TransferType.CACHE_LINE).with(Operand.TRI0, 2048 - 32));
        assertThat(rig.segment(2048 - 32, 64)).isEqualTo(memory(9, 0, 64));
        byte[] chiplet = new byte[32];
        rig.chiplet.dataSegment().read(1 << 5, 0, chiplet, 0, 32);
        assertThat(chiplet).isEqualTo(memory(9, 32, 32));
    }

    @Test
    void vstore_scattersAtAStride() {
        execute(vload(PAGE + 1, 4, TransferType.BYTE));
        execute(vstore(2 * PAGE, 2, TransferType.SHORT).with(Operand.STRIDE, 3));
        assertThat(memory(4, 0, 10)).containsExactly(1, 2, 0, 0, 0, 0, 3, 4, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"BYTE, 1", "SHORT, 2", "WORD, 4", "DOUBLEWORD, 8", "CACHE_LINE, 8"})
    void vset_writesTheLowBytesOfTheValue(TransferType type, int bytes) {
        execute(Instruction.of(Opcode.VSET)
                .with(type)
                .with(Operand.ADDR, 2 * PAGE + 3)
                .with(Operand.NELEM, 2)
                .with(Operand.STRIDE, 1)
                .with(Operand.VALUE, 0x0807060504030201L));
        byte[] expected = new byte[2 * type.bytes()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (i % bytes + 1);
        }
        assertThat(memory(4, 3, expected.length)).isEqualTo(expected);
        assertThat(memory(4, 0, 3)).containsOnly(0);
        assertThat(memory(4, 3 + expected.length, 1)).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource({
        // from, to, elements, type, buffer lines: aligned alike, differently, longer than the buffer, tiny buffer
        "0, 0, 200, BYTE, 4",
        "5, 70, 200, BYTE, 4",
        "0, 0, 32, CACHE_LINE, 8",
        "3, 29, 111, DOUBLEWORD, 1",
        "63, 1, 100, SHORT, 1",
        "1, 0, 1, BYTE, 1"
    })
    void bcopy_copiesBytesHoweverTheyAreAligned(int from, int to, int elements, TransferType type, int lines) {
        execute(bcopy(PAGE + from, 2 * PAGE + to, elements, type, lines));
        int bytes = elements * type.bytes();
        assertThat(memory(4, to, bytes)).isEqualTo(memory(9, from, bytes));
        assertThat(memory(4, to + bytes, 1)).containsExactly(0);
    }

    @Test
    void bcopy_readsAndWritesEachLineOnce_whenAlignmentsAgree() {
        execute(bcopy(PAGE, 2 * PAGE, 32, TransferType.CACHE_LINE, 4));
        assertThat(rig.count(DeviceStat.LINES_READ)).isEqualTo(32);
        assertThat(rig.count(DeviceStat.LINES_WRITTEN)).isEqualTo(32);
    }

    private static Instruction indexed(Opcode opcode, long vaddr, long elements, TransferType type, int tri1) {
        return Instruction.of(opcode)
                .with(type)
                .with(Operand.ADDR, vaddr)
                .with(Operand.NELEM, elements)
                .with(Operand.TRI1, tri1);
    }

    @Test
    void ivload_gathersWhatTheIndexVectorNames() {
        // elements of 2 bytes: 5, 5 again, 3 before the base, and one that crosses into page 2 (zero)
        rig.doublewords(1020, 5, 5, -3, (4096 - 101) / 2);
        execute(indexed(Opcode.IVLOAD, PAGE + 101, 4, TransferType.SHORT, 1020).with(Operand.TRI0, 7));
        assertThat(rig.segment(7, 8)).containsExactly(111, 112, 111, 112, 95, 96, -1, 0);
        assertThat(rig.count(DeviceStat.LINES_READ)).isEqualTo(5);
    }

    @Test
    void ivstore_scattersToWhatTheIndexVectorNames() {
        rig.doublewords(0, 2, 0);
        rig.doublewords(64, 0x0807060504030201L);
        execute(indexed(Opcode.IVSTORE, 2 * PAGE + 1, 2, TransferType.WORD, 0).with(Operand.TRI0, 64));
        assertThat(memory(4, 0, 14)).containsExactly(0, 5, 6, 7, 8, 0, 0, 0, 0, 1, 2, 3, 4, 0);
    }

    @Test
    void ivset_fillsWhatTheIndexVectorNames() {
        rig.doublewords(2048, 1, 3);
        execute(indexed(Opcode.IVSET, 2 * PAGE + 3, 2, TransferType.SHORT, 2048).with(Operand.VALUE, 0x070605L));
        assertThat(memory(4, 0, 12)).containsExactly(0, 0, 0, 0, 0, 5, 6, 0, 0, 5, 6, 0);
    }

    @Test
    void ivset_ofLinesRepeatsTheDoubleword() {
        rig.doublewords(0, 1);
        execute(indexed(Opcode.IVSET, 2 * PAGE, 1, TransferType.CACHE_LINE, 0).with(Operand.VALUE, 0x0102));
        assertThat(rig.memory.readWord(4, 64 + 56, 8)).isEqualTo(0x0102);
        assertThat(rig.memory.readWord(4, 56, 8) + rig.memory.readWord(4, 128, 8))
                .isZero();
    }

    @Test
    void bstore_storesTheBlockAtTri0() {
        rig.doublewords(100, 0x0807060504030201L, 0x100f0e0d0c0b0a09L);
        execute(Instruction.of(Opcode.BSTORE)
                .with(TransferType.DOUBLEWORD)
                .with(Operand.ADDR, 0x20000 + 100)
                .with(Operand.DEST, 2 * PAGE + 60)
                .with(Operand.TRI0, 100)
                .with(Operand.NELEM, 2));
        assertThat(memory(4, 59, 18)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0);
        // bytes 60-63 and 64-75
        assertThat(rig.count(DeviceStat.LINES_WRITTEN)).isEqualTo(2);
    }

    @Test
    void vflush_changesNothing() {
        byte[] before = memory(9, 0, 4096);
        execute(Instruction.of(Opcode.VFLUSH)
                .with(TransferType.WORD)
                .with(Operand.ADDR, PAGE + 62)
                .with(Operand.NELEM, 3)
                .with(Operand.STRIDE, -2));
        // words at 62 (two lines), 54 and 46
        assertThat(rig.count(DeviceStat.LINES_FLUSHED)).isEqualTo(4);
        assertThat(rig.count(DeviceStat.LINES_READ)).isZero();
        assertThat(memory(9, 0, 4096)).isEqualTo(before);
        assertThat(rig.segment(0, 64)).containsOnly(0);
    }

    @Test
    void vload_stridesBackwardsAndFar() {
        execute(vload(PAGE + 80, 3, TransferType.BYTE).with(Operand.STRIDE, -40));
        assertThat(rig.segment(0, 3)).containsExactly(80, 40, 0);
        // the second element lies a stride of 2^61 doublewords away, which is all the way round
        execute(vload(PAGE + 8, 2, TransferType.DOUBLEWORD).with(Operand.STRIDE, 1L << 61));
        assertThat(rig.segment(8, 8)).isEqualTo(memory(9, 8, 8));
    }

    @Test
    void emptyVector_doesNothing() {
        execute(vload(99 * PAGE, 0, TransferType.BYTE));
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isZero();
        assertThat(rig.count(DeviceStat.EXCEPTIONS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH, WORD, 13121110, 13121110",
        "CLEAR, WORD, 13121110, 0",
        "INCREMENT, WORD, 13121110, 13121111",
        "DECREMENT, WORD, 13121110, 1312110f",
        "INCREMENT, DOUBLEWORD, 1716151413121110, 1716151413121111"
    })
    void gamir_returnsTheOldValue(ExtendedOpcode operation, TransferType type, String old, String after) {
        execute(amo(Opcode.GAMIR, operation, PAGE + 16, type));
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo(Long.parseLong(old, 16));
        assertThat(rig.memory.readWord(9, 16, type.bytes())).isEqualTo(Long.parseLong(after, 16));
        assertThat(rig.memory.readWord(9, 16 + type.bytes(), 1)).isEqualTo(16 + type.bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "SWAP, ff00ff00, 0, ff00ff00",
        "OR, ff00ff00, 0, ff12ff10",
        "AND, ff00ff00, 0, 13001100",
        "XOR, ff00ff00, 0, ec12ee10",
        "ADD, f0000000, 0, 3121110",
        "COMPARE_AND_SWAP, 77, 13121110, 77",
        "COMPARE_AND_SWAP, 77, aa13121110, 77",
        "COMPARE_AND_SWAP, 77, 13121111, 13121110"
    })
    void gamer_returnsTheOldValue(ExtendedOpcode operation, String operand1, String operand2, String after) {
        execute(amo(Opcode.GAMER, operation, PAGE + 16, TransferType.WORD)
                .with(Operand.OPERAND1, Long.parseLong(operand1, 16))
                .with(Operand.OPERAND2, Long.parseLong(operand2, 16)));
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo(0x13121110);
        assertThat(rig.memory.readWord(9, 16, 4)).isEqualTo(Long.parseLong(after, 16));
        assertThat(rig.memory.readWord(9, 20, 1)).isEqualTo(20);
    }

    @Test
    void increments_ofManyControlBlocksAreNeverLost() {
        for (int i = 0; i < 4; i++) {
            Script script = rig.script();
            for (int n = 0; n < 25; n++) {
                rig.execute(script, CB + i, amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, 2 * PAGE, TransferType.WORD));
            }
            rig.play("user", script);
        }
        rig.run();
        assertThat(rig.memory.readWord(4, 0, 8)).isEqualTo(100);
    }

    @Test
    void elidedData_takesTheSameTimeAndKeepsNoBytes() {
        Rig elided = new Rig(new PhysicalMemory(1, 1L << 20, false)).loaded(Rig.Mode.MAP_ONLY);
        elided.mapped(1, 9, true).mapped(2, 4, true);
        Instruction copy = bcopy(PAGE + 5, 2 * PAGE + 70, 2000, TransferType.BYTE, 4);
        long startPs = elided.engine.nowPs();
        Script without = elided.play("user", elided.execute(elided.script(), CB, copy));
        elided.run();
        Script with = rig.play("user", rig.execute(rig.script(), CB, copy));
        long withStartPs = rig.engine.nowPs();
        rig.run();
        assertThat(without.endPs() - startPs).isEqualTo(with.endPs() - withStartPs);
        assertThat(elided.memory.readWord(4, 70, 8)).isZero();
    }
}
