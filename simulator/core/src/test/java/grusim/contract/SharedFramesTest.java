package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that several pages share: what each page holds, which translations are true, and who may write. */
final class SharedFramesTest {
    private static final long PAGE = 0x7f00_0000_1000L;
    private static final int FRAME = 5;
    private static final int COPY = 6;
    private static final int CB = 3;
    private static final int PARENT = 0;
    private static final int CHILD = 1;

    private final Scene scene = new Scene();
    private final Contract contract = scene.contract;

    @BeforeEach
    void forkOnePage() {
        scene.engine.component(contract);
        scene.load(PARENT);
        scene.load(CHILD);
        scene.map(scene.cpu0, PARENT, PAGE, FRAME);
        scene.store(CB, PARENT, PAGE, FRAME, 1, 2);
        scene.vm.rangeStart(scene.cpu0, PARENT, PAGE, PAGE + PageKey.BYTES);
        scene.vm.pteSet(scene.cpu0, CHILD, PAGE, Scene.pte(FRAME), false);
    }

    private void endFork() {
        scene.vm.rangeEnd(scene.cpu0, PARENT, PAGE, PAGE + PageKey.BYTES);
    }

    private void copy(int mm) {
        scene.vm.frameAllocated(scene.cpu1, COPY);
        scene.vm.pteCleared(scene.cpu1, mm, PAGE, Scene.pte(FRAME), true);
        scene.vm.pteSet(scene.cpu1, mm, PAGE, Scene.pte(COPY), false);
        scene.vm.pageInvalidated(scene.cpu1, mm, PAGE);
    }

    @Test
    void bothSides_mayTranslateAndLoad() {
        endFork();
        scene.dropin(scene.cpu0, CB, PARENT, PAGE, FRAME);
        scene.dropin(scene.cpu1, CB + 1, CHILD, PAGE, FRAME);
        scene.load(CB, PARENT, PAGE, FRAME, 1, 2);
        scene.load(CB + 1, CHILD, PAGE, FRAME, 1, 2);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void childsPage_beginsWithTheParentsContent_andGoesItsOwnWay() {
        endFork();
        copy(CHILD);
        scene.store(CB, CHILD, PAGE, COPY, 9);
        scene.load(CB, PARENT, PAGE, FRAME, 1, 2);
        scene.load(CB, CHILD, PAGE, COPY, 9, 2);
        assertThat(contract.violations()).isZero();
        scene.load(CB, PARENT, PAGE, FRAME, 9, 2);
        assertThat(contract.violations(Invariant.CONTENT)).isEqualTo(1);
    }

    @Test
    void store_isLegalUntilTheForksEndIsAnnounced() {
        scene.store(CB, PARENT, PAGE, FRAME, 3);
        assertThat(contract.violations()).isZero();
        endFork();
        scene.store(CB, PARENT, PAGE, FRAME, 4);
        assertThat(contract.violations(Invariant.SHARED_FRAME_WRITTEN)).isEqualTo(1);
        assertThat(contract.violations()).isEqualTo(1);
    }

    @Test
    void store_isLegalAgainOnceThePageIsAlone() {
        endFork();
        copy(CHILD);
        scene.store(CB, PARENT, PAGE, FRAME, 4);
        scene.store(CB, CHILD, PAGE, COPY, 5);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void forkWithoutACallout_endsAllTheSame() {
        scene.vm.writesTaken(scene.cpu0, PARENT);
        scene.store(CB, PARENT, PAGE, FRAME, 4);
        assertThat(contract.violations(Invariant.SHARED_FRAME_WRITTEN)).isEqualTo(1);
    }

    @Test
    void entryOfTheSideThatGotACopy_isStale_theOthersIsNot() {
        endFork();
        scene.dropin(scene.cpu0, CB, PARENT, PAGE, FRAME);
        scene.dropin(scene.cpu1, CB + 1, CHILD, PAGE, FRAME);
        copy(CHILD);
        assertThat(contract.violations(Invariant.STALE_ENTRY)).isEqualTo(1);
        scene.load(CB, PARENT, PAGE, FRAME, 1, 2);
        assertThat(contract.violations()).isEqualTo(1);
    }

    @Test
    void mergedPages_keepWhatEachWasSaidToHold() {
        endFork();
        long other = PAGE + PageKey.BYTES;
        scene.map(scene.cpu1, PARENT, other, COPY);
        scene.store(CB, PARENT, other, COPY, 1, 7);
        scene.vm.pteCleared(scene.cpu1, PARENT, other, Scene.pte(COPY), true);
        scene.vm.pteSet(scene.cpu1, PARENT, other, Scene.pte(FRAME), false);
        scene.load(CB, PARENT, other, FRAME, 1, 2);
        assertThat(contract.violations(Invariant.CONTENT)).isEqualTo(1);
    }

    @Test
    void swappedPage_isTheChildsToo() {
        long other = PAGE + PageKey.BYTES;
        scene.map(scene.cpu1, PARENT, other, COPY);
        scene.store(CB, PARENT, other, COPY, 8);
        scene.vm.pteCleared(scene.cpu1, PARENT, other, Scene.pte(COPY), true);
        scene.vm.swapShared(scene.cpu0, PARENT, other, CHILD);
        scene.vm.pteSet(scene.cpu1, CHILD, other, Scene.pte(COPY), false);
        scene.load(CB, CHILD, other, COPY, 8);
        assertThat(contract.violations()).isZero();
        scene.load(CB, CHILD, other, COPY, 7);
        assertThat(contract.violations(Invariant.CONTENT)).isEqualTo(1);
    }

    @Test
    void state_keepsWhoSharesAndWhatIsOpen() {
        Snapshot open = Snapshot.of(scene.engine, true);
        endFork();
        copy(CHILD);
        open.into(scene.engine);
        assertThat(Snapshot.of(scene.engine, true)).isEqualTo(open);
        scene.store(CB, PARENT, PAGE, FRAME, 3);
        assertThat(contract.violations()).isZero();
        endFork();
        scene.store(CB, PARENT, PAGE, FRAME, 3);
        assertThat(contract.violations(Invariant.SHARED_FRAME_WRITTEN)).isEqualTo(1);
    }
}
