package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BitFieldTest {
    /** Bits 4-6 of 0x..d5 = 0b1101_0101 are 0b101. */
    @Test
    void in_takesTheBitsOut() {
        BitField field = BitField.of("opc", 0, 4, 3);
        assertThat(field.in(0xd5)).isEqualTo(5);
        assertThat(field.into(0xd5, 2)).isEqualTo(0b1010_0101);
        assertThat(field.mask()).isEqualTo(0x70);
    }

    @Test
    void fullWord_holdsAnyValue() {
        BitField field = BitField.of("vaddr", 1, 0, 64);
        assertThat(field.in(field.into(0, -1))).isEqualTo(-1);
    }

    @Test
    void arrays_spanWords() {
        BitField asid = BitField.array("asid", 2, 32, 8);
        long[] words = new long[8];
        for (int i = 0; i < 8; i++) {
            asid.set(words, i, 0x10 + i);
        }
        assertThat(words)
                .containsExactly(0, 0, 0x11_0000_0010L, 0x13_0000_0012L, 0x15_0000_0014L, 0x17_0000_0016L, 0, 0);
        assertThat(asid.get(words, 7)).isEqualTo(0x17);
        assertThatThrownBy(() -> asid.get(words, 8)).hasMessage("asid[8]: 8 elements");
    }

    @Test
    void tooWideValues_areRefused() {
        BitField field = BitField.of("opc", 0, 4, 3);
        assertThatThrownBy(() -> field.into(0, 8)).hasMessage("opc: 0x8 does not fit into 3 bits; accepted: 0 .. 0x7");
        assertThatThrownBy(() -> field.set(new long[8], -1)).isInstanceOf(EncodingException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void set_leavesOtherBitsAlone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            int width = random.nextInt(1, 65);
            BitField field = BitField.of("f", random.nextInt(8), random.nextInt(0, 65 - width), width);
            long[] words = random.longs(8).toArray();
            long[] before = words.clone();
            long value = random.nextLong() & field.max();
            field.set(words, value);
            assertThat(field.get(words)).as("seed %d, %s", seed, field).isEqualTo(value);
            words[field.word()] ^= (before[field.word()] ^ words[field.word()]) & field.mask();
            assertThat(words).as("seed %d, %s", seed, field).isEqualTo(before);
        }
    }

    @Test
    void badDeclarations_areRefused() {
        assertThatThrownBy(() -> BitField.of("f", 0, 60, 5)).hasMessage("field f: word 0 shift 60 width 5");
        assertThatThrownBy(() -> BitField.of("f", 8, 0, 1)).hasMessage("field f: word 8 shift 0 width 1");
        assertThatThrownBy(() -> BitField.array("f", 6, 32, 5)).hasMessage("field f: 5 elements of 32 bits");
        assertThatThrownBy(() -> BitField.array("f", 0, 24, 2)).hasMessage("field f: 2 elements of 24 bits");
    }

    @Test
    void layout_refusesOverlapsAndStrayBits() {
        assertThatThrownBy(() -> Layout.of("x", BitField.of("a", 0, 0, 4), BitField.of("b", 0, 3, 2)))
                .hasMessage("x: field b overlaps another");
        Layout layout = Layout.of("x", BitField.of("a", 0, 0, 4));
        layout.refuseReserved(new long[] {15, 0, 0, 0, 0, 0, 0, 0});
        assertThatThrownBy(() -> layout.refuseReserved(new long[] {16, 0, 0, 0, 0, 0, 0, 0}))
                .hasMessage("x: word 0 has reserved bits 0x10 set; accepted bits: 0xf");
        assertThatThrownBy(() -> layout.field("c")).hasMessage("x: unknown field \"c\"; accepted: a");
    }
}
