package grusim.result;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** Small results whose every number can be worked out by hand. */
public final class ExampleRun {
    public static final StatDeclaration DROPIN =
            new StatDeclaration("driver.tlb_dropin", "events", "Entries dropped into a TLB.", "model");
    public static final StatDeclaration FAULTS =
            new StatDeclaration("vm.minor_faults", "events", "Faults that needed no I/O.", "model");
    public static final StatDeclaration COPIED =
            new StatDeclaration("memory.bytes_copied", "B", "Bytes moved between frames.", "model");
    public static final StatDeclaration HITS =
            new StatDeclaration("series." + SeriesNames.TLB_HITS, "events", "Translations found.", "model");
    public static final StatDeclaration OCCUPANCY =
            new StatDeclaration("series." + SeriesNames.TLB_OCCUPANCY, "entries", "Valid TLB entries.", "model");

    private ExampleRun() {}

    /**
     * Twenty loads of 1,000, 2,000 ... 20,000 ps (mean 10,500, median 10,000), two dropins of 1,500 and 2,001 ps (mean
     * 1,750.5, rounded up), and one of everything else.
     */
    public static RunResult small() {
        LatencyHistogram loads = new LatencyHistogram();
        for (int i = 1; i <= 20; i++) {
            loads.record(1000L * i);
        }
        LatencyHistogram dropins = new LatencyHistogram();
        dropins.record(1500);
        dropins.record(2001);
        TimeSeries hits = TimeSeries.of(HITS, TimeSeries.Kind.SUM, 1000, 4);
        hits.add(0, 3);
        hits.add(1999, 4);
        TimeSeries occupancy = TimeSeries.of(OCCUPANCY, TimeSeries.Kind.MEAN, 1000, 4);
        occupancy.set(500, 2);
        Attribution attribution = new Attribution(List.of("vload", "bcopy"), List.of("service", "miss detect"));
        attribution.add(0, 0, 150_000);
        attribution.add(0, 1, 60_000);
        for (int i = 1; i <= 20; i++) {
            attribution.finished(0, 1000L * i);
        }
        return RunResult.builder("example", "0.1.0", 7)
                .spec(JsonNodeFactory.instance
                        .objectNode()
                        .put("name", "example")
                        .put("exponent", 0.99))
                .simulatedPs(2500)
                .events(42)
                .eventHash(0xcafeL)
                .counter(DROPIN, 2)
                .counter(FAULTS, 0)
                .counter(COPIED, 3 << 19)
                .mcs(new McsTiming("tgh_invalidate", 2, 4_000_001, 2_500_000))
                .mcs(new McsTiming("tfh_write_restart", 0, 0, 0))
                .latency("instruction.vload", loads)
                .latency("dropin.interrupt", dropins)
                .latency("invalidate", new LatencyHistogram())
                .contract(new Verdict(9, 1, List.of("frame 5 read after its free")))
                .dataChecks(new Verdict(4, 0, List.of()))
                .series(hits.snapshot(2500))
                .series(occupancy.snapshot(2500))
                .attribution(attribution.shares())
                .build();
    }
}
