package grusim.linux;

import static grusim.linux.VmRig.NS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages of the broadcast assist units between two hubs: even CPUs are on hub 0, odd ones on hub 1. A message arrives
 * after 1,000 ns, is handled within 500, and its sender polls every 100 ns from the arrival on, so that it sees an
 * acknowledgement of one instant at the next.
 */
final class BauTest {
    private static final String BAU = "kernel.shootdown=uv-bau";
    private static final String SLOW = "kernel.bau.handlerCost=5 us";

    @Test
    void message_takesItsWayTheHandlersAndThePoll() {
        FlushRig rig = new FlushRig(2, 4, BAU).mask(1);
        assertThat(rig.flushAlone(0)).isEqualTo(1000 + 500 + 100);
        assertThat(rig.count(VmCounter.BAU_SENDS)).isEqualTo(1);
        assertThat(rig.count(VmCounter.BAU_HUBS)).isEqualTo(1);
        assertThat(rig.count(VmCounter.BAU_MESSAGES_HANDLED)).isEqualTo(1);
        assertThat(rig.count(VmCounter.IPIS_SENT)).isZero();
        assertThat(rig.rig.kernel.shootdownDurations().sumPs()).isEqualTo(1600 * NS);
    }

    @Test
    void everyCpuOfAHub_handlesTheMessageAndTheLastAcknowledges() {
        FlushRig rig = new FlushRig(2, 6, BAU).mask(1, 3);
        // runs another address space
        rig.rig.kernel.createMm().runsOn(rig.cpus[5]);
        rig.deaf(5, 4_000);
        assertThat(rig.flushAlone(0)).isEqualTo(4_000 + 500 + 100);
        assertThat(rig.count(VmCounter.BAU_MESSAGES_HANDLED)).isEqualTo(3);
    }

    @Test
    void cpusOfTheOwnHub_areInterruptedAfterwards() {
        FlushRig rig = new FlushRig(2, 4, BAU).mask(0, 1, 2);
        assertThat(rig.flushAlone(0)).isEqualTo(1600 + 2700);
        assertThat(rig.count(VmCounter.IPIS_SENT)).isEqualTo(1);
    }

    @Test
    void ownHubAlone_sendsNothing() {
        FlushRig rig = new FlushRig(2, 4, BAU).mask(0, 2);
        assertThat(rig.flushAlone(0)).isEqualTo(2700);
        assertThat(rig.count(VmCounter.BAU_SENDS)).isZero();
    }

    @Test
    void oneMessage_goesToAllHubsAtOnce() {
        FlushRig rig = new FlushRig(8, 8, BAU).mask(1, 2, 3, 4, 5, 6, 7);
        assertThat(rig.flushAlone(0)).isEqualTo(1600);
        assertThat(rig.count(VmCounter.BAU_SENDS)).isEqualTo(1);
        assertThat(rig.count(VmCounter.BAU_HUBS)).isEqualTo(7);
    }

    /** The message to hub 1 holds its only resource until 6,000 ns; the other is sent again 10 us after it was refused. */
    @ParameterizedTest
    @CsvSource({"1, 1, 16100", "2, 0, 11100"})
    void hubWithoutResource_isSentToAgain(int resources, int plugged, long secondNs) {
        FlushRig rig = new FlushRig(2, 4, BAU, SLOW, "kernel.bau.ackResources=" + resources).mask(1);
        rig.flush(0, 0).flush(2, 0).run();
        assertThat(rig.endedNs(0)).isEqualTo(1000 + 5000 + 100);
        // one CPU handles both messages, one after the other
        assertThat(rig.endedNs(2)).isEqualTo(secondNs);
        assertThat(rig.count(VmCounter.BAU_PLUGGED)).isEqualTo(plugged);
    }

    /** CPU 1 is deaf until 100 us and the only resource taken: refused at 1, 11 and 21 us, the sender gives up. */
    @Test
    void tooManyRefusals_endInInterrupts() {
        FlushRig rig = new FlushRig(2, 4, BAU, "kernel.bau.ackResources=1", "kernel.bau.pluggedLimit=3").mask(1);
        rig.deaf(1, 100_000).flush(0, 0).flush(2, 0).run();
        assertThat(rig.count(VmCounter.BAU_PLUGGED)).isEqualTo(3);
        assertThat(rig.count(VmCounter.BAU_GIVE_UPS)).isEqualTo(1);
        assertThat(rig.count(VmCounter.BAU_FALLBACKS)).isEqualTo(1);
        assertThat(rig.count(VmCounter.BAU_RESETS)).isZero();
        assertThat(rig.count(VmCounter.IPIS_SENT)).isEqualTo(1);
        // the interrupt comes first on its CPU, then the message
        assertThat(rig.endedNs(2)).isEqualTo(100_000 + 500);
        assertThat(rig.endedNs(0)).isEqualTo(100_000 + 500 + 500 + 100);
    }

    private static FlushRig timedOut(String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = BAU;
        all[1] = "kernel.bau.destinationTimeout=50 us";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return new FlushRig(2, 4, all).mask(1);
    }

    @ParameterizedTest
    @CsvSource({"50400, 0", "50600, 1"})
    void slowHub_timesOut(long deafUntilNs, int timeouts) {
        FlushRig rig = timedOut().deaf(1, deafUntilNs);
        rig.flushAlone(0);
        assertThat(rig.count(VmCounter.BAU_TIMEOUTS)).isEqualTo(timeouts);
        assertThat(rig.count(VmCounter.BAU_RESETS)).isEqualTo(timeouts);
        assertThat(rig.count(VmCounter.BAU_FALLBACKS)).isEqualTo(timeouts);
    }

    /** Arrives at 1 us, times out at 51, is reset for 2.7 us, interrupts for 2.7 us and waits for the deaf CPU. */
    @Test
    void timeout_resetsThrottlesAndInterrupts() {
        FlushRig rig = timedOut().deaf(1, 200_000);
        assertThat(rig.flushAlone(0)).isEqualTo(200_000 + 500);
        assertThat(rig.count(VmCounter.IPI_WAIT)).isEqualTo((200_500 - 51_000 - 2700 - 2700) * NS);
        assertThat(limit(rig, 0)).isEqualTo(1);
        assertThat(limit(rig, 1)).isEqualTo(3);
    }

    private static int limit(FlushRig rig, int hub) {
        return rig.rig.kernel.shootdown().bau().throttle(hub).limit();
    }

    @Test
    void successesInARow_raiseTheLimitAgain() {
        FlushRig rig = timedOut().deaf(1, 200_000);
        rig.flushAlone(0);
        for (int i = 0; i < 5; i++) {
            rig.flushAlone(i % 2 * 2);
            assertThat(limit(rig, 0)).isEqualTo(1);
        }
        rig.flushAlone(0);
        assertThat(limit(rig, 0)).isEqualTo(2);
        for (int i = 0; i < 12; i++) {
            rig.flushAlone(0);
        }
        assertThat(limit(rig, 0)).isEqualTo(3);
    }

    @Test
    void messageThatWasReset_keepsItsPlaceUntilItIsSeen() {
        FlushRig rig = timedOut("kernel.bau.queueEntries=1").deaf(1, 200_000);
        rig.flush(0, 0).flush(2, 99_000).run();
        // refused every 10 us from 100 to 200 us; the CPU sees the old message after the interrupt, from 200,500 ns on
        assertThat(rig.count(VmCounter.BAU_PLUGGED)).isEqualTo(11);
        assertThat(rig.endedNs(2)).isEqualTo(210_000 + 500 + 100);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 12200", "2, 0, 11100"})
    void hubThatHasTooManyUnderWay_waits(int concurrent, int throttled, long secondNs) {
        FlushRig rig = new FlushRig(2, 4, BAU, SLOW, "kernel.bau.concurrentSends=" + concurrent).mask(1);
        rig.flush(0, 0).flush(2, 0).run();
        assertThat(rig.count(VmCounter.BAU_THROTTLED)).isEqualTo(throttled);
        assertThat(rig.endedNs(2)).isEqualTo(secondNs);
    }

    /** Each response takes 1,600 ns. */
    @ParameterizedTest
    @CsvSource({"1600, 0", "1599, 1"})
    void slowMeanResponse_disablesTheUnits(long limitNs, int disabled) {
        FlushRig rig = new FlushRig(
                        2,
                        4,
                        BAU,
                        "kernel.bau.congestedSends=3",
                        "kernel.bau.congestedResponse=" + limitNs + " ns",
                        "kernel.bau.disabledTime=100 us")
                .mask(1);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.count(VmCounter.BAU_DISABLED)).isZero();
            rig.flushAlone(0);
        }
        assertThat(rig.count(VmCounter.BAU_DISABLED)).isEqualTo(disabled);
        assertThat(rig.flushAlone(2)).isEqualTo(disabled == 0 ? 1600 : 2700);
        assertThat(rig.count(VmCounter.BAU_FALLBACKS)).isEqualTo(disabled);
        rig.flush(2, 100_000).run();
        assertThat(rig.count(VmCounter.BAU_FALLBACKS)).isEqualTo(disabled);
    }

    @Test
    void giveUps_disableTheUnits() {
        FlushRig rig = timedOut("kernel.bau.giveUpLimit=2").deaf(1, 400_000);
        rig.flush(0, 0).flush(2, 60_000).flush(3, 200_000).run();
        assertThat(rig.count(VmCounter.BAU_GIVE_UPS)).isEqualTo(2);
        assertThat(rig.count(VmCounter.BAU_DISABLED)).isEqualTo(1);
        assertThat(rig.count(VmCounter.BAU_SENDS)).isEqualTo(2);
        assertThat(rig.count(VmCounter.BAU_FALLBACKS)).isEqualTo(3);
    }

    @Test
    void hubsThatFlushEachOther_bothGetThrough() {
        FlushRig rig = new FlushRig(2, 2, BAU).mask(0, 1);
        rig.flush(0, 0).flush(1, 0).run();
        // either handles the other's message for 500 ns while it polls
        assertThat(rig.endedNs(0)).isBetween(1600L, 2100L);
        assertThat(rig.endedNs(1)).isBetween(1600L, 2100L);
    }
}
