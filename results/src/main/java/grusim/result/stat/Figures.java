package grusim.result.stat;

import grusim.result.AttributionShares;
import grusim.result.Counter;
import grusim.result.LatencyDistribution;
import grusim.result.LatencyHistogram;
import grusim.result.McsTiming;
import grusim.result.Replications;
import grusim.result.RunResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Every number of a result as a figure, in the order of {@code result.json}. Counters are means over the replications,
 * latencies are those of all replications together.
 */
public final class Figures {
    /** The counter that holds from which simulated time on durations were measured, if not from the beginning. */
    public static final String MEASURED_FROM = "run.measuredFrom";

    /** The figure of instructions per simulated second. */
    public static final String THROUGHPUT = "throughput.instructionsPerSecond";

    private static final String THROUGHPUT_IN_SHORT = "throughput";

    /** The confidence of every interval. */
    public static final double LEVEL = 0.95;

    /** The same as a decimal. */
    static final BigDecimal LEVEL_DECIMAL = new BigDecimal("0.95");

    private static final double PS_PER_S = 1e12;

    /** What the latencies of instructions by kind begin with. */
    private static final String INSTRUCTION = "instruction.";

    private Figures() {}

    /** All figures of some replications. */
    public static List<Figure> of(Replications replications) {
        List<Figure> all = new ArrayList<>(general(replications));
        all.addAll(ofCounters(replications));
        for (String op : commands(replications)) {
            all.addAll(ofCommand(replications, op));
        }
        for (String metric : metrics(replications)) {
            all.addAll(ofLatency(replications, metric));
        }
        all.addAll(verdicts(replications));
        return all;
    }

    /** The figures of one latency metric, for example {@code dropin.interrupt}; of one that no run has, without values. */
    public static List<Figure> ofLatency(Replications replications, String metric) {
        return latency(replications, metric).all();
    }

    /** How many samples of a latency a run has on average: what runs of other numbers can be compared by. */
    public static Figure samplesPerRun(Replications replications, String metric) {
        return latency(replications, metric).samplesPerRun();
    }

    /** The figures of one control command. */
    public static List<Figure> ofCommand(Replications replications, String op) {
        List<McsTiming> runs = new ArrayList<>();
        for (RunResult run : replications.runs()) {
            runs.add(run.mcs().stream()
                    .filter(timing -> timing.op().equals(op))
                    .findFirst()
                    .orElse(new McsTiming(op, 0, 0, 0)));
        }
        return RunFigures.ofCommand(op, runs);
    }

    /** The path of a figure that a user names; the throughput, which is one figure only, needs no statistic. */
    public static String path(String name) {
        return name.equals(THROUGHPUT_IN_SHORT) ? THROUGHPUT : name;
    }

    /** The figure of a name or path, if there is one; costs no more than that figure. */
    public static Optional<Figure> find(Replications replications, String name) {
        String path = path(name);
        for (String metric : metrics(replications)) {
            if (path.startsWith("latency." + metric + ".")) {
                Optional<Figure> found = at(path, ofLatency(replications, metric));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (String op : commands(replications)) {
            if (path.startsWith("counters.mcs." + op + ".")) {
                return at(path, ofCommand(replications, op));
            }
        }
        return at(path, path.startsWith("counters.") ? ofCounters(replications) : others(replications));
    }

    private static Optional<Figure> at(String path, List<Figure> figures) {
        return figures.stream().filter(figure -> figure.path().equals(path)).findFirst();
    }

    private static List<Figure> others(Replications replications) {
        List<Figure> all = new ArrayList<>(general(replications));
        all.addAll(verdicts(replications));
        return all;
    }

    private static List<Figure> general(Replications replications) {
        double[] seconds =
                perRun(replications, run -> Math.max(0, run.simulatedPs() - run.counter(MEASURED_FROM)) / PS_PER_S);
        double[] instructions = perRun(replications, Figures::instructions);
        List<Figure> all = new ArrayList<>();
        all.add(RunFigures.perRun("simulatedPs", "value", perRun(replications, RunResult::simulatedPs), "ps"));
        all.add(RunFigures.perRun("events", "value", perRun(replications, RunResult::events), "events"));
        boolean counted = replications.runs().stream().allMatch(Figures::countsInstructions);
        if (counted && new Clusters(seconds, instructions).size() > 0) {
            all.add(RunFigures.ratio(
                    THROUGHPUT_IN_SHORT, "instructionsPerSecond", new Clusters(seconds, instructions), "1/s"));
        }
        return all;
    }

    /** Whether a run knows how many instructions finished: without latencies it does not, rather than that none did. */
    private static boolean countsInstructions(RunResult run) {
        return !run.attribution().kinds().isEmpty() || !run.latency().isEmpty();
    }

    private static double instructions(RunResult run) {
        AttributionShares shares = run.attribution();
        if (shares.kinds().isEmpty()) {
            return run.latency().entrySet().stream()
                    .filter(metric -> metric.getKey().startsWith(INSTRUCTION))
                    .mapToDouble(metric -> metric.getValue().count())
                    .sum();
        }
        double sum = 0;
        for (int kind = 0; kind < shares.kinds().size(); kind++) {
            sum += shares.instructions(kind);
        }
        return sum;
    }

    /** The figures of all counters. */
    public static List<Figure> ofCounters(Replications replications) {
        Map<String, Counter> declared = new LinkedHashMap<>();
        replications.runs().forEach(run -> run.counters().forEach(declared::putIfAbsent));
        List<Figure> all = new ArrayList<>();
        declared.forEach((name, counter) -> all.add(RunFigures.perRun(
                "counters." + name,
                "value",
                perRun(replications, run -> run.counter(name)),
                counter.declaration().unit())));
        return all;
    }

    private static LatencyFigures latency(Replications replications, String metric) {
        LatencyDistribution none = new LatencyHistogram().distribution();
        return new LatencyFigures(
                metric,
                replications.runs().stream()
                        .map(run -> run.latency().getOrDefault(metric, none))
                        .toList());
    }

    private static Set<String> metrics(Replications replications) {
        Set<String> names = new LinkedHashSet<>();
        replications.runs().forEach(run -> names.addAll(run.latency().keySet()));
        return names;
    }

    private static Set<String> commands(Replications replications) {
        Set<String> names = new LinkedHashSet<>();
        replications.runs().forEach(run -> run.mcs().forEach(timing -> names.add(timing.op())));
        return names;
    }

    private static List<Figure> verdicts(Replications replications) {
        return List.of(
                checks(
                        replications,
                        "contract",
                        "checks",
                        "checks",
                        run -> run.contract().checks()),
                checks(
                        replications,
                        "contract",
                        "violations",
                        "violations",
                        run -> run.contract().failures()),
                checks(
                        replications,
                        "dataChecks",
                        "passed",
                        "checks",
                        run -> run.dataChecks().passed()),
                checks(
                        replications,
                        "dataChecks",
                        "failed",
                        "checks",
                        run -> run.dataChecks().failures()));
    }

    private static Figure checks(
            Replications replications, String name, String statistic, String unit, ToLongFunction<RunResult> value) {
        long all = replications.runs().stream().mapToLong(value).sum();
        return RunFigures.checks(name, statistic, all, replications.count(), unit);
    }

    private static double[] perRun(Replications replications, ToDoubleFunction<RunResult> value) {
        return replications.runs().stream().mapToDouble(value).toArray();
    }
}
