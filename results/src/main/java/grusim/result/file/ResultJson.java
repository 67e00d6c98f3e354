package grusim.result.file;

import grusim.result.Counter;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Verdict;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import grusim.result.stat.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code result.json}: simulated facts only, byte-identical for the same spec, seed and version on every machine and
 * JDK. Times are nanoseconds with up to three decimals, exact; a statistic that too few samples support is the text
 * {@value #ABSENT}. Of several replications counters are means and latencies those of all together.
 */
public final class ResultJson {
    /** What stands where a statistic is not known. */
    public static final String ABSENT = "too few samples";

    private static final String COUNTERS = "counters.";

    private ResultJson() {}

    /** The whole file as text, of a single run. */
    public static String print(RunResult result) {
        return print(Replications.of(result));
    }

    /** The whole file as text. */
    public static String print(Replications replications) {
        RunResult first = replications.first();
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        List<Figure> all = Figures.of(replications);
        all.forEach(figure -> figures.computeIfAbsent(figure.name(), name -> new ArrayList<>())
                .add(figure));
        ObjectNode root = Json.object();
        root.put("name", first.name());
        root.put("version", first.version());
        root.put("seed", first.seed());
        root.set("spec", Json.withoutDoubles(first.spec()));
        root.set("simulatedPs", statistics(figures, "simulatedPs").get("value"));
        root.set("events", statistics(figures, "events").get("value"));
        root.put("eventHash", first.eventHash());
        root.set("replications", runs(replications));
        if (figures.containsKey("throughput")) {
            root.set("throughput", statistics(figures, "throughput"));
        }
        root.set("counters", counters(replications, figures));
        ObjectNode latency = root.putObject("latency");
        for (String metric : replications.latency().keySet()) {
            latency.set(metric, statistics(figures, "latency." + metric));
        }
        root.putObject("contract")
                .put("checks", sum(replications, run -> run.contract().checks()))
                .put("violations", sum(replications, run -> run.contract().failures()))
                .set("violationTexts", Json.array(texts(replications, RunResult::contract)));
        root.putObject("dataChecks")
                .put("passed", sum(replications, run -> run.dataChecks().passed()))
                .put("failed", sum(replications, run -> run.dataChecks().failures()))
                .set("failureTexts", Json.array(texts(replications, RunResult::dataChecks)));
        root.set("intervals", intervals(all));
        root.set("noInterval", without(all));
        return Json.print(root);
    }

    private static ArrayNode runs(Replications replications) {
        ArrayNode runs = Json.object().arrayNode();
        for (RunResult run : replications.runs()) {
            runs.addObject()
                    .put("seed", run.seed())
                    .put("simulatedPs", run.simulatedPs())
                    .put("events", run.events())
                    .put("eventHash", run.eventHash());
        }
        return runs;
    }

    private static ObjectNode counters(Replications replications, Map<String, List<Figure>> figures) {
        ObjectNode groups = Json.object();
        for (String group : List.of("driver", "mcs", "vm", "device")) {
            groups.putObject(group);
        }
        Map<String, Counter> declared = new LinkedHashMap<>();
        replications.runs().forEach(run -> run.counters().forEach(declared::putIfAbsent));
        declared.forEach((name, counter) -> groups.withObjectProperty(
                        counter.declaration().group())
                .set(
                        counter.declaration().key(),
                        statistics(figures, COUNTERS + name).get("value")));
        ObjectNode mcs = groups.withObjectProperty("mcs");
        String prefix = COUNTERS + "mcs.";
        for (String name : figures.keySet()) {
            if (name.startsWith(prefix)) {
                mcs.set(name.substring(prefix.length()), statistics(figures, name));
            }
        }
        return groups;
    }

    private static ObjectNode statistics(Map<String, List<Figure>> figures, String name) {
        ObjectNode object = Json.object();
        for (Figure figure : figures.getOrDefault(name, List.of())) {
            if (figure.value() == null) {
                object.put(figure.statistic(), ABSENT);
            } else {
                object.put(figure.statistic(), figure.value());
            }
        }
        return object;
    }

    private static ObjectNode intervals(List<Figure> figures) {
        ObjectNode object = Json.object();
        for (Figure figure : figures) {
            if (figure.interval() instanceof Interval.Known known) {
                object.putObject(figure.path())
                        .put("low", known.low())
                        .put("high", known.high())
                        .put("level", known.level())
                        .put("method", known.method())
                        .put("samples", known.samples());
            }
        }
        return object;
    }

    /** Which figures have no interval, by the reason; all counters of a single run are one entry. */
    private static ObjectNode without(List<Figure> figures) {
        Map<String, Set<String>> paths = new LinkedHashMap<>();
        boolean noCounter = figures.stream()
                .filter(ResultJson::isCounter)
                .allMatch(figure -> figure.interval() instanceof Interval.None);
        for (Figure figure : figures) {
            if (figure.interval() instanceof Interval.None none) {
                paths.computeIfAbsent(none.reason(), reason -> new LinkedHashSet<>())
                        .add(noCounter && isCounter(figure) ? COUNTERS + "*" : figure.path());
            }
        }
        ObjectNode object = Json.object();
        paths.forEach((reason, names) -> object.set(reason, Json.array(names)));
        return object;
    }

    private static boolean isCounter(Figure figure) {
        return figure.name().startsWith(COUNTERS) && figure.statistic().equals("value");
    }

    private static long sum(Replications replications, ToLongFunction<RunResult> value) {
        return replications.runs().stream().mapToLong(value).sum();
    }

    private static List<String> texts(Replications replications, Function<RunResult, Verdict> verdict) {
        return replications.runs().stream()
                .flatMap(run -> verdict.apply(run).texts().stream())
                .toList();
    }
}
