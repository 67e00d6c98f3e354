package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every legal combination of opcode, extended opcode, transfer type, attributes, modes; operands drawn at random. */
final class AssemblyRoundTripTest {
    /**
     * Combinations: 7 opcodes of one base address with 5 types x 4 attributes, BCOPY and BSTORE with 5 types x 4 x 4,
     * MESQ and GAMXR with 4 attributes, 23 AMO forms with 4 types x 4, 3 queue checks with 4 attributes, NOP; all with 8
     * access modes: (7 x 20 + 2 x 80 + 2 x 4 + 23 x 16 + 3 x 4 + 1) x 8 = 689 x 8.
     */
    private static final int COMBINATIONS = 689 * 8;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyLegalInstruction_comesBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int combinations = 0;
        for (Opcode opcode : Opcode.values()) {
            for (int code = 0; code < 32 * 8 * 8 * 16; code++) {
                Instruction shape = Instruction.of(opcode)
                        .with(InstructionLayout.EXOPC, code & 31)
                        .with(InstructionLayout.XTYPE, code >> 5 & 7)
                        .with(InstructionLayout.IMA, code >> 8 & 7)
                        .with(InstructionLayout.IAA0, code >> 11 & 3)
                        .with(InstructionLayout.IAA1, code >> 13 & 3);
                Instruction instruction = drawOperands(shape, opcode, random);
                if (Legality.violation(instruction) == null) {
                    combinations++;
                    check(instruction, seed);
                }
            }
        }
        assertThat(combinations).isEqualTo(COMBINATIONS);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void anyEightWords_comeBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            long[] words = random.longs(8).toArray();
            words[0] &= random.nextBoolean() ? -1L : 0x0200_ffff_0f0f_060fL;
            Instruction instruction = Instruction.of(words);
            assertThat(Assembler.assemble(Disassembler.disassemble(instruction)))
                    .as("seed %d", seed)
                    .contains(instruction);
        }
    }

    @Test
    void aBrokenRoundTrip_wouldBeSeen() {
        Instruction one = Instruction.of(Opcode.GAMXR).with(Operand.ADDR, 1);
        assertThat(comesBack(one)).isTrue();
        assertThat(Assembler.assemble(Disassembler.disassemble(one))).isNotEqualTo(Instruction.of(Opcode.GAMXR));
    }

    private static Instruction drawOperands(Instruction shape, Opcode opcode, SplittableRandom random) {
        Instruction instruction = shape;
        for (Operand operand : opcode.operands()) {
            Legality.Range range = Legality.range(opcode, operand);
            long value = random.nextLong()
                    & operand.field().max() >>> random.nextInt(operand.field().width());
            instruction = instruction.with(
                    operand, range.contains(value) ? value : random.nextBoolean() ? range.least() : range.most());
        }
        for (Setting setting : Setting.values()) {
            if (setting != Setting.IAA0 && setting != Setting.IAA1 && random.nextInt(4) == 0) {
                instruction = instruction.with(
                        setting.field(), random.nextLong() & setting.field().max());
            }
        }
        return instruction;
    }

    private static void check(Instruction instruction, long seed) {
        if (comesBack(instruction)) {
            return;
        }
        Instruction smallest = shrink(instruction);
        String text = Disassembler.disassemble(smallest);
        assertThat(Assembler.assemble(text)).as("seed %d: %s", seed, text).contains(smallest);
    }

    private static boolean comesBack(Instruction instruction) {
        String text = Disassembler.disassemble(instruction);
        return !text.startsWith(Assembler.WORDS)
                && Assembler.assemble(text).filter(instruction::equals).isPresent();
    }

    private static Instruction shrink(Instruction failing) {
        Instruction smallest = failing;
        Opcode opcode = Opcode.of((int) failing.get(InstructionLayout.OPC));
        for (Operand operand : opcode.operands()) {
            Instruction smaller =
                    smallest.with(operand, Legality.range(opcode, operand).least());
            smallest = comesBack(smaller) ? smallest : smaller;
        }
        return smallest;
    }
}
