package grusim.result.file;

import grusim.result.Counter;
import grusim.result.LatencyDistribution;
import grusim.result.McsTiming;
import grusim.result.Metric;
import grusim.result.Metrics;
import grusim.result.RunResult;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code result.json}: simulated facts only, byte-identical for the same spec, seed and version on every machine and
 * JDK. Times are nanoseconds with up to three decimals, exact; a statistic that too few samples support is the text
 * {@value #ABSENT}.
 */
public final class ResultJson {
    /** What stands where a statistic is not known. */
    public static final String ABSENT = "too few samples";

    private ResultJson() {}

    /** The whole file as text. */
    public static String print(RunResult result) {
        ObjectNode root = Json.object();
        root.put("name", result.name());
        root.put("version", result.version());
        root.put("seed", result.seed());
        root.set("spec", Json.withoutDoubles(result.spec()));
        root.put("simulatedPs", result.simulatedPs());
        root.put("events", result.events());
        root.put("eventHash", result.eventHash());
        root.set("counters", counters(result));
        ObjectNode latency = root.putObject("latency");
        for (Map.Entry<String, LatencyDistribution> entry : result.latency().entrySet()) {
            latency.set(entry.getKey(), statistics(Metrics.of(entry.getKey(), entry.getValue())));
        }
        root.putObject("contract")
                .put("checks", result.contract().checks())
                .put("violations", result.contract().failures())
                .set("violationTexts", Json.array(result.contract().texts()));
        root.putObject("dataChecks")
                .put("passed", result.dataChecks().passed())
                .put("failed", result.dataChecks().failures())
                .set("failureTexts", Json.array(result.dataChecks().texts()));
        return Json.print(root);
    }

    private static ObjectNode counters(RunResult result) {
        ObjectNode groups = Json.object();
        for (String group : List.of("driver", "mcs", "vm", "device")) {
            groups.putObject(group);
        }
        for (Counter counter : result.counters().values()) {
            groups.withObjectProperty(counter.declaration().group())
                    .put(counter.declaration().key(), counter.value());
        }
        ObjectNode mcs = groups.withObjectProperty("mcs");
        for (McsTiming timing : result.mcs()) {
            mcs.set(timing.op(), statistics(Metrics.of(timing)));
        }
        return groups;
    }

    private static ObjectNode statistics(List<Metric> metrics) {
        ObjectNode object = Json.object();
        for (Metric metric : metrics) {
            if (metric.value() == null) {
                object.put(metric.statistic(), ABSENT);
            } else {
                object.put(metric.statistic(), metric.value());
            }
        }
        return object;
    }
}
