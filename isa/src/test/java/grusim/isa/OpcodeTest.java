package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OpcodeTest {
    @ParameterizedTest
    @CsvSource({
        "NOP,0", "BCOPY,1", "VLOAD,2", "IVLOAD,3", "VSTORE,4", "IVSTORE,5", "VSET,6", "IVSET,7",
        "MESQ,8", "GAMXR,9", "GAMIR,10", "GAMIRR,11", "GAMER,12", "GAMERR,13", "BSTORE,14", "VFLUSH,15"
    })
    void codes(Opcode opcode, int code) {
        assertThat(opcode.code()).isEqualTo(code);
        assertThat(Opcode.of(code)).isEqualTo(opcode);
        assertThat(Opcode.find(opcode.mnemonic())).isEqualTo(opcode);
    }

    @Test
    void unknownCode_isRefused() {
        assertThat(Opcode.find(16)).isNull();
        assertThat(Opcode.find("vlode")).isNull();
        assertThatThrownBy(() -> Opcode.of(16)).hasMessageStartingWith("opcode: no code 16; accepted: 0 nop, 1 bcopy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GAMIR  | 1 fetch, 2 clear, 5 inc, 7 dec, 13 qcheck64, 14 qcheck128",
                "GAMIRR | 1 fetch, 2 clear, 5 inc, 7 dec, 15 decz",
                "GAMER  | 0 swap, 1 or, 2 and, 3 xor, 4 add, 8 cas, 12 cadd",
                "GAMERR | 0 swap, 1 or, 2 and, 3 xor, 4 add, 8 cas, 9 polleq, 10 pollne",
                "GAMXR  | 11 mcx"
            })
    void extendedOpcodes_ofTheFamilies(Opcode opcode, String expected) {
        String found = String.join(
                ", ",
                opcode.extendedOpcodes().stream()
                        .map(e -> e.code() + " " + e.mnemonic())
                        .toList());
        assertThat(found).isEqualTo(expected);
        assertThat(opcode.atomic()).isTrue();
        for (ExtendedOpcode extended : opcode.extendedOpcodes()) {
            assertThat(ExtendedOpcode.find(opcode, extended.code())).isEqualTo(extended);
            assertThat(ExtendedOpcode.find(opcode, extended.mnemonic())).isEqualTo(extended);
        }
    }

    @Test
    void sameCode_meansSomethingElseInAnotherFamily() {
        assertThat(ExtendedOpcode.find(Opcode.GAMIR, 1)).isEqualTo(ExtendedOpcode.FETCH);
        assertThat(ExtendedOpcode.find(Opcode.GAMER, 1)).isEqualTo(ExtendedOpcode.OR);
        assertThat(ExtendedOpcode.find(Opcode.VLOAD, 1)).isNull();
        assertThat(ExtendedOpcode.find(Opcode.GAMIRR, "qcheck64")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void operands_shareNoField(Opcode opcode) {
        assertThat(opcode.operands().stream().map(Operand::field)).doesNotHaveDuplicates();
        assertThat(opcode.atomic()).isEqualTo(!opcode.extendedOpcodes().isEmpty());
    }

    @Test
    void statesAndAttributes_areTheHardwares() {
        assertThat(CbrState.of(11)).isEqualTo(CbrState.BUSY_INTERRUPT);
        assertThat(CbrState.of(6)).isEqualTo(CbrState.INTERRUPTED_MISS_FMM);
        assertThat(InstructionStatus.of(3)).isEqualTo(InstructionStatus.CALL_OS);
        assertThat(CbrExecutionStatus.TLB_INVALIDATE.mask()).isEqualTo(0x10);
        assertThat(AddressAttribute.ofUnmapped(0x4000_0000_0000_1000L)).isEqualTo(AddressAttribute.MMIO);
        assertThat(AddressAttribute.ofUnmapped(-1)).isEqualTo(AddressAttribute.REGISTER);
    }

    @ParameterizedTest
    @CsvSource({"b,0,1", "s,1,2", "w,2,4", "dw,3,8", "cl,6,64"})
    void transferTypes(String mnemonic, int code, int bytes) {
        TransferType type = TransferType.of(code);
        assertThat(type).isEqualTo(TransferType.find(mnemonic));
        assertThat(type.bytes()).isEqualTo(bytes);
        assertThat(Arrays.stream(TransferType.values())).hasSize(5);
        assertThat(TransferType.find(4)).isNull();
    }
}
