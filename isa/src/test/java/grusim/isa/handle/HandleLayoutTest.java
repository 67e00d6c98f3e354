package grusim.isa.handle;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.BitField;
import grusim.isa.GoldenLines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class HandleLayoutTest {
    /** opc 3 (bits 4-6: 0x30), status 1 (bit 16), state 3 (bits 20-22: 0x300000), cause 2 (bits 24-29), ctxnum 9 (48). */
    @Test
    void tfh_ofAWriteMiss() {
        long[] words = new long[8];
        Tfh.OPC.set(words, TfhOpcode.WRITE_RESTART.code());
        Tfh.STATUS.set(words, CommandStatus.EXCEPTION.code());
        Tfh.STATE.set(words, TfhState.MISS_FMM.code());
        Tfh.CAUSE.set(words, TfhCause.TLB_MOD.code());
        Tfh.CTXNUM.set(words, 9);
        assertThat(words[0]).isEqualTo(0x0009_0000_0231_0030L);
        assertThat(words[0] | HandleCommand.START_BITS).isEqualTo(0x0009_0000_0233_0031L);
        assertThat(HandleCommand.START_BITS).isEqualTo(0x20001);
    }

    static List<JsonNode> golden() throws IOException {
        return GoldenLines.read("handle-vectors.jsonl");
    }

    @ParameterizedTest
    @MethodSource("golden")
    void golden_encodesAndDecodes(JsonNode line) {
        HandleType type = Objects.requireNonNull(
                HandleType.find(Objects.requireNonNull(line.get("handle")).asString()));
        long[] golden = GoldenLines.words(line);
        long[] encoded = new long[8];
        Set<String> named = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : line.properties()) {
            if (entry.getKey().equals("handle") || entry.getKey().equals("words")) {
                continue;
            }
            BitField field = type.layout().field(entry.getKey());
            named.add(field.name());
            JsonNode value = entry.getValue();
            assertThat(field.count()).isEqualTo(value.isArray() ? value.size() : 1);
            for (int i = 0; i < field.count(); i++) {
                long number = GoldenLines.number(value.isArray() ? Objects.requireNonNull(value.get(i)) : value);
                field.set(encoded, i, number);
                assertThat(field.get(golden, i)).as(field.name()).isEqualTo(number);
            }
        }
        assertThat(encoded).containsExactly(golden);
        assertThat(named).isEqualTo(new TreeSet<>(type.layout().fields().keySet()));
        type.layout().refuseReserved(golden);
    }

    /** CB 70 is bit 6 of the second word of each map. */
    @Test
    void tfm_holdsTwoMapsOf128Bits() {
        long[] words = new long[8];
        Tfm.FAULT_BITS.set(words, 70 / 64, 1L << 70 % 64);
        Tfm.DONE_BITS.set(words, 0, 1);
        assertThat(words).containsExactly(0, 0x40, 0, 0, 1, 0, 0, 0);
    }

    @Test
    void codes_areTheHardwares() {
        assertThat(List.of(TfhOpcode.values()).stream().map(TfhOpcode::code)).containsExactly(0, 1, 2, 3, 4, 7);
        assertThat(List.of(CchOpcode.values()).stream().map(CchOpcode::code)).containsExactly(1, 2, 3, 4, 5);
        assertThat(CchCause.of(12)).isEqualTo(CchCause.CBR_DEALLOCATION_ERROR);
        assertThat(TfhState.of(6)).isEqualTo(TfhState.RESTART_CBR);
        assertThat(TghState.of(4)).isEqualTo(TghState.RESTART_CTX);
        assertThat(TghCause.of(6)).isEqualTo(TghCause.SOFTWARE_FORCED);
        assertThat(TghOpcode.of(1)).isEqualTo(TghOpcode.TLBINV);
        assertThat(CchState.of(3)).isEqualTo(CchState.INTERRUPTED);
    }
}
