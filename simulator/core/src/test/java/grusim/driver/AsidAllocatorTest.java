package grusim.driver;

import static grusim.workload.AsidSpec.Order.FLUSH_THEN_SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.AsidSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AsidAllocatorTest {
    private static final int[] NONE = new int[16];
    /** The last base below 0xfffff0. */
    private static final int LAST = 0xffffe8;

    private final AsidAllocator asids = new AsidAllocator(new AsidSpec(0xfffff0, true, FLUSH_THEN_SEARCH, true));

    private static int[] loaded(int... bases) {
        return Arrays.copyOf(bases, 16);
    }

    private int next(int[] loaded) {
        if (!asids.advance()) {
            asids.findBlock(loaded);
        }
        return asids.current();
    }

    private void advanceTo(int base) {
        while (asids.current() != base) {
            next(NONE);
        }
    }

    @Test
    void numbers_beginAtEightInStepsOfEight() {
        assertThat(next(NONE)).isEqualTo(8);
        assertThat(next(NONE)).isEqualTo(16);
        assertThat(next(NONE)).isEqualTo(24);
        assertThat(asids.generation()).isEqualTo(1);
    }

    @Test
    void end_wrapsToEightWithANewGeneration() {
        advanceTo(LAST);
        assertThat(asids.generation()).isEqualTo(1);
        assertThat(asids.advance()).isFalse();
        assertThat(asids.findBlock(NONE)).isTrue();
        assertThat(asids.current()).isEqualTo(8);
        assertThat(asids.generation()).isEqualTo(2);
    }

    @Test
    void afterAWrap_blockEndsAtTheNextLoadedAsid() {
        advanceTo(LAST);
        int[] loaded = loaded(8, 16, 48);
        assertThat(asids.advance()).isFalse();
        assertThat(asids.findBlock(loaded)).isTrue();
        assertThat(asids.current()).as("8 and 16 are in use").isEqualTo(24);
        assertThat(asids.advance()).isTrue();
        assertThat(asids.current()).isEqualTo(32);
        assertThat(asids.advance()).isTrue();
        assertThat(asids.current()).isEqualTo(40);
        assertThat(asids.advance()).as("48 is loaded").isFalse();
        assertThat(asids.findBlock(loaded)).as("no wrap in the middle").isFalse();
        assertThat(asids.current()).isEqualTo(56);
        assertThat(asids.generation()).isEqualTo(2);
    }

    @Test
    void loadedAsidBeforeTheEnd_isSkippedByWrapping() {
        advanceTo(LAST);
        asids.advance();
        asids.findBlock(loaded(LAST));
        advanceTo(LAST - 8);
        assertThat(asids.advance()).isFalse();
        assertThat(asids.findBlock(loaded(LAST, 8))).isTrue();
        assertThat(asids.current()).isEqualTo(16);
        assertThat(asids.generation()).isEqualTo(3);
    }

    @Test
    void fewNumbers_wrapOftenAndPassOverWhatIsLoaded() {
        // blocks 8, 16 and 24 lie below 32
        AsidAllocator few = new AsidAllocator(new AsidSpec(32, true, FLUSH_THEN_SEARCH, true));
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            if (!few.advance()) {
                few.findBlock(loaded(16));
            }
            given.add(few.current());
        }
        // the first generation knows nothing of the loaded one until its end is reached
        assertThat(given).containsExactly(8, 16, 24, 8, 24, 8);
        assertThat(few.generation()).isEqualTo(3);
    }

    @Test
    void withoutGenerations_theNumbersStartOverAllTheSame() {
        AsidAllocator few = new AsidAllocator(new AsidSpec(24, true, FLUSH_THEN_SEARCH, false));
        assertThat(few.advance()).isTrue();
        assertThat(few.advance()).isTrue();
        assertThat(few.advance()).isFalse();
        assertThat(few.findBlock(NONE)).isTrue();
        assertThat(few.current()).isEqualTo(8);
        assertThat(few.generation()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"16, 1", "17, 2", "24, 2", "25, 3", "32, 3", "16777200, 2097149"})
    void blocks_areTheNumbersBelowTheEnd(int end, int blocks) {
        assertThat(new AsidSpec(end, true, FLUSH_THEN_SEARCH, true).blocks()).isEqualTo(blocks);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void withinAGeneration_noNumberIsGivenTwiceNorWhileLoaded(long seed) {
        Random random = new Random(seed);
        advanceTo(LAST - 800);
        int[] loaded = new int[16];
        for (int i = 0; i < loaded.length; i++) {
            loaded[i] = 8 * (1 + random.nextInt(60));
        }
        Set<Long> given = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            int base = next(loaded);
            assertThat(base).isBetween(8, LAST).matches(b -> b % 8 == 0, "multiple of 8");
            assertThat(loaded).as("seed %d", seed).doesNotContain(base);
            assertThat(given.add(((long) asids.generation() << 32) + base))
                    .as("asid %d given twice, seed %d", base, seed)
                    .isTrue();
            if (random.nextInt(4) == 0) {
                loaded[random.nextInt(16)] = base;
            }
        }
    }
}
