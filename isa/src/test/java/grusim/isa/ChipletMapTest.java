package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.isa.handle.HandleType;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChipletMapTest {
    /** Chiplet 3 = pnode 1, chiplet 1: 3 x 0x8000000; context 5: 5 x 0x400000; block 7: 7 x 0x100. */
    @Test
    void controlBlock_isCountedFromItsContext() {
        ChipletAddress at = new ChipletAddress.ControlBlock(ChipletMap.chiplet(1, 1), 5, 7, 0);
        assertThat(ChipletMap.address(at)).isEqualTo(0x1800_0000L + 0x140_0000L + 0x700L);
        assertThat(ChipletMap.locate(0x1940_0700L)).contains(at);
    }

    @ParameterizedTest
    @CsvSource({
        "TFM, 15, 0x4000f00",
        "TGH, 23, 0x4009700",
        "CBE, 127, 0x4017f00",
        "TFH, 127, 0x401ff00",
        "CCH, 15, 0x4020f00"
    })
    void handles_endWhereTheirCountSays(HandleType type, int index, long address) {
        assertThat(ChipletMap.address(new ChipletAddress.Handle(0, type, index, 0)))
                .isEqualTo(address);
        assertThat(ChipletMap.locate(address)).contains(new ChipletAddress.Handle(0, type, index, 0));
        assertThat(ChipletMap.locate(address + 63)).contains(new ChipletAddress.Handle(0, type, index, 63));
        assertThat(ChipletMap.locate(address + 64)).isEmpty();
        if (type != HandleType.CBE && type != HandleType.TFH) { // others follow these two at once
            assertThat(ChipletMap.locate(address + 256)).isEmpty();
        }
    }

    @Test
    void dataSegment_is32KiBBehindTheBlocks() {
        assertThat(ChipletMap.locate(0x20000)).contains(new ChipletAddress.DataSegment(0, 0, 0));
        assertThat(ChipletMap.locate(0x27fff)).contains(new ChipletAddress.DataSegment(0, 0, 32767));
        assertThat(ChipletMap.locate(0x28000)).isEmpty();
        assertThat(ChipletMap.locate(0x1ffff)).isEmpty();
    }

    @Test
    void holes_areEmpty() {
        assertThat(ChipletMap.locate(64)).isEmpty();
        assertThat(ChipletMap.locate(128 * 256)).isEmpty();
        assertThat(ChipletMap.locate(ChipletMap.CHIPLET_BYTES - 1)).isEmpty();
        assertThat(ChipletMap.locate(-1)).isEmpty();
        assertThat(ChipletMap.locate(Long.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void everyAddress_isAHoleOrComesBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        for (int i = 0; i < 200_000; i++) {
            long address = random.nextLong(4) * ChipletMap.CHIPLET_BYTES
                    + (random.nextBoolean() ? random.nextLong(0x30000) : 0x400_0000L + random.nextLong(0x22000))
                    + (random.nextBoolean() ? 0 : random.nextLong(16) * ChipletMap.CONTEXT_STRIDE) % 0x400_0000L;
            found += ChipletMap.locate(address)
                    .map(at -> {
                        assertThat(ChipletMap.address(at))
                                .as("seed %d, %s", seed, at)
                                .isEqualTo(address);
                        return 1;
                    })
                    .orElse(0);
        }
        assertThat(found).isGreaterThan(10_000);
    }

    @Test
    void badPlaces_areRefused() {
        assertThatThrownBy(() -> ChipletMap.address(new ChipletAddress.ControlBlock(0, 16, 0, 0)))
                .hasMessage("context: 16; accepted: 0 .. 15");
        assertThatThrownBy(() -> ChipletMap.address(new ChipletAddress.Handle(0, HandleType.TGH, 24, 0)))
                .hasMessage("tgh: 24; accepted: 0 .. 23");
        assertThatThrownBy(() -> ChipletMap.chiplet(0, 2)).hasMessage("chiplet of the hub: 2; accepted: 0 .. 1");
    }
}
