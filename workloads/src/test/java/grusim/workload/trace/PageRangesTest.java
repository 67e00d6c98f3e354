package grusim.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRangesTest {
    private static String text(PageRanges ranges) {
        StringBuilder text = new StringBuilder();
        ranges.ranges().forEach(r -> text.append(r[0]).append('-').append(r[1]).append(' '));
        return text.toString().strip();
    }

    @Test
    void add_joinsNeighbours() {
        PageRanges ranges = new PageRanges();
        ranges.add(1, 2);
        ranges.add(3, 4);
        ranges.add(2, 3);
        ranges.remove(2, 3);
        assertThat(text(ranges)).isEqualTo("1-2 3-4");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void addAndRemove_agreeWithABitSet(long seed) {
        Random random = new Random(seed);
        PageRanges ranges = new PageRanges();
        PageRanges others = new PageRanges();
        BitSet bits = new BitSet();
        BitSet otherBits = new BitSet();
        for (int i = 0; i < 2000; i++) {
            int start = random.nextInt(100);
            int end = start + random.nextInt(12);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    ranges.add(start, end);
                    bits.set(start, end);
                }
                case 2 -> {
                    ranges.remove(start, end);
                    bits.clear(start, end);
                }
                case 3 -> {
                    others.add(start, end);
                    otherBits.set(start, end);
                    others.remove(end, end + 20);
                    otherBits.clear(end, end + 20);
                }
                default -> {
                    ranges.removeAll(others);
                    bits.andNot(otherBits);
                }
            }
            StringBuilder expected = new StringBuilder();
            for (int b = bits.nextSetBit(0); b >= 0; b = bits.nextSetBit(bits.nextClearBit(b))) {
                expected.append(b).append('-').append(bits.nextClearBit(b)).append(' ');
            }
            assertThat(text(ranges))
                    .as("seed %d step %d", seed, i)
                    .isEqualTo(expected.toString().strip());
            assertThat(ranges.contains(start)).isEqualTo(bits.get(start));
        }
    }
}
