package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AssemblerTest {
    /** As {@link InstructionTest#words_ofAVload()}. */
    @Test
    void assemble_aVload() {
        assertThat(Assembler.assemble("  vload.cl addr=0x1000, tri0=64 nelem=3 stride=2 interrupt ; three lines"))
                .contains(Instruction.of(new long[] {0x0200_0040_0002_0609L, 0, 0x1000, 3, 2, 0, 0, 0}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nop",
                "nop delay unmapped interrupt",
                "bcopy.cl addr=0x1000 dest=0x2000 tri0=0 nelem=65536 bufsize=128",
                "vload.dw addr=0x7f0000000000 tri0=0 nelem=8 stride=1",
                "ivload.w addr=0x1000 tri0=0 tri1=512 nelem=16",
                "vstore.b addr=0x1000 tri0=1 nelem=3 stride=7",
                "ivstore.s addr=0x1000 tri0=0 tri1=512 nelem=16",
                "vset.cl addr=0x1000 value=0xffffffffffffffff nelem=4 stride=1",
                "ivset.dw addr=0x1000 tri1=512 value=0x0 nelem=2",
                "mesq addr=0x1000 tri0=0 nelem=2 unmapped",
                "gamxr addr=0x1000",
                "gamir.inc.dw addr=0x1000",
                "gamirr.decz.w addr=0x1000",
                "gamer.cas.dw addr=0x1000 operand1=0x1 operand2=0x0",
                "gamerr.pollne.dw addr=0x1000 operand1=0x1 operand2=0x0",
                "bstore.cl addr=0x40 dest=0x1000 tri0=0 nelem=4 iaa1=ncram",
                "vflush.cl addr=0x1000 nelem=4 stride=1 iaa0=mmio",
                "gamir.fetch.dw addr=0x1000 icmd=0 istatus=idle avalue=0x2a",
                "mesq addr=0x1000 tri0=0 nelem=1 istatus=exception isubstatus=2 tlb_fault_color=1"
            })
    void disassemble_givesTheTextBack(String text) {
        assertThat(Disassembler.disassemble(Assembler.assemble(text).orElseThrow()))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \t", "; only a comment", "# another"})
    void emptyLines_holdNoInstruction(String line) {
        assertThat(Assembler.assemble(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "vlode.cl addr=1 | 1 | unknown opcode \"vlode\"; accepted: nop, bcopy, vload",
                "vload.q addr=1 | 7 | unknown transfer type \"q\"; accepted: b, s, w, dw, cl",
                "vload addr=1 | 1 | wrong number of parts in \"vload\"; accepted: vload.TYPE, TYPE one of b, s, w, dw, cl",
                "nop.dw | 1 | wrong number of parts in \"nop.dw\"; accepted: nop",
                "gamir.dw addr=1 | 1 | EXTENDED one of fetch, clear, inc, dec, qcheck64, qcheck128, TYPE one of b, s, w, dw",
                "gamir.add.dw addr=1 | 7 | unknown extended opcode \"add\"; accepted: fetch, clear, inc, dec",
                "gamir.qcheck64.w addr=1 | 16 | gamir has no transfer type \"w\"; accepted: dw",
                "gamer.add.cl addr=1 | 11 | gamer has no transfer type \"cl\"; accepted: b, s, w, dw",
                "vload.cl addr=0x1 tri0=0 nelem=1 | 1 | missing stride of \"vload.cl\"; accepted: addr= tri0= nelem= stride=",
                "vload.cl addr=0x1 tri0=0 nelem=1 strid=1 | 34 | unknown operand of vload \"strid=1\"; accepted: addr= tri0=",
                "vload.cl addr=1 value=3 | 17 | unknown operand of vload \"value=3\"",
                "vload.cl addr=1 interupt | 17 | unknown operand of vload \"interupt\"",
                "vload.cl addr=1 interrupt=1 | 17 | unknown operand of vload \"interrupt=1\"",
                "vload.cl addr=12q | 15 | not a number: \"12q\"; accepted: a number from 0 to 0xffffffffffffffff",
                "vload.cl addr=-1 | 15 | not a number: \"-1\"",
                "vload.cl addr= | 15 | not a number: \"\"",
                "vload.cl addr=18446744073709551616 | 15 | not a number",
                "vload.cl tri0=4194304 | 15 | tri0 out of range: \"4194304\"; accepted: 0 .. 4194303",
                "vload.cl addr=1 addr=2 | 17 | repeated \"addr\"; accepted: each key once",
                "mesq addr=1 tri0=0 nelem=3 | 26 | nelem out of range: \"3\"; accepted: 1 .. 2",
                "bcopy.cl addr=1 bufsize=0 | 25 | bufsize out of range: \"0\"; accepted: 1 .. 4398046511103",
                "vload.cl iaa0=rom | 15 | bad iaa0 \"rom\"; accepted: ram, mmio, ncram, register",
                "vload.cl iaa1=mmio | 15 | vload has no base address for iaa1 \"mmio\"; accepted: ram",
                "nop istatus=sleepy | 13 | bad istatus \"sleepy\"; accepted: idle, exception, active, call_os",
                "nop isubstatus=16 | 16 | bad isubstatus \"16\"; accepted: 0 .. 15",
                ".words 1 2 3 | 1 | 3 words after \".words\"; accepted: 8 words",
                ".words 1 2 3 4 5 6 7 x | 22 | not a number: \"x\""
            })
    void badLines_nameColumnTokenAndWhatIsAccepted(String line, int column, String message) {
        assertThatThrownBy(() -> Assembler.assemble(line))
                .isInstanceOfSatisfying(
                        AssemblyException.class,
                        e -> assertThat(e.column()).as(e.getMessage()).isEqualTo(column))
                .hasMessageStartingWith("column " + column + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void illegalAndStaleInstructions_areWrittenAsWords() {
        Instruction illegal = Instruction.of(Opcode.MESQ).with(Operand.NELEM, 3);
        assertThat(Disassembler.disassemble(illegal))
                .startsWith(".words 0x0200000000080601 0x0000000000000000 ")
                .endsWith(" ; mesq: nelem 3, accepted: 1 .. 2");
        Instruction stale = Instruction.of(Opcode.NOP).with(Operand.STRIDE, 3);
        assertThat(Disassembler.disassemble(stale)).endsWith(" ; word 4 has bits that nop does not read");
        assertThat(Assembler.assemble(Disassembler.disassemble(stale))).contains(stale);
    }
}
