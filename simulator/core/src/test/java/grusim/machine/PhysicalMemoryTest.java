package grusim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Snapshot;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhysicalMemoryTest {
    private static final long MIB = 1 << 20;

    private final PhysicalMemory memory = new PhysicalMemory(3, 6 * MIB, true);

    @Test
    void frameNumbers_leaveAGapUpToThePowerOfTwo() {
        // 6 MiB are 1,536 frames; the next power of two is 2,048.
        assertThat(memory.framesPerBlade()).isEqualTo(2048);
        assertThat(memory.frame(2, 5)).isEqualTo(2 * 2048 + 5);
        assertThat(memory.blade(2 * 2048 + 5)).isEqualTo(2);
        assertThat(memory.exists(2 * 2048 + 1535)).isTrue();
        assertThat(memory.exists(2 * 2048 + 1536)).isFalse();
        assertThat(memory.exists(3 * 2048)).isFalse();
        assertThat(memory.exists(-1)).isFalse();
    }

    @Test
    void words_areLittleEndianAndZeroExtended() {
        memory.writeWord(7, 16, 8, 0x8877665544332211L);
        assertThat(memory.readWord(7, 16, 1)).isEqualTo(0x11);
        assertThat(memory.readWord(7, 17, 2)).isEqualTo(0x3322);
        assertThat(memory.readWord(7, 20, 4)).isEqualTo(0x88776655L);
        assertThat(memory.readWord(7, 23, 1)).isEqualTo(0x88);
        memory.writeWord(7, 4095, 1, 0xabcd);
        assertThat(memory.readWord(7, 4095, 1)).isEqualTo(0xcd);
        assertThat(memory.readWord(7, 4093, 3)).isEqualTo(0xcd0000);
        assertThat(memory.readWord(8, 0, 8)).isZero();
    }

    @Test
    void poisonedFrame_readsAsFreedMemoryUntilZeroed() {
        memory.writeWord(7, 0, 8, 1);
        memory.poison(7);
        assertThat(memory.readWord(7, 0, 4)).isEqualTo(0x6b6b6b6bL);
        memory.writeWord(7, 0, 1, 0);
        assertThat(memory.readWord(7, 0, 2)).isEqualTo(0x6b00);
        memory.zero(7);
        assertThat(memory.readWord(7, 0, 8)).isZero();
        memory.writeWord(7, 8, 1, 9);
        assertThat(memory.readWord(7, 0, 8)).isZero();
    }

    @Test
    void seededFrames_continueOneSequenceOverTheRegion() {
        memory.seed(3, 42, 0);
        memory.seed(4, 42, 1);
        assertThat(memory.readWord(3, 8, 8)).isEqualTo(GeneratedContent.word(42, 1));
        assertThat(memory.readWord(4, 0, 8)).isEqualTo(GeneratedContent.word(42, 512));
        memory.seed(5, 43, 0);
        assertThat(memory.readWord(5, 8, 8)).isNotEqualTo(memory.readWord(3, 8, 8));
    }

    @Test
    void seededFrame_keepsItsContentAroundTheFirstWrite() {
        memory.seed(3, 42, 9);
        byte[] before = new byte[4096];
        memory.read(3, 0, before, 0, 4096);
        memory.writeWord(3, 100, 2, 0x0102);
        byte[] after = new byte[4096];
        memory.read(3, 0, after, 0, 4096);
        before[100] = 2;
        before[101] = 1;
        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void generatedWords_atAnyPositionAndWidth_agreeWithTheBytes(long seed) {
        byte[] bytes = new byte[64];
        GeneratedContent.fill(seed, 0, bytes, 0, 64);
        for (int position = 0; position < 56; position++) {
            for (int width = 1; width <= 8; width++) {
                assertThat(GeneratedContent.word(seed, position, width))
                        .isEqualTo(FrameChunk.getWord(bytes, position, width));
            }
            byte[] from = new byte[64];
            GeneratedContent.fill(seed, position, from, 3, 5);
            assertThat(from[3]).isEqualTo(bytes[position]);
            assertThat(from[7]).isEqualTo(bytes[position + 4]);
        }
    }

    @Test
    void copyFrame_copiesEveryKindOfContentOnce() {
        memory.seed(1, 5, 2);
        memory.copyFrame(1, 2);
        memory.writeWord(2, 0, 8, 77);
        assertThat(memory.readWord(1, 0, 8)).isEqualTo(GeneratedContent.word(5, 1024));
        memory.copyFrame(2, 2048);
        memory.writeWord(2, 0, 8, 78);
        assertThat(memory.readWord(2048, 0, 8)).isEqualTo(77);
        memory.copyFrame(9, 2048);
        assertThat(memory.readWord(2048, 0, 8)).isZero();
        PhysicalMemory other = new PhysicalMemory(1, MIB, true);
        memory.copyFrame(2, other, 4);
        assertThat(other.readWord(4, 0, 8)).isEqualTo(78);
    }

    @Test
    void contentHash_tellsLinesApart() {
        memory.writeWord(1, 64, 8, 5);
        assertThat(memory.contentHash(1, 1)).isNotEqualTo(memory.contentHash(1, 0));
        assertThat(memory.contentHash(1, 0)).isEqualTo(memory.contentHash(2, 0));
    }

    @Test
    void elidedMemory_keepsNothing() {
        PhysicalMemory elided = new PhysicalMemory(1, MIB, false);
        elided.seed(0, 1, 0);
        elided.writeWord(0, 0, 8, 5);
        elided.poison(1);
        assertThat(elided.readWord(0, 0, 8)).isZero();
        byte[] bytes = {1, 1};
        elided.read(1, 0, bytes, 0, 2);
        assertThat(bytes).containsExactly(0, 0);
        assertThat(Snapshot.of(elided, false).length()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomOperations_agreeWithPlainArraysAndSurviveASnapshot(long seed) {
        Random random = new Random(seed);
        byte[][] expected = new byte[24][4096];
        PhysicalMemory restored = new PhysicalMemory(3, 6 * MIB, true);
        for (int i = 0; i < 2000; i++) {
            int page = random.nextInt(24);
            long pfn = pfn(page);
            switch (random.nextInt(8)) {
                case 0 -> {
                    memory.zero(pfn);
                    expected[page] = new byte[4096];
                }
                case 1 -> {
                    memory.seed(pfn, page, page);
                    GeneratedContent.fill(page, page * 4096L, expected[page], 0, 4096);
                }
                case 2 -> {
                    int to = random.nextInt(24);
                    memory.copyFrame(pfn, pfn(to));
                    expected[to] = expected[page].clone();
                }
                case 3 -> Snapshot.of(memory, true).into(restored);
                default -> {
                    int bytes = 1 + random.nextInt(8);
                    int offset = random.nextInt(4096 - bytes + 1);
                    long value = random.nextLong();
                    memory.writeWord(pfn, offset, bytes, value);
                    FrameChunk.putWord(expected[page], offset, bytes, value);
                }
            }
        }
        Snapshot saved = Snapshot.of(memory, false);
        saved.into(restored);
        assertThat(Snapshot.of(restored, false)).isEqualTo(saved);
        byte[] content = new byte[4096];
        for (int page = 0; page < 24; page++) {
            restored.read(pfn(page), 0, content, 0, 4096);
            assertThat(content).as("page %s, seed %s", page, seed).isEqualTo(expected[page]);
        }
    }

    private static long pfn(int page) {
        return (page % 3) * 2048L + page * 61L;
    }

    @Test
    void snapshot_ofAlmostEmptyMemory_isSmall() {
        memory.writeWord(1, 0, 8, 5);
        // number of watches, frame number, kind, mask of lines, one line of 8 words, end mark
        assertThat(Snapshot.of(memory, false).length()).isEqualTo(13);
    }

    @Test
    void badSizes_areRefused() {
        assertThatThrownBy(() -> new PhysicalMemory(0, MIB, true)).hasMessage("blades: 0, at least 1");
        assertThatThrownBy(() -> new PhysicalMemory(1, 5000, true))
                .hasMessage("memoryPerBladeBytes: 5000, a positive multiple of 4096");
    }
}
