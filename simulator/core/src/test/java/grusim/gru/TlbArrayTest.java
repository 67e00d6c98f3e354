package grusim.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.RandomStream;
import grusim.engine.SequentialMemory;
import grusim.isa.PageSize;
import grusim.workload.TlbSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlbArrayTest {
    private static final int ASID = 8;
    private static final int ALL_SIZES = 0xffff;

    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final Agent agent = new Agent(engine, "agent");
    private final RandomStream random = engine.stream("tlb");

    private TlbArray tlb(int sets, int ways, TlbSpec.Replacement replacement, TlbSpec.IndexHash hash) {
        TlbSpec spec = new TlbSpec(sets, ways, replacement, hash, TlbSpec.WriteMiss.MISS, 0);
        return new TlbArray(spec, Replacement.of(spec, random));
    }

    private TlbArray oneSet(int ways, TlbSpec.Replacement replacement) {
        return tlb(1, ways, replacement, TlbSpec.IndexHash.MODULO);
    }

    private void fill(TlbArray tlb, long... pages) {
        for (long page : pages) {
            tlb.write(tlb.place(agent, ASID, page << 12, 0), ASID, page << 12, 0, page, false, 0);
        }
    }

    private static List<Long> held(TlbArray tlb, long upTo) {
        List<Long> held = new ArrayList<>();
        for (long page = 0; page < upTo; page++) {
            if (tlb.find(ASID, page << 12, 0) != TlbArray.NONE) {
                held.add(page);
            }
        }
        return held;
    }

    private static void use(TlbArray tlb, long page) {
        assertThat(tlb.lookup(ASID, page << 12, 1)).isNotEqualTo(TlbArray.NONE);
    }

    @Test
    void lru_replacesTheLeastRecentlyUsed() {
        TlbArray tlb = oneSet(4, TlbSpec.Replacement.LRU);
        fill(tlb, 0, 1, 2, 3);
        use(tlb, 0);
        use(tlb, 2);
        fill(tlb, 4); // 1 was used longest ago
        fill(tlb, 5); // then 3
        assertThat(held(tlb, 8)).containsExactly(0L, 2L, 4L, 5L);
    }

    @Test
    void fifo_replacesTheFirstFilledHoweverOftenUsed() {
        TlbArray tlb = oneSet(4, TlbSpec.Replacement.FIFO);
        fill(tlb, 0, 1, 2, 3);
        use(tlb, 0);
        use(tlb, 0);
        fill(tlb, 4, 5);
        assertThat(held(tlb, 8)).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void plru_followsTheTree() {
        // After filling ways 0 to 3 the tree points to way 0; a use of way 0 turns the root to the right half, whose
        // older way is 2.
        TlbArray tlb = oneSet(4, TlbSpec.Replacement.PLRU);
        fill(tlb, 0, 1, 2, 3);
        use(tlb, 0);
        fill(tlb, 4);
        assertThat(held(tlb, 8)).containsExactly(0L, 1L, 3L, 4L);
        fill(tlb, 5); // the root points left now, whose older way is 1
        assertThat(held(tlb, 8)).containsExactly(0L, 3L, 4L, 5L);
    }

    @Test
    void plru_needsAPowerOfTwo() {
        assertThatThrownBy(() -> oneSet(3, TlbSpec.Replacement.PLRU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tlb.ways: 3; accepted with plru: 1, 2, 4 .. 64");
    }

    @Test
    void random_replacesEveryWaySometime() {
        TlbArray tlb = oneSet(4, TlbSpec.Replacement.RANDOM);
        fill(tlb, 0, 1, 2, 3);
        boolean[] hit = new boolean[4];
        for (int i = 0; i < 200; i++) {
            hit[tlb.place(agent, ASID, (10L + i) << 12, 0)] = true;
        }
        assertThat(hit).containsOnly(true);
    }

    @Test
    void random_isUniformWithinTheExpectedSpread() {
        // 4,000 draws over 4 ways: mean 1,000, standard deviation sqrt(4000 * 1/4 * 3/4) = 27.4; 5 of them is 137
        TlbArray tlb = oneSet(4, TlbSpec.Replacement.RANDOM);
        fill(tlb, 0, 1, 2, 3);
        int[] hits = new int[4];
        for (int i = 0; i < 4000; i++) {
            hits[tlb.place(agent, ASID, 99L << 12, 0)]++;
        }
        assertThat(IntStream.of(hits).boxed()).allSatisfy(h -> assertThat(h).isBetween(863, 1137));
    }

    @ParameterizedTest
    @EnumSource(TlbSpec.Replacement.class)
    void emptiedWay_isFilledBeforeAnyIsReplaced(TlbSpec.Replacement replacement) {
        TlbArray tlb = oneSet(4, replacement);
        fill(tlb, 0, 1, 2, 3);
        tlb.remove(tlb.find(ASID, 2L << 12, 0));
        assertThat(tlb.occupied()).isEqualTo(3);
        fill(tlb, 4);
        assertThat(held(tlb, 8)).containsExactly(0L, 1L, 3L, 4L);
    }

    @ParameterizedTest
    @EnumSource(TlbSpec.Replacement.class)
    void samePage_isReplacedInPlace(TlbSpec.Replacement replacement) {
        TlbArray tlb = oneSet(2, replacement);
        fill(tlb, 0, 1);
        tlb.write(tlb.place(agent, ASID, 0, 0), ASID, 0, 0, 77, true, 0);
        int entry = tlb.find(ASID, 0, 0);
        assertThat(tlb.pfn(entry)).isEqualTo(77);
        assertThat(tlb.dirty(entry)).isTrue();
        assertThat(held(tlb, 4)).containsExactly(0L, 1L);
    }

    @Test
    void lookup_triesOnlyTheAvailableSizes() {
        TlbArray tlb = tlb(16, 2, TlbSpec.Replacement.LRU, TlbSpec.IndexHash.MODULO);
        int twoMiB = PageSize.MIB_2.code();
        tlb.write(tlb.place(agent, ASID, 5L << 21, twoMiB), ASID, 5L << 21, twoMiB, 512, false, 0);
        long vaddr = (5L << 21) + (3L << 12) + 17;
        assertThat(tlb.lookup(ASID, vaddr, 1)).isEqualTo(TlbArray.NONE);
        int entry = tlb.lookup(ASID, vaddr, 1 | 1 << twoMiB);
        assertThat(tlb.frameOf(entry, vaddr)).isEqualTo(515);
        assertThat(tlb.vaddr(entry)).isEqualTo(5L << 21);
        assertThat(tlb.lookup(ASID + 8, vaddr, ALL_SIZES)).isEqualTo(TlbArray.NONE);
    }

    @Test
    void modulo_usesTheLowBits_xorFoldsTheOthersIn() {
        TlbArray modulo = tlb(16, 1, TlbSpec.Replacement.LRU, TlbSpec.IndexHash.MODULO);
        TlbArray xor = tlb(16, 1, TlbSpec.Replacement.LRU, TlbSpec.IndexHash.XOR);
        assertThat(modulo.setOf(0x123)).isEqualTo(0x3);
        assertThat(xor.setOf(0x123)).isEqualTo(0x1 ^ 0x2 ^ 0x3);
        // a stride of the number of sets: one set, or all of them
        assertThat(IntStream.range(0, 16)
                        .map(i -> modulo.setOf(16L * i))
                        .distinct()
                        .count())
                .isEqualTo(1);
        assertThat(IntStream.range(0, 16)
                        .map(i -> xor.setOf(16L * i))
                        .distinct()
                        .count())
                .isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void array_agreesWithAListPerSetUnderRandomUse(long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        TlbArray tlb = tlb(4, 3, TlbSpec.Replacement.LRU, TlbSpec.IndexHash.MODULO);
        List<List<Long>> oracle = IntStream.range(0, 4)
                .<List<Long>>mapToObj(i -> new ArrayList<>())
                .toList();
        for (int i = 0; i < 5000; i++) {
            long page = draws.nextInt(40);
            List<Long> set = oracle.get((int) page % 4);
            boolean present = set.contains(page);
            switch (draws.nextInt(3)) {
                case 0 -> {
                    assertThat(tlb.lookup(ASID, page << 12, 1) != TlbArray.NONE)
                            .as("seed %d use %d", seed, i)
                            .isEqualTo(present);
                    if (present) {
                        set.remove(page);
                        set.add(page);
                    }
                }
                case 1 -> {
                    fill(tlb, page);
                    set.remove(page);
                    set.add(page);
                    if (set.size() > 3) {
                        set.remove(0);
                    }
                }
                default -> {
                    if (present) {
                        tlb.remove(tlb.find(ASID, page << 12, 0));
                        set.remove(page);
                    }
                }
            }
            assertThat(tlb.occupied())
                    .isEqualTo(oracle.stream().mapToInt(List::size).sum());
        }
        assertThat(held(tlb, 40))
                .containsExactlyElementsOf(
                        oracle.stream().flatMap(List::stream).sorted().toList());
    }
}
