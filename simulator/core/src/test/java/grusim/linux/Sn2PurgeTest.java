package grusim.linux;

import static grusim.linux.VmRig.NS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Purges through the hubs of four nodes with one CPU each: a lock 20 ns, a write every 50 ns, done after 600 ns. */
final class Sn2PurgeTest {
    private static final String SN2 = "kernel.shootdown=sn2";

    @Test
    void onlyUser_purgesItsOwnTlb() {
        FlushRig rig = new FlushRig(4, 4, SN2).mask(0);
        assertThat(rig.flushAlone(0)).isEqualTo(100);
        assertThat(rig.count(VmCounter.PURGES_LOCAL)).isEqualTo(1);
        assertThat(rig.count(VmCounter.PURGE_WRITES)).isZero();
    }

    @Test
    void cpuOutsideTheMask_purgesTheOnlyUsersNode() {
        FlushRig rig = new FlushRig(4, 4, SN2).mask(1);
        assertThat(rig.flushAlone(0)).isEqualTo(20 + 600 + 20);
        assertThat(rig.count(VmCounter.PURGES_GLOBAL)).isEqualTo(1);
        assertThat(rig.count(VmCounter.PURGE_WRITES)).isEqualTo(1);
    }

    @Test
    void everyNodeOfTheMask_isWrittenOnce() {
        FlushRig rig = new FlushRig(4, 7, SN2).mask(0, 1, 4, 5, 2, 6, 3);
        // the last of four writes is issued 3 * 50 ns after the first
        assertThat(rig.flushAlone(0)).isEqualTo(20 + 150 + 600 + 20);
        assertThat(rig.count(VmCounter.PURGE_WRITES)).isEqualTo(4);
        assertThat(rig.count(VmCounter.PURGE_WINDOW_WAIT)).isZero();
        assertThat(rig.count(VmCounter.IPIS_SENT)).isZero();
    }

    /** With two outstanding the third write waits from 120 to 620 ns; the fourth finds the second done at 670. */
    @ParameterizedTest
    @CsvSource({"4, 790, 0", "3, 1240, 450", "2, 1290, 500", "1, 2440, 1650"})
    void outstandingWrites_areLimited(int outstanding, long ns, long waitedNs) {
        FlushRig rig = new FlushRig(4, 4, SN2, "kernel.sn2.writesOutstanding=" + outstanding).mask(0, 1, 2, 3);
        assertThat(rig.flushAlone(0)).isEqualTo(ns);
        assertThat(rig.count(VmCounter.PURGE_WINDOW_WAIT)).isEqualTo(waitedNs * NS);
    }

    /**
     * Under one lock the second begins when the first has seen its writes done, at 770 ns. Under a lock per node both write
     * at the same times, and each write of the second waits 100 ns for the first's.
     */
    @ParameterizedTest
    @CsvSource({"global, 1560, 1", "node, 890, 0"})
    void lock_isTheMachinesOrTheNodes(String lock, long secondNs, long waits) {
        FlushRig rig = new FlushRig(4, 4, SN2, "kernel.sn2.lock=" + lock).mask(0, 1, 2, 3);
        rig.flush(0, 0).flush(1, 0).run();
        assertThat(rig.endedNs(0)).isEqualTo(790);
        assertThat(rig.endedNs(1)).isEqualTo(secondNs);
        assertThat(rig.count(VmCounter.SPINLOCK_WAITS)).isEqualTo(waits);
    }

    @Test
    void maskedInterrupts_delayNobody() {
        FlushRig rig = new FlushRig(4, 4, SN2).mask(0, 1).deaf(1, 1_000_000);
        rig.flush(0, 0).run();
        assertThat(rig.endedNs(0)).isEqualTo(20 + 50 + 600 + 20);
    }
}
