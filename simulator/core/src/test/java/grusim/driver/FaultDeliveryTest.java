package grusim.driver;

import static grusim.driver.DriverCounter.INTR;
import static grusim.driver.DriverCounter.INTR_TFH;
import static grusim.driver.DriverCounter.TLB_DROPIN;
import static grusim.driver.DriverCounter.TLB_DROPIN_FAIL_UPM;
import static grusim.driver.DriverRig.NS;
import static grusim.driver.DriverRig.US;
import static grusim.driver.DriverRig.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Cpu;
import grusim.isa.InstructionStatus;
import grusim.linux.Mm;
import grusim.workload.ContextSpec.MissMode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who hears of a fault bit, when, and how many at once. */
final class FaultDeliveryTest {
    /** From the start of a load that misses to its fault bit: hub 60, decode 20, record 20. */
    private static final long BIT_PS = 100 * NS;

    private static ThreadState polled(DriverRig rig, Mm mm) {
        rig.driver.pollFaults(rig.cpu(5));
        ContextOptions options = new ContextOptions(4, 1024, MissMode.OS_POLLING);
        ThreadState gts = rig.driver.createThreadState(mm, rig.cpu(0), options);
        rig.call(rig.cpu(0), rig.driver.segmentFault(), gts.id);
        return gts;
    }

    private static Mm touched(DriverRig rig, int pages) {
        Mm mm = rig.mm(pages);
        for (int page = 0; page < pages; page++) {
            rig.touch(mm, page);
        }
        return mm;
    }

    /** Starts loads of pages 0, 1 .. on blocks 0, 1 .. after delays from now on. */
    private static void load(DriverRig rig, ThreadState gts, long... delaysPs) {
        for (int i = 0; i < delaysPs.length; i++) {
            rig.start(rig.cpu(8 + i), rig.load(rig.play().pause(delaysPs[i]), gts, i, address(i)));
        }
        rig.run();
        for (int i = 0; i < delaysPs.length; i++) {
            assertThat(rig.status(gts, i)).isEqualTo(InstructionStatus.IDLE);
        }
    }

    // ---- the polling thread ----

    @Test
    void polledMiss_waitsForTheNextScan() {
        DriverRig rig = new DriverRig("driver.polling.interval=7 us", "driver.polling.scanCost=300 ns");
        ThreadState gts = polled(rig, touched(rig, 1));
        long startPs = rig.engine.nowPs();
        Play user = rig.start(rig.cpu(0), rig.settled(rig.load(rig.play(), gts, 0, address(0)), gts, 0));
        rig.run();
        long scanPs = (startPs + BIT_PS + 7 * US - 1) / (7 * US) * (7 * US);
        // the scan 300, the handler 600, three levels of 25, the dropin 200, hub 60, write and restart 150 each, lookup
        // 4,
        // line 130, status 100
        assertThat(user.endPs() - scanPs).isEqualTo((300 + 600 + 75 + 200 + 60 + 150 + 150 + 4 + 130 + 100) * NS);
        assertThat(rig.count(INTR)).isZero();
        assertThat(rig.count(INTR_TFH)).isOne();
        assertThat(gts.fmmTlbMiss()).isOne();
        assertThat(rig.driver.statistics().scansServing(1)).isOne();
    }

    @Test
    void scan_servesAllBitsSetSinceTheLast() {
        DriverRig rig = new DriverRig("driver.polling.interval=100 us");
        ThreadState gts = polled(rig, touched(rig, 3));
        long sincePs = rig.engine.nowPs() % (100 * US);
        assertThat(sincePs).isLessThan(50 * US);
        load(rig, gts, 0, 20 * US, 100 * US);
        assertThat(rig.driver.statistics().scansServing(2)).isOne();
        assertThat(rig.driver.statistics().scansServing(1)).isOne();
        assertThat(rig.count(TLB_DROPIN)).isEqualTo(3);
    }

    @Test
    void pageThatIsNotThere_isTheUsersAffair() {
        DriverRig rig = new DriverRig();
        ThreadState gts = polled(rig, rig.mm(1));
        rig.start(rig.cpu(0), rig.load(rig.play(), gts, 0, address(0)));
        rig.run();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.CALL_OS);
        assertThat(rig.count(TLB_DROPIN_FAIL_UPM)).isOne();
        assertThat(rig.call(rig.cpu(0), rig.driver.callOs(), gts.id, 0)).isZero();
        assertThat(rig.status(gts, 0)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void blade_hasOnePollingThread() {
        DriverRig rig = new DriverRig();
        rig.driver.pollFaults(rig.cpu(5));
        assertThatThrownBy(() -> rig.driver.pollFaults(rig.cpu(6))).hasMessage("blade 0 has a polling thread");
    }

    // ---- interrupts ----

    private static void assertServed(DriverRig rig, long none, long one, long two) {
        assertThat(rig.driver.statistics().interruptsServing(0)).isEqualTo(none);
        assertThat(rig.driver.statistics().interruptsServing(1)).isEqualTo(one);
        assertThat(rig.driver.statistics().interruptsServing(2)).isEqualTo(two);
        assertThat(rig.count(INTR)).isEqualTo(none + one + two);
        assertThat(rig.count(INTR_TFH)).isEqualTo(one + 2 * two);
    }

    /** Two misses, the second's bit so long after the first's; the interrupt takes 1,500 and the map is read 200 later. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 1", // both before the delivery: one interrupt
        "1499, 0, 0, 1",
        "1501, 1, 0, 1", // the interrupt is taken, the map not yet read: another one comes and finds nothing
        "1699, 1, 0, 1",
        "1701, 0, 2, 0", // while the handler serves the first: another one comes for it
        "2300, 0, 2, 0",
    })
    void secondBit(long afterNs, long none, long one, long two) {
        DriverRig rig = new DriverRig();
        ThreadState gts = rig.loaded(touched(rig, 2), false);
        load(rig, gts, 0, afterNs * NS);
        assertServed(rig, none, one, two);
    }

    private static Set<String> takers(DriverRig rig) {
        Set<String> takers = new TreeSet<>();
        rig.engine.observer((agent, routine, pc) -> {
            if (routine.name().startsWith("gru_intr")) {
                takers.add(agent.name());
            }
        });
        return takers;
    }

    private static Set<String> takersOfAMiss(DriverRig rig, Cpu... users) {
        Mm mm = touched(rig, 1);
        Set<String> takers = takers(rig);
        for (Cpu user : users) {
            ThreadState gts = rig.thread(mm, user, 2, 1024, false);
            rig.call(user, rig.driver.segmentFault(), gts.id);
            rig.start(user, rig.settled(rig.load(rig.play(), gts, 0, address(0)), gts, 0));
            rig.run();
        }
        return takers;
    }

    @Test
    void hyperthreads_shareAMap_whoseInterruptsTheFirstTakes() {
        DriverRig rig = new DriverRig("machine.threadsPerCore=2");
        // CPUs 3 and 19 are the hyperthreads of core 3
        assertThat(takersOfAMiss(rig, rig.cpu(19), rig.cpu(3))).containsExactly("blade0.cpu3");
        assertThat(rig.count(INTR)).isEqualTo(2);
    }

    @Test
    void coresBeyondTheSixteenMaps_shareThoseOfOthers() {
        // two sockets of ten cores: core 8 of the first socket has the map of core 0 of the second
        DriverRig rig = new DriverRig("machine.coresPerSocket=10");
        assertThat(takersOfAMiss(rig, rig.cpu(10))).containsExactly("blade0.cpu8");
    }

    @ParameterizedTest
    @CsvSource({
        "8, 0, 0",
        "8, 7, 7",
        "8, 8, 8",
        "8, 15, 15",
        "4, 3, 3",
        "4, 4, 8",
        "4, 7, 11",
        "10, 9, 9",
        "10, 10, 8",
        "10, 18, 0"
    })
    void faultMap_isTheCoresNumberPlusEightPerSocket(int coresPerSocket, int core, int map) {
        DriverRig rig = new DriverRig("machine.coresPerSocket=" + coresPerSocket);
        assertThat(rig.driver.placement().faultMap(rig.cpu(core))).isEqualTo(map);
    }
}
