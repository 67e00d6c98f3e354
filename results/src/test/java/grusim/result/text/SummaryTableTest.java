package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.BusyRun;
import grusim.result.ExampleRun;
import grusim.result.HostFacts;
import grusim.result.McsTiming;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import grusim.result.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTableTest {
    private static final HostFacts HOST =
            new HostFacts("2026-01-01T00:00:00Z", 812_000_000L, 1_234_567, 1, "jdk", "os", "amd64", 2);

    @Test
    void render_ofTheExample() {
        assertThat(SummaryTable.render(ExampleRun.small(), null, false)).isEqualTo("""
                        example  grusim 0.1.0, seed 7
                        2.5 ns simulated, 42 events, hash 000000000000cafe
                        throughput  8,000,000,000 instructions/s

                        contract  1 violated of 9 checks
                          - frame 5 read after its free
                        data      ok  4 checks

                        latency            count      mean     p50  p90  p99  p99.9   max
                        instruction.vload     20  10.5ns *  10ns *    -    -      -  20ns
                        dropin.interrupt       2  1.75ns *       -    -    -      -   2ns
                        * no interval: fewer than 128 samples in one run; 5 replications give one

                        instruction time  count     mean  of which
                        vload                20  10.5 ns  71% service, 29% miss detect

                        top reasons for waiting  of all time  in total  mostly in
                        service                          71%    150 ns  vload
                        miss detect                      29%     60 ns  vload

                        driver
                        tlb_dropin                                       2

                        memory
                        bytes_copied                               1.5 MiB

                        all counters at zero: vm (1)

                        control command  count  average  maximum
                        tgh_invalidate       2     2 us   2.5 us

                        Counts and times of commands are exact for one run, without interval: see --replications.
                        """);
    }

    @Test
    void render_ofReplications_hasIntervalsInEveryTable() {
        // 2, 4, 6 dropins: 4 +- 4.968 (Student's t for 2 degrees of freedom is 4.3027), 125% of 4, rounded up.
        List<RunResult> runs = new ArrayList<>();
        for (long i = 1; i <= 3; i++) {
            runs.add(RunResult.builder("x", "1", i)
                    .counter(ExampleRun.DROPIN, 2 * i)
                    .counter(ExampleRun.FAULTS, 7)
                    .mcs(new McsTiming("cch_start", 1, 1_000_000 * i, 1_000_000 * i))
                    .build());
        }
        assertThat(SummaryTable.render(new Replications(runs), null, false))
                .contains(
                        "seed 1, 3 replications\n",
                        "tlb_dropin                                 4 ±130%\n",
                        "minor_faults                                  7 ±0\n",
                        "cch_start         1 ±0  2 us ±130%     3 us\n");
    }

    @Test
    void render_ofLocks_isOneRowPerKindThatWasTaken() {
        RunResultBuilder result = RunResult.builder("locks", "0.1.0", 7);
        lock(result, "mmap_sem.write", 4, 1, 1500);
        lock(result, "ts_ctxlock", 0, 0, 0);
        assertThat(SummaryTable.render(result.build(), null, false))
                .contains("""
                        lock            taken  waited  mean wait  max wait  mean hold  max hold
                        mmap_sem.write      4       1     1.5 ns         -          -         -
                        """)
                .doesNotContain("ts_ctxlock")
                .doesNotContain("acquisitions");
    }

    private static void lock(RunResultBuilder result, String kind, long taken, long waited, long meanPs) {
        String name = "lock." + kind + ".";
        result.counter(new StatDeclaration(name + "acquisitions", "events", "taken", "model"), taken);
        result.counter(new StatDeclaration(name + "contended", "events", "waited", "model"), waited);
        result.counter(new StatDeclaration(name + "waitMean", "ps", "mean wait", "model"), meanPs);
    }

    @Test
    void render_staysWithinTheWidthEvenWithEndlessNames() {
        RunResult endless = BusyRun.of("an_extraordinarily_long_name_of_the_thing_which_never_ends_and_goes_on_", 18);
        for (RunResult result : new RunResult[] {BusyRun.of(), endless, ExampleRun.small()}) {
            assertThat(SummaryTable.render(result, HOST, false).lines())
                    .allMatch(line -> line.length() <= SummaryTable.LATENCY_WIDTH)
                    .noneMatch(line -> line.endsWith(" "));
        }
    }

    @Test
    void render_addsColourOnlyWhenAsked() {
        String plain = SummaryTable.render(BusyRun.of(), HOST, false);
        String coloured = SummaryTable.render(BusyRun.of(), HOST, true);
        assertThat(plain).doesNotContain("\u001b").contains("812 ms of wall time, 1.52 M events/s");
        assertThat(coloured).contains("\u001b[32mok\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void render_namesTheFirstFailuresAndCountsTheRest() {
        RunResult result = RunResult.builder("x", "1", 1)
                .contract(new Verdict(100, 12, Collections.nCopies(8, "frame 5 read after its free")))
                .build();
        String text = SummaryTable.render(result, null, false);
        assertThat(text).contains("contract  12 violated of 100 checks\n", "  and 7 more\n");
        assertThat(text.lines().filter(line -> line.equals("  - frame 5 read after its free")))
                .hasSize(5);
        assertThat(text).contains("data      not checked");
    }

    @Test
    void render_breaksALongFailureAtItsSpaces() {
        String words = "word ".repeat(30).strip();
        RunResult result = RunResult.builder("x", "1", 1)
                .contract(new Verdict(1, 1, Collections.nCopies(1, words)))
                .build();
        // 4 columns of margin leave room for 20 words of 5
        assertThat(SummaryTable.render(result, null, false))
                .contains("  - " + "word ".repeat(20).strip() + "\n    "
                        + "word ".repeat(10).strip() + "\n");
    }
}
