package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import grusim.engine.StateContract;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContractTest {
    private static final long PAGE = 0x5000;
    private static final int CB = 3;

    /** A scene in the middle of everything: a stale read, a dropin under way, a fault, stores, ends of lives. */
    private static Scene busy() {
        Scene scene = new Scene();
        busy(scene);
        return scene;
    }

    private static void busy(Scene scene) {
        scene.load(0);
        scene.load(1);
        for (int page = 0; page < 8; page++) {
            scene.map(scene.cpu0, 0, PAGE + 0x1000L * page, 20 + page);
            scene.dropin(scene.cpu0, page, 0, PAGE + 0x1000L * page, 20 + page);
            scene.store(page, 0, PAGE + 0x1000L * page + 100, 20 + page, page, page);
        }
        scene.read(scene.cpu1, 0, PAGE, 20);
        scene.read(scene.cpu1, 0, PAGE + 0x1000, 21);
        scene.command(scene.cpu1, CB, 0, PAGE + 0x1000, 21);
        scene.clear(scene.cpu2, 0, PAGE, 20);
        scene.vm.frameFreed(scene.cpu2, 20);
        scene.device.missRecorded(0, 0, CB, Scene.asid(0), PAGE, false);
        scene.device.faultBitSet(0, 0, CB);
        scene.driver.threadStateFreed(3);
        scene.vm.mmGone(scene.cpu0, 7);
        scene.vm.tableFreed(scene.cpu0, 2);
        scene.load(0, 0, PAGE, 20, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void state_roundTrips(boolean timed) {
        StateContract.assertRoundTrip(busy().contract, new Scene().contract, timed);
    }

    @Test
    void state_loadedElsewhere_judgesAlike() {
        Scene scene = busy();
        Scene twin = new Scene();
        Snapshot.of(scene.contract, false).into(twin.contract);
        for (Scene each : new Scene[] {scene, twin}) {
            long before = each.contract.violations();
            each.vm.rangeEnd(each.cpu2, 0, PAGE, PAGE + 0x1000); // 1: the entry of the first page lives
            each.unload(0); // 2: a fault is unanswered
            each.driver.threadStateUsed(3); // 3: was freed
            each.driver.asidAssigned(0, Scene.asid(0), 1); // 4: entries stand under it
            assertThat(each.contract.violations() - before).isEqualTo(4);
        }
    }

    @Test
    void state_inExploration_dependsOnWhatIsLeftNotOnHistory() {
        Scene one = new Scene();
        Scene other = new Scene();
        for (Scene each : new Scene[] {one, other}) {
            each.load(0);
            each.map(each.cpu0, 0, PAGE, 5);
            each.map(each.cpu0, 0, PAGE + 0x1000, 6);
        }
        one.dropin(one.cpu0, CB, 0, PAGE, 5);
        one.dropin(one.cpu0, CB, 0, PAGE + 0x1000, 6);
        other.dropin(other.cpu1, CB, 0, PAGE + 0x1000, 6);
        other.dropin(other.cpu1, CB, 0, PAGE, 5);
        other.remove(0, PAGE, 5);
        other.dropin(other.cpu1, CB + 1, 0, PAGE, 5);
        assertThat(Snapshot.of(one.contract, false)).isEqualTo(Snapshot.of(other.contract, false));
    }

    @Test
    void firstViolation_goesWithTheSnapshot() {
        Scene scene = new Scene(Engine.exploring(new SequentialMemory()), MemoryContent.MOST_PAGES);
        Snapshot before = Snapshot.of(scene.contract, false);
        assertThat(scene.contract.firstViolation()).isEmpty();
        scene.driver.threadStateFreed(1);
        scene.driver.threadStateUsed(1);
        Snapshot after = Snapshot.of(scene.contract, false);
        assertThat(scene.contract.firstViolation()).map(Violation::invariant).hasValue(Invariant.USED_AFTER_END);
        before.into(scene.contract);
        assertThat(scene.contract.firstViolation()).isEmpty();
        after.into(scene.contract);
        assertThat(scene.contract.firstViolation()).map(Violation::invariant).hasValue(Invariant.USED_AFTER_END);
    }

    @Test
    void violations_areCountedAllAndKeptInWordsAFewOfEachInvariant() {
        Scene scene = new Scene();
        scene.driver.threadStateFreed(1);
        for (int i = 0; i < 100; i++) {
            scene.driver.threadStateUsed(1);
        }
        scene.vm.tableReadAfterFree(scene.cpu0, 0);
        assertThat(scene.contract.violations()).isEqualTo(101);
        assertThat(scene.contract.checks()).isEqualTo(101);
        assertThat(scene.contract.kept()).hasSize(Findings.KEPT + 1);
    }

    @Test
    void steadyState_allocatesNothing() {
        Scene scene = new Scene();
        scene.load(0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        rounds(scene, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        rounds(scene, 20_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(scene.contract.violations()).isZero();
        assertThat(bytes).as("bytes of 20,000 rounds").isLessThan(20_000);
    }

    @Test
    void savingAndLoading_inExplorations_allocateNothing() {
        Scene scene = new Scene(Engine.exploring(new SequentialMemory()), MemoryContent.MOST_PAGES);
        busy(scene);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Snapshot first = Snapshot.of(scene.contract, false);
        Snapshot snapshot = new Snapshot(false);
        for (int i = 0; i < 5_000; i++) {
            snapshot.save(scene.contract);
            snapshot.into(scene.contract);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 5_000; i++) {
            snapshot.save(scene.contract);
            snapshot.into(scene.contract);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes of 5,000 rounds").isLessThan(10_000);
        assertThat(Snapshot.of(scene.contract, false)).isEqualTo(first);
    }

    @Test
    void whatIsListed_inExplorations_isWhatIsInUse() {
        Scene scene = new Scene(Engine.exploring(new SequentialMemory()), MemoryContent.MOST_PAGES);
        int idle = Snapshot.of(scene.contract, false).length();
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, 900);
        scene.dropin(scene.cpu0, CB, 0, PAGE, 900);
        scene.store(CB, 0, PAGE, 900, 1);
        scene.remove(0, PAGE, 900);
        scene.clear(scene.cpu1, 0, PAGE, 900);
        scene.vm.rangeEnd(scene.cpu1, 0, PAGE, PAGE + 0x1000);
        scene.vm.frameFreed(scene.cpu1, 900);
        scene.unload(0);
        scene.driver.asidRetired(0, Scene.asid(0), 0);
        assertThat(scene.contract.violations()).isZero();
        assertThat(Snapshot.of(scene.contract, false).length()).isEqualTo(idle).isLessThan(16);
    }

    /** Pages come, are used and go, as munmap with a good invalidate lets them. */
    private static void rounds(Scene scene, int count) {
        for (int i = 0; i < count; i++) {
            long vaddr = PAGE + 0x1000L * (i & 63);
            long pfn = 20L + (i & 63);
            scene.map(scene.cpu0, 0, vaddr, pfn);
            scene.device.missRecorded(0, 0, CB, Scene.asid(0), vaddr, true);
            scene.device.faultBitSet(0, 0, CB);
            scene.dropin(scene.cpu0, CB, 0, vaddr, pfn);
            scene.access(CB, 0, vaddr + 64, pfn, true, LINE);
            scene.access(CB, 0, vaddr + 64, pfn, false, LINE);
            scene.remove(0, vaddr, pfn);
            scene.unmap(scene.cpu1, 0, vaddr, pfn);
        }
    }

    private static final byte[] LINE = new byte[64];
}
