package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LegalityTest {
    private static final Instruction VLOAD =
            Instruction.of(Opcode.VLOAD).with(TransferType.DOUBLEWORD).with(Operand.NELEM, 1);

    @Test
    void violation_namesWhatAndWhatIsAccepted() {
        assertThat(Legality.violation(VLOAD)).isNull();
        assertThat(Legality.violation(VLOAD.with(InstructionLayout.OPC, 0x10)))
                .isEqualTo("opcode 0x10; accepted: 0x00 .. 0x0f");
        assertThat(Legality.violation(VLOAD.with(InstructionLayout.XTYPE, 5)))
                .isEqualTo("vload: transfer type 5; accepted: b, s, w, dw, cl");
        assertThat(Legality.violation(VLOAD.with(InstructionLayout.EXOPC, 1)))
                .isEqualTo("vload: extended opcode 0x01; accepted: none");
        assertThat(Legality.violation(VLOAD.with(InstructionLayout.IAA1, 1)))
                .isEqualTo("vload: an address attribute without a base address; accepted: ram");
        assertThat(Legality.violation(Instruction.of(Opcode.GAMIR)
                        .with(TransferType.DOUBLEWORD)
                        .with(InstructionLayout.EXOPC, 0x0f)))
                .isEqualTo("gamir: extended opcode 0x0f; accepted: fetch, clear, inc, dec, qcheck64, qcheck128");
        assertThat(Legality.violation(
                        Instruction.of(Opcode.GAMER).with(TransferType.WORD).with(ExtendedOpcode.CONDITIONAL_ADD)))
                .isEqualTo("gamer cadd: transfer type 2; accepted: dw");
        assertThat(Legality.violation(Instruction.of(Opcode.GAMXR).with(Operand.NELEM, 5)))
                .isEqualTo("gamxr: nelem 5; accepted: 4");
        assertThat(Legality.violation(Instruction.of(Opcode.MESQ).with(Operand.NELEM, 0)))
                .isEqualTo("mesq: nelem 0; accepted: 1 .. 2");
    }

    @Test
    void unreadBits_areLegalButSeen() {
        Instruction stale = VLOAD.with(Operand.VALUE, 7);
        assertThat(Legality.violation(stale)).isNull();
        assertThat(Legality.unreadWord(stale)).isEqualTo(5);
        assertThat(Legality.unreadWord(VLOAD)).isEqualTo(-1);
        assertThat(Legality.unreadWord(VLOAD.with(InstructionLayout.AVALUE, 9))).isEqualTo(-1);
    }

    @Test
    void range_isUnsigned() {
        Legality.Range any = Legality.range(Opcode.VLOAD, Operand.NELEM);
        assertThat(any.contains(-1)).isTrue();
        assertThat(any).hasToString("0 .. 18446744073709551615");
        assertThat(Legality.range(Opcode.MESQ, Operand.NELEM).contains(-1)).isFalse();
    }
}
