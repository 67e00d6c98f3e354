package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Snapshot;
import grusim.result.RunResult;
import grusim.workload.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every invalidation protocol must keep in a timed run in which pages are dropped, unmapped and reclaimed. */
@Timeout(120)
final class ProtocolRunsTest {
    private static final String SPEC = """
            {
              "name": "small",
              "machine": {"blades": 1, "memoryPerBlade": "4 MiB"},
              "gru": {"tlb": {"sets": 8, "ways": 2}},
              "processes": [
                {
                  "name": "p",
                  "regions": [
                    {"name": "table", "size": "256 KiB", "content": {"seed": 7}},
                    {"name": "scratch", "size": "128 KiB"},
                    {"name": "log", "size": "128 KiB"},
                    {"name": "late", "size": "32 KiB", "mapped": false}
                  ],
                  "threads": [
                    {
                      "name": "reader",
                      "context": {"cbrs": 4, "dsr": "1 KiB", "miss": "interrupt"},
                      "program": [
                        {"op": "vload", "region": "table", "count": 600, "inFlight": 4, "pattern": {"kind": "uniform"}, "expect": "content"}
                      ]
                    },
                    {
                      "name": "poller",
                      "context": {"cbrs": 4, "dsr": "1 KiB", "miss": "user-polling"},
                      "program": [
                        {"op": "vload", "region": "scratch", "count": 600, "inFlight": 2, "pattern": {"kind": "uniform"}, "expect": "content"},
                        {"op": "repeat", "times": 4, "body": [
                          {"op": "mmap", "region": "late"},
                          {"op": "vload", "region": "late", "count": 40, "inFlight": 2, "pattern": {"kind": "uniform"}, "expect": "content"},
                          {"op": "munmap", "region": "late"}
                        ]}
                      ]
                    },
                    {
                      "name": "writer",
                      "context": {"cbrs": 4, "dsr": "1 KiB", "miss": "user-polling"},
                      "program": [
                        {"op": "vstore", "region": "log", "count": 1024, "inFlight": 2, "value": 1000, "sequence": true}
                      ]
                    }
                  ],
                  "checks": [
                    {"region": "log", "offset": "0 B", "equals": 1000},
                    {"region": "log", "offset": "65472 B", "equals": 2023}
                  ]
                }
              ],
              "disturbances": [
                {"name": "drop", "op": "madvise-dontneed", "process": "p", "region": "scratch", "length": "16 KiB", "rate": "40000/s"},
                {"name": "swap", "op": "reclaim", "process": "p", "region": "table", "length": "16 KiB", "rate": "20000/s"}
              ]
            }
            """;

    /** A protocol in a kernel that announces reclaim by page or by range. */
    record Case(Protocol protocol, String era) {
        String[] settings() {
            return new String[] {
                "invalidation.protocol="
                        + protocol.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "kernel.era=" + era
            };
        }
    }

    static Stream<Case> cases() {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> Stream.of("2.6.28", "4.20").map(era -> new Case(protocol, era)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void run_keepsContractAndData(Case each) {
        RunResult result = RunRig.run(SPEC, each.settings());
        assertThat(result.contract().failures())
                .as(result.contract().toString())
                .isZero();
        assertThat(result.dataChecks().failures())
                .as(result.dataChecks().toString())
                .isZero();
        assertThat(result.counter("driver.tlb_dropin")).isGreaterThan(100);
        assertThat(result.counter("vm.madvises")).isPositive();
        assertThat(result.counter("vm.munmaps")).isPositive();
        boolean pins = List.of(Protocol.PIN_ONLY, Protocol.EXPORT_NOTIFIER, Protocol.SLEEPABLE_BEGIN, Protocol.END_ONLY)
                .contains(each.protocol);
        assertThat(result.counter("vm.pagesPinned") > 0).isEqualTo(pins);
        long passedOver = pins ? result.counter("vm.reclaimReferenced") : 0;
        assertThat(result.counter("vm.swappedOut") + passedOver).isPositive();
        assertThat(result.counter("driver.flush_tlb") > 0).isEqualTo(each.protocol != Protocol.PIN_ONLY);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void snapshot_goesOnAsIfNothingHadHappened(Case each) {
        Simulation whole = RunRig.build(SPEC, each.settings());
        whole.engine().timed().run(Long.MAX_VALUE);
        assertThat(whole.ended()).isTrue();
        for (long part = 1; part <= 4; part++) {
            Simulation first = RunRig.build(SPEC, each.settings());
            first.engine().timed().run(whole.engine().nowPs() * part / 5 + part);
            Snapshot saved = Snapshot.of(first.engine(), true);
            Simulation second = RunRig.build(SPEC, each.settings());
            saved.into(second.engine());
            assertThat(Snapshot.of(second.engine(), true)).isEqualTo(saved);
            second.engine().timed().run(2 * whole.engine().nowPs());
            assertThat(second.ended()).isTrue();
            assertThat(second.engine().eventHash()).isEqualTo(whole.engine().eventHash());
            assertThat(Snapshot.of(second.engine(), true)).isEqualTo(Snapshot.of(whole.engine(), true));
        }
    }
}
