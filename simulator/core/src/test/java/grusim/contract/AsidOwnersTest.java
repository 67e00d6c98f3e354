package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AsidOwnersTest {
    private static final long PAGE = 0x1000;

    private final Scene scene = new Scene();
    private final Contract contract = scene.contract;

    private void assertFound(Invariant invariant, long count) {
        assertThat(contract.violations(invariant)).isEqualTo(count);
        assertThat(contract.violations()).isEqualTo(count);
    }

    @Test
    void contexts_ofOneAddressSpaceShareItsAsid() {
        scene.driver.asidAssigned(0, 8, 0);
        scene.driver.contextBound(0, 0, 0, 0, 8);
        scene.driver.contextBound(0, 1, 1, 0, 8);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void contexts_ofTwoAddressSpacesUnderOneAsid_violate() {
        scene.driver.asidAssigned(0, 8, 0);
        scene.driver.contextBound(0, 0, 0, 0, 8);
        scene.driver.contextBound(0, 1, 1, 1, 8);
        assertFound(Invariant.ASID_SHARED, 1);
        assertThat(contract.firstViolation().orElseThrow().text())
                .isEqualTo("point 4, no two address spaces with loaded contexts share an asid on a chiplet: the driver"
                        + " gave asid 8 of gru0 to address space 0, which has contexts loaded, at 0 ps; then the driver"
                        + " loaded context 1 under it for address space 1 at 0 ps");
    }

    @Test
    void asid_onAnotherChiplet_isAnother() {
        scene.driver.asidAssigned(0, 8, 0);
        scene.driver.contextBound(0, 0, 0, 0, 8);
        scene.driver.asidAssigned(1, 8, 1);
        scene.driver.contextBound(1, 0, 1, 1, 8);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void asid_givenAwayAfterTheLastContextIsUnloaded_isFine() {
        scene.load(0);
        scene.unload(0);
        scene.driver.asidAssigned(0, Scene.asid(0), 1);
        scene.driver.contextBound(0, 1, 1, 1, Scene.asid(0));
        assertThat(contract.violations()).isZero();
    }

    @Test
    void asid_givenAwayWhileItsContextIsLoaded_violates() {
        scene.load(0);
        scene.driver.asidAssigned(0, Scene.asid(0), 1);
        assertFound(Invariant.ASID_SHARED, 1);
    }

    @Test
    void entry_thatSurvivesUntilItsAsidIsReused_violates() {
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, 5);
        scene.dropin(scene.cpu0, 3, 0, PAGE, 5);
        scene.unload(0);
        scene.driver.asidRetired(0, Scene.asid(0), 0);
        scene.driver.asidAssigned(0, Scene.asid(0), 1);
        assertFound(Invariant.ENTRY_SURVIVED, 1);
    }

    @Test
    void asid_reusedAfterAFlush_isFine() {
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, 5);
        scene.dropin(scene.cpu0, 3, 0, PAGE, 5);
        scene.unload(0);
        scene.driver.asidRetired(0, Scene.asid(0), 0);
        scene.remove(0, PAGE, 5);
        scene.driver.asidAssigned(0, Scene.asid(0), 1);
        assertThat(contract.violations()).isZero();
    }

    @Test
    void entry_ofAnyRegionCountsForItsBase() {
        scene.load(0);
        scene.device.entryWritten(0, 3, Scene.asid(0) + 7, PAGE, 5, Scene.KIB_4, true);
        scene.unload(0);
        scene.driver.asidAssigned(0, Scene.asid(0), 1);
        assertThat(contract.violations(Invariant.ENTRY_SURVIVED)).isEqualTo(1);
    }
}
