package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ContextLivesTest {
    private static final long PAGE = 0x1000;
    private static final int CB = 7;

    private final Scene scene = new Scene();
    private final Contract contract = scene.contract;

    private void miss() {
        scene.device.missRecorded(0, 0, CB, Scene.asid(0), PAGE, false);
    }

    private void assertUnloadedWithFault(long count) {
        assertThat(contract.violations(Invariant.UNLOADED_WITH_FAULT)).isEqualTo(count);
        assertThat(contract.violations()).isEqualTo(count);
    }

    @Test
    void deallocation_withAFaultBitUnanswered_violates() {
        scene.load(0);
        miss();
        scene.device.faultBitSet(0, 0, CB);
        scene.unload(0);
        assertUnloadedWithFault(1);
        Violation violation = contract.firstViolation().orElseThrow();
        assertThat(violation.first()).isEqualTo(new Deed(0, "gru0.cbr7", "set its fault-map bit"));
        assertThat(violation.second()).isEqualTo(new Deed(0, "the driver", "deallocated context 0 of gru0"));
    }

    @ParameterizedTest
    @EnumSource(
            value = TfhOpcode.class,
            names = {"RESTART", "WRITE_RESTART", "EXCEPTION", "USER_POLLING_MODE"})
    void deallocation_afterTheAnswer_isFine(TfhOpcode answer) {
        scene.load(0);
        miss();
        scene.device.faultBitSet(0, 0, CB);
        scene.device.faultAnswered(0, 0, CB, answer);
        scene.unload(0);
        assertUnloadedWithFault(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = TfhOpcode.class,
            names = {"NOOP", "WRITE_ONLY"})
    void deallocation_afterACommandThatLeavesTheMiss_violates(TfhOpcode command) {
        scene.load(0);
        miss();
        scene.device.faultBitSet(0, 0, CB);
        scene.device.faultAnswered(0, 0, CB, command);
        scene.unload(0);
        assertUnloadedWithFault(1);
    }

    @Test
    void deallocation_withAMissThatWaitsForItsUser_isFine() {
        scene.load(0);
        miss();
        scene.unload(0);
        assertUnloadedWithFault(0);
    }

    @Test
    void faultBit_ofAMissAnsweredAlready_isNoFault() {
        scene.load(0);
        miss();
        scene.device.faultAnswered(0, 0, CB, TfhOpcode.WRITE_RESTART);
        scene.device.faultBitSet(0, 0, CB);
        scene.unload(0);
        assertUnloadedWithFault(0);
    }

    @Test
    void deallocation_withAFaultOfAnotherContext_isFine() {
        scene.load(0);
        scene.load(1);
        miss();
        scene.device.faultBitSet(0, 0, CB);
        scene.unload(1);
        assertUnloadedWithFault(0);
    }

    @Test
    void access_byAContextThatIsNotStarted_violates() {
        scene.map(scene.cpu0, 0, PAGE, 5);
        scene.bind(0);
        scene.device.contextCommanded(0, 0, CchOpcode.ALLOCATE);
        scene.load(CB, 0, PAGE, 5, 0);
        assertThat(contract.violations(Invariant.TRAFFIC_UNLOADED)).isEqualTo(1);
        scene.device.contextCommanded(0, 0, CchOpcode.START);
        scene.load(CB, 0, PAGE, 5, 0);
        assertThat(contract.violations()).isEqualTo(1);
    }

    @Test
    void access_betweenInterruptAndDeallocation_isFineAndNotAfterIt() {
        scene.map(scene.cpu0, 0, PAGE, 5);
        scene.load(0);
        scene.device.contextCommanded(0, 0, CchOpcode.INTERRUPT_SYNC);
        scene.load(CB, 0, PAGE, 5, 0); // traffic that was under way
        assertThat(contract.violations()).isZero();
        scene.device.contextCommanded(0, 0, CchOpcode.DEALLOCATE);
        scene.load(CB, 0, PAGE, 5, 0);
        assertThat(contract.violations(Invariant.TRAFFIC_UNLOADED)).isEqualTo(1);
        assertThat(contract.kept().get(0).text())
                .isEqualTo("point 3, no access to memory by a context that is not loaded: the driver left context 0 of"
                        + " gru0 inactive at 0 ps; then gru0.cbr7 accessed memory at 0x1000 at 0 ps");
    }
}
