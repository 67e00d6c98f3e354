package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.LockName;
import grusim.engine.SequentialMemory;
import grusim.engine.Shared;
import grusim.engine.Snapshot;
import grusim.engine.StateContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockOrderTest {
    private static final boolean ALONE = true;
    private static final boolean SHARED = false;

    private final Scene scene = new Scene();
    private final Shared sem = lock(scene, "mm0.mmap_sem");
    private final Shared context = lock(scene, "gts0 ts_ctxlock");
    private final Shared asid = lock(scene, "chiplet0 gs_asid_lock");

    private static Shared lock(Scene scene, String name) {
        return scene.engine.cell(name, 0);
    }

    private void take(Agent agent, Shared lock, boolean alone) {
        scene.contract.locks().locked(agent, lock, alone);
    }

    private void tryTake(Agent agent, Shared lock, boolean alone) {
        scene.contract.locks().taken(agent, lock, alone);
    }

    private void release(Agent agent, Shared... locks) {
        for (Shared lock : locks) {
            scene.contract.locks().released(agent, lock);
        }
    }

    /** An agent takes two locks, one under the other, and gives them back. */
    private void nest(Agent agent, Shared outer, boolean outerAlone, Shared inner, boolean innerAlone) {
        take(agent, outer, outerAlone);
        take(agent, inner, innerAlone);
        release(agent, inner, outer);
    }

    private void assertInversions(long count) {
        assertThat(scene.contract.violations(Invariant.LOCK_ORDER)).isEqualTo(count);
        assertThat(scene.contract.violations()).isEqualTo(count);
    }

    @Test
    void kinds_areTheEndsOfNames() {
        assertThat(LockName.kind("mm12.mmap_sem")).isEqualTo("mmap_sem");
        assertThat(LockName.kind("gts3 ts_ctxlock")).isEqualTo("ts_ctxlock");
        assertThat(LockName.kind("gru0.tgh3")).isEqualTo("tgh");
        assertThat(LockName.kind("gru0.cch15")).isEqualTo("cch");
    }

    @Test
    void twoOrders_areAViolationThatNamesBoth() {
        nest(scene.cpu0, context, ALONE, asid, ALONE);
        assertInversions(0);
        nest(scene.cpu1, asid, ALONE, context, ALONE);
        assertInversions(1);
        assertThat(scene.contract.kept().get(0).text())
                .isEqualTo("point 5, locks are taken in one order: cpu0 wanted chiplet0 gs_asid_lock while it held gts0"
                        + " ts_ctxlock at 0 ps; then cpu1 wanted gts0 ts_ctxlock while it held chiplet0 gs_asid_lock"
                        + " (gs_asid_lock before ts_ctxlock before gs_asid_lock) at 0 ps");
        nest(scene.cpu2, asid, ALONE, context, ALONE);
        assertInversions(1);
    }

    @Test
    void kindsCount_notSingleLocks() {
        nest(scene.cpu0, context, ALONE, asid, ALONE);
        nest(scene.cpu1, lock(scene, "chiplet1 gs_asid_lock"), ALONE, lock(scene, "gts1 ts_ctxlock"), ALONE);
        assertInversions(1);
    }

    @Test
    void oneOrder_isNone() {
        nest(scene.cpu0, context, ALONE, asid, ALONE);
        nest(scene.cpu1, context, ALONE, asid, ALONE);
        take(scene.cpu1, asid, ALONE);
        release(scene.cpu1, asid);
        take(scene.cpu1, context, ALONE);
        assertInversions(0);
    }

    @Test
    void oneAgentsTwoOrders_areNone_untilAnotherDoesTheSame() {
        nest(scene.cpu0, context, ALONE, asid, ALONE);
        nest(scene.cpu0, asid, ALONE, context, ALONE);
        assertInversions(0);
        nest(scene.cpu1, context, ALONE, asid, ALONE);
        assertInversions(1);
    }

    @Test
    void aTry_isNoEdge_butHolds() {
        nest(scene.cpu0, context, ALONE, asid, ALONE);
        take(scene.cpu1, asid, ALONE);
        tryTake(scene.cpu1, context, ALONE);
        release(scene.cpu1, context, asid);
        assertInversions(0);
        tryTake(scene.cpu1, asid, ALONE);
        take(scene.cpu1, context, ALONE);
        assertInversions(1);
    }

    @Test
    void threeOrders_closeACycle() {
        nest(scene.cpu0, sem, ALONE, context, ALONE);
        nest(scene.cpu1, context, ALONE, asid, ALONE);
        assertInversions(0);
        nest(scene.cpu2, asid, ALONE, sem, ALONE);
        assertInversions(1);
        assertThat(scene.contract.kept().get(0).text())
                .contains("(gs_asid_lock before mmap_sem before ts_ctxlock before gs_asid_lock)");
    }

    @Test
    void sharedHolders_passEachOther_unlessAThirdWaitsToHoldAlone() {
        nest(scene.cpu0, sem, SHARED, context, ALONE);
        nest(scene.cpu1, context, ALONE, sem, SHARED);
        assertInversions(0);
        take(scene.cpu1, sem, ALONE); // one of the two: it cannot wait twice
        release(scene.cpu1, sem);
        assertInversions(0);
        take(scene.cpu2, sem, ALONE);
        assertInversions(1);
        assertThat(scene.contract.kept().get(0).second().text())
                .isEqualTo(
                        "cpu2 wanted mm0.mmap_sem for itself alone, which keeps shared holders out (ts_ctxlock before"
                                + " mmap_sem before ts_ctxlock) at 0 ps");
    }

    @Test
    void sharedHolders_areKeptOut_byAWriterHeardOfBefore() {
        take(scene.cpu2, sem, ALONE);
        release(scene.cpu2, sem);
        nest(scene.cpu0, sem, SHARED, context, ALONE);
        nest(scene.cpu1, context, ALONE, sem, SHARED);
        assertInversions(1);
    }

    @Test
    void aCommonLockHeldAlone_keepsTheOrdersApart() {
        for (Agent agent : List.of(scene.cpu0, scene.cpu1)) {
            boolean first = agent == scene.cpu0;
            take(agent, sem, ALONE);
            nest(agent, first ? context : asid, ALONE, first ? asid : context, ALONE);
            release(agent, sem);
        }
        assertInversions(0);
        take(scene.cpu2, sem, SHARED); // keeps nobody out who shares it
        nest(scene.cpu2, asid, ALONE, context, ALONE);
        assertInversions(0);
        nest(scene.cpu0, context, ALONE, asid, ALONE);
        assertInversions(1);
    }

    @Test
    void oneLockTwice_shared_isAViolationOnceAnotherWantsItAlone() {
        nest(scene.cpu0, sem, SHARED, sem, SHARED);
        nest(scene.cpu1, lock(scene, "mm1.mmap_sem"), ALONE, context, ALONE); // another address space's
        assertInversions(0);
        take(scene.cpu1, sem, ALONE);
        assertInversions(1);
        assertThat(scene.contract.kept().get(0).text())
                .endsWith(
                        "cpu0 wanted mm0.mmap_sem (shared) while it held mm0.mmap_sem (shared) at 0 ps; then cpu1 wanted"
                                + " mm0.mmap_sem for itself alone, which lets neither go on at 0 ps");
    }

    @Test
    void oneLockTwice_shared_isAViolationBehindAWriter() {
        take(scene.cpu0, sem, ALONE); // its own writes keep nobody from itself
        release(scene.cpu0, sem);
        nest(scene.cpu0, sem, SHARED, sem, SHARED);
        assertInversions(0);
        take(scene.cpu1, sem, ALONE);
        release(scene.cpu1, sem);
        assertInversions(1);
        nest(scene.cpu0, sem, SHARED, sem, SHARED);
        assertInversions(1);
    }

    @Test
    void oneLockTwice_alone_isAViolationAtOnce() {
        take(scene.cpu0, context, ALONE);
        scene.contract.locks().wanted(scene.cpu0, context, ALONE);
        assertInversions(1);
    }

    @Test
    void aDowngrade_leavesALockShared() {
        take(scene.cpu2, sem, ALONE);
        release(scene.cpu2, sem);
        take(scene.cpu0, sem, ALONE);
        tryTake(scene.cpu0, sem, SHARED);
        take(scene.cpu0, context, ALONE);
        release(scene.cpu0, context, sem);
        assertThat(scene.contract.kept()).isEmpty();
        nest(scene.cpu1, context, ALONE, sem, SHARED);
        assertThat(scene.contract.kept().get(0).first().text()).contains("while it held mm0.mmap_sem (shared)");
    }

    @Test
    void state_knowsWhatWasSeen() {
        nest(scene.cpu0, context, ALONE, asid, ALONE);
        nest(scene.cpu0, sem, SHARED, sem, SHARED);
        take(scene.cpu1, asid, ALONE);
        Scene twin = new Scene();
        lock(twin, "mm0.mmap_sem");
        lock(twin, "gts0 ts_ctxlock");
        lock(twin, "chiplet0 gs_asid_lock");
        StateContract.assertRoundTrip(scene.contract, twin.contract, true);
        twin.contract.locks().wanted(twin.cpu1, twin.engine.shared(context.id()), ALONE);
        twin.contract.locks().wanted(twin.cpu2, twin.engine.shared(sem.id()), ALONE);
        assertThat(twin.contract.violations(Invariant.LOCK_ORDER)).isEqualTo(2);
    }

    @Test
    void explorations_judgeNoOrder_andKeepWhoHoldsWhat() {
        Scene exploring = new Scene(Engine.exploring(new SequentialMemory()), MemoryContent.MOST_PAGES);
        Snapshot free = Snapshot.of(exploring.contract, false);
        Shared one = lock(exploring, "a");
        Shared other = lock(exploring, "b");
        exploring.contract.locks().wanted(exploring.cpu0, one, ALONE);
        exploring.contract.locks().taken(exploring.cpu0, one, ALONE);
        assertThat(Snapshot.of(exploring.contract, false)).isNotEqualTo(free);
        exploring.contract.locks().wanted(exploring.cpu0, other, ALONE);
        exploring.contract.locks().taken(exploring.cpu1, other, ALONE);
        exploring.contract.locks().wanted(exploring.cpu1, one, ALONE);
        assertThat(exploring.contract.violations()).isZero();
        exploring.contract.locks().released(exploring.cpu0, one);
        exploring.contract.locks().released(exploring.cpu1, other);
        assertThat(Snapshot.of(exploring.contract, false)).isEqualTo(free);
    }
}
