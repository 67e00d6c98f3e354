package grusim.result.report;

import grusim.result.Attribution;
import grusim.result.BusyRun;
import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.StatDeclaration;
import grusim.result.Verdict;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs whose every text tries to be more than text. */
final class HostileRun {
    static final String NAME = "<script>window.hostile=1</script>";
    static final String BREAKOUT =
            "\"'><img src=x onerror=\"window.hostile=1\">{{title}}{{{script}}}</style>]]>--></svg>";
    static final String LONG = "a_name_without_any_place_to_break_it_".repeat(8);

    private HostileRun() {}

    /** The run of made-up shape, with a spec. */
    static Replications busy() {
        RunResult run = BusyRun.of();
        ObjectNode spec = JsonNodeFactory.instance
                .objectNode()
                .put("name", run.name())
                .put("description", "Three processes, and a fourth that takes pages away.");
        spec.putObject("gru").putObject("tlb").put("ways", 4).put("sets", 1024);
        spec.putArray("processes").addObject().put("name", "p0").putArray("regions");
        return Replications.of(with(run, spec));
    }

    /** One failure, one of every other thing, all of them hostile. */
    static Replications of() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= 2000; i++) {
            histogram.record(i * 1000L);
        }
        Attribution attribution = new Attribution(List.of(BREAKOUT, LONG), List.of(NAME, BREAKOUT + LONG));
        attribution.add(0, 0, 700);
        attribution.add(0, 1, 300);
        attribution.finished(0, 1000);
        ObjectNode spec =
                JsonNodeFactory.instance.objectNode().put("name", NAME).put("description", BREAKOUT + "\u0000\u0007");
        spec.putArray("processes").addObject().put("name", BREAKOUT).put(LONG, NAME);
        return Replications.of(RunResult.builder(NAME, "0.1.0", 1)
                .spec(spec)
                .simulatedPs(2_000_000)
                .events(10)
                .counter(new StatDeclaration("driver.hostile", "events", BREAKOUT, NAME), 5)
                .latency("instruction." + BREAKOUT, histogram)
                .latency("instruction." + LONG, histogram)
                .contract(new Verdict(3, 2, List.of(NAME + LONG, BREAKOUT)))
                .attribution(attribution.shares())
                .build());
    }

    static Provenance provenance() {
        return new Provenance(
                "./grusim run " + BREAKOUT,
                Map.of(
                        "name", new Provenance.Origin(BREAKOUT + LONG, NAME),
                        "gru.tlb.ways", new Provenance.Origin("preset " + BREAKOUT, NAME)));
    }

    private static RunResult with(RunResult run, ObjectNode spec) {
        return new RunResult(
                run.name(),
                run.version(),
                run.seed(),
                spec,
                run.simulatedPs(),
                run.events(),
                run.eventHash(),
                run.counters(),
                run.mcs(),
                run.latency(),
                run.contract(),
                run.dataChecks(),
                run.series(),
                run.attribution(),
                run.views(),
                run.waterfalls(),
                run.chiplets());
    }
}
