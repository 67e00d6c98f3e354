package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class InstructionTest {
    /**
     * icmd 1 (bit 0), ima 4 (bits 1-3: 8), xtype cl 6 (bits 8-10: 0x600), opc 2 (bits 16-23: 0x20000), tri0 0x40 (bits
     * 32-53), istatus 2 (bits 56-57: 0x02 in the top byte).
     */
    @Test
    void words_ofAVload() {
        Instruction vload = Instruction.of(Opcode.VLOAD)
                .with(TransferType.CACHE_LINE)
                .with(AccessMode.INTERRUPT)
                .with(Operand.ADDR, 0x1000)
                .with(Operand.TRI0, 0x40)
                .with(Operand.NELEM, 3)
                .with(Operand.STRIDE, 2);
        assertThat(vload.words()).containsExactly(0x0200_0040_0002_0609L, 0, 0x1000, 3, 2, 0, 0, 0);
        assertThat(vload.opcode()).isEqualTo(Opcode.VLOAD);
        assertThat(vload.transferType()).isEqualTo(TransferType.CACHE_LINE);
        assertThat(vload.has(AccessMode.INTERRUPT)).isTrue();
        assertThat(vload.has(AccessMode.UNMAPPED)).isFalse();
        assertThat(vload.started()).isTrue();
        assertThat(vload.status()).isEqualTo(InstructionStatus.ACTIVE);
    }

    static List<JsonNode> golden() throws IOException {
        return GoldenLines.read("isa-vectors.jsonl");
    }

    @ParameterizedTest
    @MethodSource("golden")
    void golden_encodesAndDecodes(JsonNode line) {
        Opcode opcode = Objects.requireNonNull(
                Opcode.find(Objects.requireNonNull(line.get("op")).asString()));
        Instruction encoded = Instruction.of(opcode);
        for (Map.Entry<String, JsonNode> entry : line.properties()) {
            encoded = switch (entry.getKey()) {
                case "op", "words" -> encoded;
                case "xtype" ->
                    encoded.with(Objects.requireNonNull(
                            TransferType.find(entry.getValue().asString())));
                case "ima", "exopc" ->
                    encoded.with(InstructionLayout.LAYOUT.field(entry.getKey()), GoldenLines.number(entry.getValue()));
                default ->
                    encoded.with(
                            Objects.requireNonNull(Operand.find(entry.getKey())), GoldenLines.number(entry.getValue()));
            };
        }
        assertThat(encoded.words()).containsExactly(GoldenLines.words(line));

        Instruction decoded = Instruction.of(GoldenLines.words(line));
        assertThat(decoded.opcode()).isEqualTo(opcode);
        for (Operand operand : opcode.operands()) {
            JsonNode expected = Objects.requireNonNull(line.get(operand.key()), operand.key());
            assertThat(decoded.get(operand)).as(operand.key()).isEqualTo(GoldenLines.number(expected));
        }
        assertThat(Legality.unreadWord(decoded)).isEqualTo(-1);
    }

    @Test
    void golden_coversEveryOpcode() throws IOException {
        Set<Opcode> seen = EnumSet.noneOf(Opcode.class);
        golden().forEach(line -> seen.add(Objects.requireNonNull(
                Opcode.find(Objects.requireNonNull(line.get("op")).asString()))));
        assertThat(seen).hasSize(16).containsExactlyInAnyOrder(Opcode.values());
    }

    @Test
    void with_refusesValuesWiderThanTheirField() {
        Instruction vload = Instruction.of(Opcode.VLOAD);
        assertThat(vload.with(Operand.TRI0, 0x3fffff).get(Operand.TRI0)).isEqualTo(0x3fffff);
        assertThatThrownBy(() -> vload.with(Operand.TRI0, 0x400000))
                .isInstanceOf(EncodingException.class)
                .hasMessage("tri0: 0x400000 does not fit into 22 bits; accepted: 0 .. 0x3fffff");
    }

    @Test
    void of_refusesSevenWords() {
        assertThatThrownBy(() -> Instruction.of(new long[7])).hasMessage("instruction: 7 words; accepted: 8");
    }

    @Test
    void codesWithoutMeaning_areFoundOut() {
        long[] words = {0x00ff_0700L, 0, 0, 0, 0, 0, 0, 0};
        Instruction instruction = Instruction.of(words);
        assertThat(instruction.opcode()).isNull();
        assertThat(instruction.extendedOpcode()).isNull();
        assertThat(instruction.transferType()).isNull();
    }
}
