package grusim.cli;

import grusim.isa.Opcode;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figure;
import grusim.result.stat.Figures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The number that a sweep is about. A name that no result can have is refused before the sweep begins. */
record SweepMetric(String path) {
    private static final int EXAMPLES = 4;
    private static final String INSTRUCTIONS = "latency.instruction.";
    /** Present in a result only when such a call was refused. */
    private static final String REFUSED_CALLS = "counters.vm.refused_errno_";

    /** The number that a user names. */
    static SweepMetric named(String name) {
        return new SweepMetric(Figures.path(name));
    }

    /**
     * Refuses a path that is not among the counters, or among the latencies that instructions can have.
     *
     * @param early the result of a run of the same spec that was stopped at once: it has every counter, but no latency
     */
    void check(RunResult early) {
        Set<String> known = new LinkedHashSet<>();
        Replications one = Replications.of(early);
        known.add(Figures.THROUGHPUT);
        Figures.of(one).forEach(figure -> known.add(figure.path()));
        for (Opcode opcode : Opcode.values()) {
            Figures.ofLatency(one, "instruction." + opcode.mnemonic()).forEach(figure -> known.add(figure.path()));
        }
        boolean otherLatency = path.startsWith("latency.") && !path.startsWith(INSTRUCTIONS);
        if (!known.contains(path) && !otherLatency && !path.startsWith(REFUSED_CALLS)) {
            throw refused(known);
        }
    }

    /** Refuses a latency that the first run of the sweep has not measured. */
    void checkFirst(List<Figure> first) {
        boolean here = first.stream().anyMatch(figure -> figure.path().equals(path));
        if (!here && path.startsWith("latency.") && !path.startsWith(INSTRUCTIONS)) {
            throw refused(first.stream().map(Figure::path).collect(Collectors.toCollection(LinkedHashSet::new)));
        }
    }

    private UserError refused(Set<String> known) {
        return new UserError("--metric " + path + ": no result has that number; accepted: metric.statistic of"
                + " figures.csv, or the metric alone where the statistic is \"value\", e.g. " + examples(known));
    }

    /** Known paths that contain the last word of this one, or else some common ones. */
    private String examples(Set<String> known) {
        String word = letters(path.substring(path.lastIndexOf('.') + 1));
        String near = known.stream()
                .filter(other -> !word.isEmpty() && letters(other).contains(word))
                .limit(EXAMPLES)
                .collect(Collectors.joining(", "));
        return near.isEmpty() ? "simulatedPs, counters.device.tlbMisses, latency.instruction.vload.meanNs" : near;
    }

    private static String letters(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
