package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LifetimesTest {
    private final Scene scene = new Scene();
    private final Contract contract = scene.contract;

    @Test
    void table_readAfterItsFree_violates() {
        scene.vm.tableAllocated(scene.cpu0, 4);
        scene.vm.tableFreed(scene.cpu1, 4);
        assertThat(contract.violations()).isZero();
        scene.vm.tableReadAfterFree(scene.cpu0, 4);
        assertThat(contract.violations(Invariant.TABLE_READ_AFTER_FREE)).isEqualTo(1);
        Violation violation = contract.firstViolation().orElseThrow();
        assertThat(violation.first()).isEqualTo(new Deed(0, "cpu1", "ended page-table page 4"));
        assertThat(violation.second()).isEqualTo(new Deed(0, "cpu0", "read an entry of page-table page 4"));
    }

    @Test
    void threadState_usedAfterItsFree_violates() {
        scene.driver.threadStateUsed(2);
        scene.driver.threadStateFreed(2);
        scene.driver.threadStateUsed(1);
        assertThat(contract.violations()).isZero();
        scene.driver.threadStateUsed(2);
        assertThat(contract.violations(Invariant.USED_AFTER_END)).isEqualTo(1);
        assertThat(contract.kept().get(0).first().what()).isEqualTo("ended thread state 2");
    }

    @Test
    void addressSpace_walkedOrDroppedInOrLoadedAfterItsEnd_violates() {
        scene.vm.mmCreated(0);
        scene.map(scene.cpu0, 0, 0x1000, 5);
        scene.read(scene.cpu0, 0, 0x1000, 5);
        assertThat(contract.violations()).isZero();
        scene.vm.mmGone(scene.cpu1, 0);
        scene.command(scene.cpu0, 3, 0, 0x1000, 5);
        scene.read(scene.cpu0, 0, 0x1000, 5);
        scene.bind(0);
        assertThat(contract.violations(Invariant.USED_AFTER_END)).isEqualTo(3);
        assertThat(contract.violations()).isEqualTo(3);
    }

    @Test
    void addressSpace_madeAgainUnderItsNumber_mayBeUsed() {
        scene.vm.mmGone(scene.cpu1, 0);
        scene.vm.mmCreated(0);
        scene.bind(0);
        assertThat(contract.violations()).isZero();
    }
}
