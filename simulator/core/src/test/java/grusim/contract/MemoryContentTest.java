package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryContentTest {
    private static final long PAGE = 0x5000;
    private static final long OTHER = 0x9000;
    private static final int FRAME = 5;
    private static final int CB = 3;

    private final Scene scene = new Scene();
    private final Contract contract = scene.contract;

    @BeforeEach
    void mapOnePage() {
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, FRAME);
    }

    private void assertDiffering(long count) {
        assertThat(contract.violations(Invariant.CONTENT)).isEqualTo(count);
    }

    @Test
    void load_ofWhatWasStored_isJudgedAndFine() {
        scene.store(CB, 0, PAGE + 8, FRAME, 1, 2, 3, 4);
        long before = contract.checks();
        scene.load(CB, 0, PAGE + 8, FRAME, 1, 2, 3, 4);
        assertThat(contract.checks()).isEqualTo(before + 3); // context, frame, content
        assertDiffering(0);
    }

    @Test
    void load_ofSomethingElse_violates() {
        scene.store(CB, 0, PAGE + 8, FRAME, 1, 2, 3, 4);
        scene.load(CB + 1, 0, PAGE + 8, FRAME, 1, 2, 9, 4);
        assertDiffering(1);
        assertThat(contract.firstViolation().orElseThrow().text())
                .isEqualTo("point 6, a load returns what the last store to the address wrote: gru0.cbr3 stored to the"
                        + " line of 0x500a, where 0x03 is due, at 0 ps; then gru0.cbr4 loaded 0x09 from there at 0 ps");
    }

    @Test
    void load_overlappingAStore_isComparedWhereBytesAreKnown() {
        scene.store(CB, 0, PAGE + 4, FRAME, 10, 11, 12, 13);
        scene.load(CB, 0, PAGE, FRAME, 77, 77, 77, 77, 10, 11); // four bytes before it were never stored
        assertDiffering(0);
        scene.load(CB, 0, PAGE + 6, FRAME, 12, 99, 77);
        assertDiffering(1);
    }

    @Test
    void store_overAnother_replacesItsBytesOnly() {
        scene.store(CB, 0, PAGE, FRAME, 1, 1, 1, 1);
        scene.store(CB, 0, PAGE + 1, FRAME, 2, 2);
        scene.load(CB, 0, PAGE, FRAME, 1, 2, 2, 1);
        assertDiffering(0);
        scene.load(CB, 0, PAGE, FRAME, 1, 2, 1, 1);
        assertDiffering(1);
    }

    @Test
    void load_acrossTwoLines_isComparedInBoth() {
        scene.store(CB, 0, PAGE + 62, FRAME, 1, 2, 3, 4);
        scene.load(CB, 0, PAGE + 62, FRAME, 1, 2, 3, 4);
        assertDiffering(0);
        scene.load(CB, 0, PAGE + 62, FRAME, 1, 9, 9, 4);
        assertDiffering(2);
    }

    @Test
    void content_survivesSwap() {
        scene.store(CB, 0, PAGE, FRAME, 42);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.frameFreed(scene.cpu1, FRAME);
        scene.vm.frameAllocated(scene.cpu0, 6);
        scene.vm.pteSet(scene.cpu0, 0, PAGE, Scene.pte(6), false);
        scene.load(CB, 0, PAGE, 6, 42);
        assertThat(contract.violations()).isZero();
        scene.load(CB, 0, PAGE, 6, 0);
        assertDiffering(1);
    }

    @Test
    void content_movesWithAMappedPage() {
        scene.store(CB, 0, PAGE, FRAME, 42);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.pteSet(scene.cpu1, 0, OTHER, Scene.pte(FRAME), false);
        scene.load(CB, 0, OTHER, FRAME, 41);
        assertDiffering(1);
        scene.map(scene.cpu0, 0, PAGE, 6);
        scene.load(CB, 0, PAGE, 6, 0); // nothing is left at the old address
        assertDiffering(1);
    }

    @Test
    void content_movesWithAPageInSwap() {
        scene.store(CB, 0, PAGE, FRAME, 42);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.frameFreed(scene.cpu1, FRAME);
        scene.vm.swapMoved(scene.cpu1, 0, PAGE, OTHER);
        scene.vm.frameAllocated(scene.cpu0, 6);
        scene.vm.pteSet(scene.cpu0, 0, OTHER, Scene.pte(6), false);
        scene.load(CB, 0, OTHER, 6, 41);
        assertDiffering(1);
    }

    @Test
    void content_givenUp_isNotExpectedOfTheFreshPage() {
        scene.store(CB, 0, PAGE, FRAME, 42);
        scene.unmap(scene.cpu1, 0, PAGE, FRAME);
        scene.map(scene.cpu0, 0, PAGE, FRAME);
        scene.load(CB, 0, PAGE, FRAME, 0);
        assertThat(contract.violations()).isZero();
        scene.store(CB, 0, PAGE, FRAME, 43);
        scene.load(CB, 0, PAGE, FRAME, 0);
        assertDiffering(1);
    }

    @Test
    void content_givenUpInSwap_isForgotten() {
        scene.store(CB, 0, PAGE, FRAME, 42);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.frameFreed(scene.cpu1, FRAME);
        scene.vm.swapDiscarded(scene.cpu1, 0, PAGE);
        scene.vm.frameAllocated(scene.cpu0, 6);
        scene.vm.pteSet(scene.cpu0, 0, PAGE, Scene.pte(6), false);
        scene.load(CB, 0, PAGE, 6, 0);
        assertThat(contract.violations()).isZero();
    }

    /** The page goes from frame 5 to frame 6, and one translation to frame 5 is left over. */
    @Test
    void load_throughAStaleTranslation_afterAStoreThroughTheRightOne_violates() {
        scene.store(CB, 0, PAGE, FRAME, 1);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.frameAllocated(scene.cpu0, 6);
        scene.vm.pteSet(scene.cpu0, 0, PAGE, Scene.pte(6), false);
        scene.store(CB, 0, PAGE, 6, 2);
        scene.load(CB, 0, PAGE, FRAME, 1); // what frame 5 still holds
        assertDiffering(1);
    }

    @Test
    void load_throughTheRightTranslation_afterAStoreThroughAStaleOne_violates() {
        scene.store(CB, 0, PAGE, FRAME, 1);
        scene.vm.pteCleared(scene.cpu1, 0, PAGE, Scene.pte(FRAME), true);
        scene.vm.frameAllocated(scene.cpu0, 6);
        scene.vm.pteSet(scene.cpu0, 0, PAGE, Scene.pte(6), false);
        scene.store(CB, 0, PAGE, FRAME, 2); // lost with frame 5
        scene.load(CB, 0, PAGE, 6, 1);
        assertDiffering(1);
    }

    @Test
    void stores_beyondTheMostPages_areCountedAndNotExpected() {
        Scene small = new Scene(Engine.timed(new SequentialMemory(), 1), 1);
        small.load(0);
        small.map(small.cpu0, 0, PAGE, FRAME);
        small.map(small.cpu0, 0, OTHER, 6);
        small.store(CB, 0, PAGE, FRAME, 1);
        small.store(CB, 0, OTHER, 6, 1);
        small.load(CB, 0, OTHER, 6, 2);
        assertThat(small.contract.violations()).isZero();
        assertThat(small.contract.storesNotFollowed()).isEqualTo(1);
        small.load(CB, 0, PAGE, FRAME, 2);
        assertThat(small.contract.violations(Invariant.CONTENT)).isEqualTo(1);
    }

    @Test
    void withoutBytes_nothingIsCompared() {
        Engine engine = Engine.timed(new SequentialMemory(), 1);
        Scene elided = new Scene(engine, 1);
        Contract contract = new Contract(engine, false);
        contract.driver().contextBound(0, 0, 0, 0, 8);
        contract.vm().pteSet(elided.cpu0, 0, PAGE, Scene.pte(FRAME), true);
        contract.device().memoryAccessed(0, 0, CB, 8, PAGE, FRAME, 1, true, new byte[] {1});
        contract.device().memoryAccessed(0, 0, CB, 8, PAGE, FRAME, 1, false, new byte[] {2});
        assertThat(contract.violations(Invariant.CONTENT)).isZero();
    }

    // ---- against a map of bytes ----

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomAccesses_areJudgedAsByAMapOfBytes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Findings findings = new Findings(Engine.timed(new SequentialMemory(), 1));
        FrameLives frames = mapped();
        MemoryContent content = new MemoryContent(findings, frames, 1000);
        Map<Long, Byte> oracle = new HashMap<>();
        long expected = 0;
        for (int i = 0; i < 20_000; i++) {
            long page = 0x1000L * (1 + random.nextInt(6));
            int at = random.nextInt(256);
            int bytes = 1 + random.nextInt(Math.min(64, 64 - at % 64));
            byte[] data = new byte[bytes];
            String what = "seed " + seed + ", event " + i;
            switch (random.nextInt(20)) {
                case 0 -> {
                    content.drop(PageKey.of(0, page));
                    oracle.keySet().removeIf(a -> a >>> 12 == page >>> 12);
                }
                case 1 -> {
                    long to = 0x1000L * (1 + random.nextInt(6));
                    if (to != page) {
                        move(content, oracle, page, to);
                    }
                }
                case 2 -> {
                    frames = mapped();
                    MemoryContent twin = new MemoryContent(findings, frames, 1000);
                    StateContract.assertRoundTrip(content, twin, random.nextBoolean());
                    content = twin;
                }
                case 3, 4, 5, 6, 7, 8 -> {
                    random.nextBytes(data);
                    content.stored(0, CB, PageKey.of(0, page), frame(page, random), page + at, bytes, data);
                    for (int b = 0; b < bytes; b++) {
                        oracle.put(page + at + b, data[b]);
                    }
                }
                default -> {
                    boolean differs = fill(data, oracle, page + at, random);
                    content.loaded(0, CB, PageKey.of(0, page), frame(page, random), page + at, bytes, data);
                    expected += differs ? 1 : 0;
                    for (int b = 0; differs && b < bytes; b++) {
                        oracle.remove(page + at + b);
                    }
                }
            }
            assertThat(findings.violations()).as(what).isEqualTo(expected);
        }
        assertThat(expected).as("violations that the sequence holds").isPositive();
    }

    /** Each page mapped to the frame of its number. */
    private static FrameLives mapped() {
        FrameLives frames = new FrameLives();
        for (long page = 1; page <= 6; page++) {
            frames.map(page, PageKey.of(0, page << 12));
        }
        return frames;
    }

    /** The frame of a page, or now and then another one, as a stale translation would have it. */
    private static long frame(long page, SplittableRandom random) {
        return random.nextInt(8) == 0 ? 1 + random.nextInt(6) : page >>> 12;
    }

    private static void move(MemoryContent content, Map<Long, Byte> oracle, long from, long to) {
        content.move(PageKey.of(0, from), PageKey.of(0, to));
        oracle.keySet().removeIf(a -> a >>> 12 == to >>> 12);
        for (int at = 0; at < 4096; at++) {
            Byte old = oracle.remove(from + at);
            if (old != null) {
                oracle.put(to + at, old);
            }
        }
    }

    /** Makes up what a load returns, mostly what is due; says whether a byte that is due differs. */
    private static boolean fill(byte[] data, Map<Long, Byte> oracle, long vaddr, SplittableRandom random) {
        boolean differs = false;
        boolean corrupt = random.nextInt(10) == 0;
        for (int b = 0; b < data.length; b++) {
            Byte due = oracle.get(vaddr + b);
            boolean wrong = corrupt && random.nextInt(8) == 0;
            data[b] = due == null ? (byte) random.nextInt() : (byte) (due ^ (wrong ? 1 : 0));
            differs |= due != null && wrong;
        }
        return differs;
    }
}
