package grusim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch tells of the next change of its line, whatever changes it, and of no other line's. */
final class LineWatchesTest {
    private final PhysicalMemory memory = new PhysicalMemory(1, 1L << 20, true);
    private final LineWatches watches = memory.watches();
    private final int[] told = new int[2];
    private final int first = watches.listener(() -> told[0]++);
    private final int second = watches.listener(() -> told[1]++);

    @BeforeEach
    void watch() {
        watches.watch(first, 3, 127);
    }

    @Test
    void write_ofTheLine_tellsOnce() {
        memory.writeWord(3, 64, 1, 5);
        memory.writeWord(3, 64, 1, 6);
        assertThat(told).containsExactly(1, 0);
        assertThat(watches.count()).isZero();
    }

    @Test
    void write_besideTheLine_tellsNobody() {
        memory.writeWord(3, 56, 8, 5);
        memory.writeWord(3, 128, 8, 5);
        memory.writeWord(4, 64, 8, 5);
        memory.write(2, 0, new byte[4096], 0, 4096);
        assertThat(told).containsExactly(0, 0);
        memory.write(3, 0, new byte[65], 0, 65);
        assertThat(told).containsExactly(1, 0);
    }

    @Test
    void frameGivenAwayOrRefilled_tells() {
        memory.poison(3);
        watches.watch(first, 3, 64);
        memory.zero(3);
        watches.watch(first, 3, 64);
        memory.seed(3, 1, 1);
        watches.watch(first, 3, 64);
        memory.copyFrame(4, 3);
        watches.watch(first, 3, 64);
        memory.writeWord(4, 0, 8, 1);
        memory.copyFrame(4, 3);
        assertThat(told).containsExactly(5, 0);
    }

    @Test
    void everyListenerOfALine_isTold_andNobodyTwice() {
        watches.watch(first, 3, 64);
        watches.watch(second, 3, 100);
        assertThat(watches.count()).isEqualTo(2);
        memory.writeWord(3, 64, 8, 5);
        assertThat(told).containsExactly(1, 1);
    }

    @Test
    void snapshot_keepsWhoWatches() {
        watches.watch(second, 9, 0);
        Snapshot saved = Snapshot.of(memory, false);
        memory.writeWord(3, 64, 8, 5);
        saved.into(memory);
        assertThat(watches.count()).isEqualTo(2);
        memory.writeWord(9, 0, 8, 5);
        assertThat(told).containsExactly(1, 1);
    }
}
