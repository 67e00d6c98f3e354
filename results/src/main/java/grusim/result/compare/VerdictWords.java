package grusim.result.compare;

import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The verdict of a comparison in sentences: what changed, what did not, what cannot be told, and which counts moved. */
final class VerdictWords {
    private static final int MOST_COUNTS = 5;

    /** So many runs make the number of runs matter little, and so much wider intervals are called too wide. */
    private static final int MANY_RUNS = 10;

    private static final double TOO_WIDE = 2;

    private final Comparison comparison;

    VerdictWords(Comparison comparison) {
        this.comparison = comparison;
    }

    List<String> sentences() {
        if (comparison.sameRuns()) {
            return List.of(
                    "A and B went through the same events in every run: nothing that was changed has an effect.");
        }
        List<String> sentences = new ArrayList<>();
        sentences.addAll(changed());
        Terms terms = comparison.terms();
        list(sentences, Outcome.NO_CHANGE, "No detectable change within " + Words.percent(terms.margin(), 2) + ": ");
        list(sentences, Outcome.IDENTICAL, "The same in every run: ");
        list(
                sentences,
                Outcome.UNDECIDED,
                "Undecided, a change beyond " + Words.percent(terms.margin(), 2)
                        + " is neither shown nor ruled out (more replications tell more): ");
        tooFew(sentences);
        counts(sentences);
        cannotSay(sentences);
        return sentences;
    }

    /** One sentence for each thing of which a figure changed, the largest change first. */
    private List<String> changed() {
        List<Difference> changed = comparison.headline().stream()
                .filter(d -> d.outcome().changed())
                .toList();
        return byName(changed).entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<Difference>> one) -> largest(one.getValue()))
                        .reversed())
                .map(entry -> "B's " + Words.subject(entry.getKey(), "value") + ": "
                        + entry.getValue().stream()
                                .map(d -> prefix(d) + comparison.words(d))
                                .collect(Collectors.joining(", "))
                        + ".")
                .toList();
    }

    private static String prefix(Difference d) {
        return plain(d) ? "" : Words.statistic(d.statistic()) + " ";
    }

    /** Whether the name alone says what the figure is. */
    private static boolean plain(Difference d) {
        return d.statistic().equals("value") || d.name().equals(Comparing.THROUGHPUT);
    }

    private static BigDecimal largest(List<Difference> differences) {
        return differences.stream()
                .map(VerdictWords::size)
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal size(Difference d) {
        BigDecimal change = d.change();
        return change == null ? BigDecimal.TEN : change.abs();
    }

    private static Map<String, List<Difference>> byName(List<Difference> differences) {
        return differences.stream()
                .collect(Collectors.groupingBy(Difference::name, LinkedHashMap::new, Collectors.toList()));
    }

    private void list(List<String> sentences, Outcome outcome, String start) {
        List<Difference> those = comparison.headline().stream()
                .filter(d -> d.outcome() == outcome)
                .toList();
        if (!those.isEmpty()) {
            sentences.add(start + subjects(those) + ".");
        }
    }

    private static String subjects(List<Difference> differences) {
        return byName(differences).entrySet().stream()
                .map(entry -> Words.subject(entry.getKey(), "value") + statistics(entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String statistics(List<Difference> ofOneName) {
        String statistics = ofOneName.stream()
                .filter(d -> !plain(d))
                .map(d -> Words.statistic(d.statistic()))
                .collect(Collectors.joining(", "));
        return statistics.isEmpty() ? "" : " " + statistics;
    }

    /** Whether the runs are so few that more of them would make the intervals much narrower by their number alone. */
    private void tooFew(List<String> sentences) {
        int runsA = comparison.a().count();
        int runsB = comparison.b().count();
        boolean undecided = comparison.headline().stream().anyMatch(d -> d.outcome() == Outcome.UNDECIDED);
        if (!undecided || runsA == 1 || runsB == 1) {
            return;
        }
        double level = comparison.judged().level().doubleValue();
        int share = comparison.paired() ? 1 : 2;
        double now = Contrast.quantile(comparison.paired() ? runsA - 1.0 : runsA + runsB - 2.0, level);
        double then = Contrast.quantile(share * (MANY_RUNS - 1.0), level);
        if (now > TOO_WIDE * then) {
            sentences.add(
                    "Too few runs to find much: with %s a difference must be %s times its standard error, with %d runs %s times. Give --replications %d, or judge by fewer figures with --metric."
                            .formatted(
                                    runsA == runsB
                                            ? runsA + (share == 1 ? " pairs of runs" : " runs each")
                                            : runsA + " and " + runsB + " runs",
                                    Words.significant(now),
                                    MANY_RUNS,
                                    Words.significant(then),
                                    MANY_RUNS));
        }
    }

    private void cannotSay(List<String> sentences) {
        only(sentences, "A", Comparing.ONLY_A);
        only(sentences, "B", Comparing.ONLY_B);
        List<Difference> those = comparison.headline().stream()
                .filter(d -> d.outcome() == Outcome.CANNOT_SAY
                        && !isOnly(d, Comparing.ONLY_A)
                        && !isOnly(d, Comparing.ONLY_B))
                .toList();
        List<Difference> measured =
                those.stream().filter(d -> d.a() != null && d.b() != null).toList();
        if (!measured.isEmpty()) {
            sentences.add("Cannot say (more replications give intervals; comparison.csv has the reason for each): "
                    + subjects(measured) + ".");
        }
        int unmeasured = those.size() - measured.size();
        if (unmeasured > 0) {
            sentences.add(
                    "Too few samples for " + unmeasured + (unmeasured == 1 ? " other figure." : " other figures."));
        }
    }

    private void only(List<String> sentences, String side, String reason) {
        List<String> names = comparison.headline().stream()
                .filter(d -> isOnly(d, reason))
                .map(d -> Words.subject(d.name(), "value"))
                .distinct()
                .toList();
        if (!names.isEmpty()) {
            sentences.add("Only " + side + " has " + String.join("; ", names) + ".");
        }
    }

    private static boolean isOnly(Difference d, String reason) {
        return d.absolute() instanceof Interval.None none && none.reason().equals(reason);
    }

    private void counts(List<String> sentences) {
        List<Difference> changed = new ArrayList<>(
                comparison.counts().stream().filter(d -> d.outcome().changed()).toList());
        if (changed.isEmpty()) {
            return;
        }
        changed.sort(Comparator.comparing(VerdictWords::size).reversed());
        sentences.add(changed.size() + " of " + comparison.counts().size() + " other figures "
                + (changed.size() == 1 ? "differs: " : "differ, most of all ")
                + changed.stream()
                        .limit(MOST_COUNTS)
                        .map(d -> d.subject() + " " + comparison.words(d))
                        .collect(Collectors.joining("; "))
                + ".");
    }
}
