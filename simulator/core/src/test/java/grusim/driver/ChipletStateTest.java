package grusim.driver;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.linux.Mm;
import org.junit.jupiter.api.Test;

final class ChipletStateTest {
    private final DriverRig rig = new DriverRig();
    private final Mm mm = rig.mm(1);
    private final ChipletState chiplet = rig.driver.chipletState(0);

    private ThreadState thread(int cbrs, int dsrBytes) {
        return rig.thread(mm, rig.cpu(0), cbrs, dsrBytes, true);
    }

    private boolean reserve(ThreadState gts) {
        boolean[] done = new boolean[1];
        rig.start(rig.cpu(0), rig.play().then(a -> done[0] = chiplet.reserve(a, gts)));
        rig.run();
        return done[0];
    }

    private void free(ThreadState gts) {
        rig.start(rig.cpu(0), rig.play().then(a -> chiplet.free(a, gts)));
        rig.run();
    }

    @Test
    void reserve_takesTheLowestFreeContextPairsAndKibibytes() {
        ThreadState first = thread(4, 2048);
        ThreadState second = thread(3, 100);
        assertThat(reserve(first)).isTrue();
        assertThat(reserve(second)).isTrue();
        assertThat(first.context()).isZero();
        assertThat(first.cbrMap()).isEqualTo(0b11);
        assertThat(first.dsrMap()).isEqualTo(0b11);
        assertThat(second.context()).isEqualTo(1);
        assertThat(second.cbrMap()).as("3 blocks take 2 pairs").isEqualTo(0b1100);
        assertThat(second.dsrMap()).as("100 bytes take 1 KiB").isEqualTo(0b100);
        assertThat(chiplet.active()).isEqualTo(2);
    }

    @Test
    void free_givesHolesThatTheNextContextFills() {
        ThreadState[] threads = {thread(2, 1024), thread(4, 2048), thread(2, 1024)};
        for (ThreadState gts : threads) {
            assertThat(reserve(gts)).isTrue();
        }
        free(threads[1]);
        assertThat(threads[1].loaded()).isFalse();
        assertThat(threads[1].cbrMap()).isZero();
        ThreadState big = thread(6, 3072);
        assertThat(reserve(big)).isTrue();
        assertThat(big.context()).isEqualTo(1);
        assertThat(big.cbrMap()).as("pairs 1, 2 and 4").isEqualTo(0b10110);
        assertThat(big.dsrMap()).isEqualTo(0b10110);
    }

    @Test
    void reserve_failsWhenOneResourceIsMissing() {
        assertThat(reserve(thread(126, 1024))).isTrue();
        assertThat(reserve(thread(4, 1024))).as("2 blocks are left").isFalse();
        assertThat(reserve(thread(2, 32 * 1024))).as("31 KiB are left").isFalse();
        assertThat(reserve(thread(2, 31 * 1024))).isTrue();
        assertThat(chiplet.active()).isEqualTo(2);
    }

    @Test
    void contexts_areSixteen() {
        for (int i = 0; i < 16; i++) {
            assertThat(reserve(thread(2, 1024))).isTrue();
        }
        assertThat(chiplet.fits(2, 1024 / 1024)).isFalse();
        assertThat(reserve(thread(2, 1024))).isFalse();
    }

    @Test
    void owner_isTheThreadStateOrNobody() {
        ThreadState gts = thread(2, 1024);
        reserve(gts);
        int[] owner = new int[2];
        rig.start(
                rig.cpu(0),
                rig.play().then(a -> owner[0] = chiplet.owner(a, 0)).then(a -> owner[1] = chiplet.owner(a, 1)));
        rig.run();
        assertThat(owner).containsExactly(gts.id(), ChipletState.FREE);
    }

    @Test
    void roomiest_isTheOneWithFewestContextsThatHasRoom() {
        assertThat(rig.driver.placement().roomiestChiplet(thread(2, 1024)))
                .as("both empty")
                .isZero();
        reserve(thread(2, 1024));
        assertThat(rig.driver.placement().roomiestChiplet(thread(2, 1024))).isEqualTo(1);
        ThreadState whole = thread(128, 1024);
        assertThat(rig.driver.placement().roomiestChiplet(whole)).isEqualTo(1);
        rig.start(rig.cpu(0), rig.play().then(a -> rig.driver.chipletState(1).reserve(a, whole)));
        rig.run();
        assertThat(rig.driver.placement().roomiestChiplet(thread(2, 1024)))
                .as("1 is full")
                .isZero();
        assertThat(rig.driver.placement().roomiestChiplet(thread(128, 1024)))
                .as("no room")
                .isEqualTo(-1);
    }

    @Test
    void roomiest_looksAtTheThreadsBladeOnly() {
        DriverRig two = new DriverRig("machine.blades=2");
        ThreadState gts = two.thread(two.mm(1), two.machine.cpu(1, 0), 2, 1024, true);
        assertThat(two.driver.placement().roomiestChiplet(gts)).isEqualTo(2);
    }
}
