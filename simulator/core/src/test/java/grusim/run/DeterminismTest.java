package grusim.run;

import static grusim.run.RunRig.BUSY;
import static grusim.run.RunRig.STANDARD;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Snapshot;
import grusim.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class DeterminismTest {
    @Test
    void sameSpec_givesTheSameBytes() {
        assertThat(RunRig.json(STANDARD, BUSY)).isEqualTo(RunRig.json(STANDARD, BUSY));
    }

    @Test
    void busySpec_isBusy() {
        RunResult result = RunRig.run(BUSY);
        for (String counter : new String[] {
            "driver.intr_tfh",
            "driver.call_os",
            "driver.tlb_dropin_fail_upm",
            "driver.tlb_dropin_fail_range_active",
            "driver.mmu_invalidate_range",
            "driver.mmu_invalidate_page",
            "driver.flush_tlb_gru_tgh",
            "driver.asid_reuse",
            "device.evictions",
            "device.dropinsKilled",
            "vm.swappedIn",
            "vm.kswapdWakeups",
            "vm.munmaps",
            "vm.madvises",
            "vm.mprotects"
        }) {
            assertThat(result.counter(counter)).as(counter).isPositive();
        }
    }

    @Test
    void anotherSeed_givesAnotherRun() {
        RunResult one = RunRig.run(BUSY);
        RunResult other = RunRig.run(BUSY, "seed=2");
        assertThat(other.eventHash()).isNotEqualTo(one.eventHash());
        assertThat(other.seed()).isEqualTo(2);
    }

    @Test
    void runAhead_changesNothing() {
        String ahead = RunRig.json(new RunOptions("test", true, true), BUSY);
        assertThat(RunRig.json(new RunOptions("test", true, false), BUSY)).isEqualTo(ahead);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 0x7fffffffffffffffL, -1})
    void runAhead_changesNothing_inOtherOrdersEither(long ties) {
        RunOptions ahead = new RunOptions("test", true, true).withTies(ties);
        RunOptions queued = new RunOptions("test", true, false).withTies(ties);
        String shuffled = RunRig.json(ahead, BUSY);
        assertThat(RunRig.json(queued, BUSY)).isEqualTo(shuffled);
        assertThat(shuffled).isNotEqualTo(RunRig.json(RunRig.STANDARD, BUSY));
    }

    @Test
    void samplingInterval_changesNoEvent() {
        assertThat(RunRig.run(BUSY, "run.sampleInterval=7 us").eventHash())
                .isEqualTo(RunRig.run(BUSY).eventHash());
    }

    @Test
    void contract_onlyWatches() {
        RunResult with = RunRig.run(new RunOptions("test", true, true), BUSY);
        RunResult without = RunRig.run(new RunOptions("test", false, true), BUSY);
        assertThat(without.eventHash()).isEqualTo(with.eventHash());
        assertThat(without.simulatedPs()).isEqualTo(with.simulatedPs());
        assertThat(without.counters()).isEqualTo(with.counters());
    }

    @Test
    void elidedData_keepsTheTiming() {
        // no chase: where a pointer leads is data
        String spec = RunRig.oneThread("""
                {"name": "a", "size": "64 KiB", "content": {"seed": 1}}, {"name": "b", "size": "64 KiB"}""", """
                {"op": "vload", "region": "a", "count": 100, "pattern": {"kind": "uniform"}},
                {"op": "bcopy", "from": "a", "to": "b", "bufsize": 32},
                {"op": "gamir", "exopc": "inc", "region": "b", "count": 5}""", "");
        RunResult elided = RunRig.run(spec, "run.data=elided");
        RunResult functional = RunRig.run(spec);
        assertThat(elided.eventHash()).isEqualTo(functional.eventHash());
        assertThat(elided.counters()).isEqualTo(functional.counters());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000, 60_000_000, 150_000_000, 400_000_000, 1_000_000_000})
    void snapshot_goesOnAsIfNothingHadHappened(long atPs) {
        Simulation whole = RunRig.build(BUSY);
        whole.engine().timed().run(Long.MAX_VALUE);
        assertThat(whole.ended()).isTrue();

        Simulation first = RunRig.build(BUSY);
        first.engine().timed().run(atPs);
        Snapshot saved = Snapshot.of(first.engine(), true);
        Simulation second = RunRig.build(BUSY);
        saved.into(second.engine());
        assertThat(Snapshot.of(second.engine(), true)).isEqualTo(saved);
        second.engine().timed().run(2 * whole.engine().nowPs());

        assertThat(second.ended()).isTrue();
        assertThat(second.engine().nowPs()).isEqualTo(whole.engine().nowPs());
        assertThat(second.engine().steps()).isEqualTo(whole.engine().steps());
        assertThat(second.engine().eventHash()).isEqualTo(whole.engine().eventHash());
        assertThat(Snapshot.of(second.engine(), true)).isEqualTo(Snapshot.of(whole.engine(), true));
    }

    @Test
    void snapshotAfterAThreadEnded_remembersIt() {
        String spec = """
                {
                  "name": "two",
                  "processes": [
                    {
                      "name": "p",
                      "regions": [{"name": "r", "size": "64 KiB"}],
                      "threads": [
                        {"name": "short", "program": [{"op": "vload", "region": "r"}]},
                        {"name": "long", "program": [{"op": "vload", "region": "r", "count": 200}, {"op": "barrier"}]}
                      ]
                    }
                  ]
                }
                """;
        Simulation whole = RunRig.build(spec);
        whole.engine().timed().run(Long.MAX_VALUE);
        Simulation first = RunRig.build(spec);
        first.engine().timed().run(40_000_000);
        assertThat(first.thread(0).gts.loaded()).as("the short one has ended").isFalse();
        assertThat(first.ended()).isFalse();
        Simulation second = RunRig.build(spec);
        Snapshot.of(first.engine(), true).into(second.engine());
        second.engine().timed().run(2 * whole.engine().nowPs());
        assertThat(second.ended()).isTrue();
        assertThat(second.engine().eventHash()).isEqualTo(whole.engine().eventHash());
    }
}
