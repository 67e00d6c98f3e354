package grusim.result.file;

import grusim.result.Replications;
import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Difference;
import grusim.result.compare.Family;
import grusim.result.compare.SpecChange;
import grusim.result.stat.Interval;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A comparison as {@code comparison.json} and {@code comparison.csv}. Changes are fractions of A: -0.125 is 12.5% lower.
 * What is unknown is left out, or is an empty field. The same bytes for the same runs everywhere.
 */
public final class ComparisonFile {
    /** The key of the patterns that name the figures designs are judged by. */
    static final String JUDGED_BY = "judgedBy";

    /** The key of the correction of the terms. */
    static final String CORRECTION = "correction";

    private ComparisonFile() {}

    /** {@code comparison.json}. */
    public static String json(Comparison comparison, List<Condition.Judgement> judgements) {
        ObjectNode root = Json.object();
        root.set("a", design(comparison.a()));
        root.set("b", design(comparison.b()));
        root.put("paired", comparison.paired());
        root.put("level", comparison.terms().level());
        root.put("margin", comparison.terms().margin());
        root.put(CORRECTION, comparison.terms().correction().text());
        root.set("judged", family(comparison.judged()));
        root.set("others", family(comparison.others()));
        root.set(JUDGED_BY, Json.array(comparison.terms().judged()));
        root.put("method", comparison.method());
        ObjectNode changes = root.putObject("changes");
        changes(changes.putArray("design"), comparison.changes().design());
        changes(changes.putArray("workload"), comparison.changes().workload());
        root.set("verdict", Json.array(comparison.verdict()));
        ArrayNode conditions = root.putArray("conditions");
        for (Condition.Judgement judgement : judgements) {
            conditions
                    .addObject()
                    .put("condition", judgement.condition().text())
                    .put("met", judgement.met())
                    .put("words", judgement.words());
        }
        ArrayNode figures = root.putArray("figures");
        for (Difference difference : comparison.differences()) {
            figures.add(figure(comparison, difference));
        }
        return Json.print(root);
    }

    private static ObjectNode family(Family family) {
        return Json.object()
                .put("tested", family.figures())
                .put("differing", family.differing())
                .put("intervalLevel", family.level())
                .put("words", family.sentence());
    }

    private static ObjectNode design(Replications design) {
        ObjectNode node = Json.object();
        node.put("name", design.first().name()).put("version", design.first().version());
        ArrayNode runs = node.putArray("runs");
        design.runs().forEach(run -> runs.addObject().put("seed", run.seed()).put("eventHash", run.eventHash()));
        return node;
    }

    private static void changes(ArrayNode into, List<SpecChange> changes) {
        for (SpecChange change : changes) {
            into.addObject().put("path", change.path()).put("a", change.a()).put("b", change.b());
        }
    }

    private static ObjectNode figure(Comparison comparison, Difference d) {
        ObjectNode node = Json.object();
        node.put("metric", d.name()).put("statistic", d.statistic()).put("unit", d.unit());
        node.put("headline", d.headline());
        put(node, "a", d.a());
        put(node, "b", d.b());
        put(node, "difference", d.difference());
        interval(node, "difference", d.absolute());
        put(node, "change", d.change());
        interval(node, "change", d.relative());
        put(node, "pDifferent", d.pDifferent());
        if (d.absolute() instanceof Interval.Known known) {
            node.put("level", known.level()).put("method", known.method()).put("samples", known.samples());
        } else if (d.absolute() instanceof Interval.None none) {
            node.put("noInterval", none.reason());
        }
        node.put("outcome", d.outcome().text()).put("words", comparison.words(d));
        return node;
    }

    private static void put(ObjectNode node, String key, @Nullable BigDecimal value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static void interval(ObjectNode node, String of, Interval interval) {
        if (interval instanceof Interval.Known known) {
            node.put(of + "Low", known.low()).put(of + "High", known.high());
        }
    }

    /** {@code comparison.csv}: one row for each figure. */
    public static String csv(Comparison comparison) {
        List<String> header = List.of(
                "metric",
                "statistic",
                "unit",
                "a",
                "b",
                "difference",
                "differenceLow",
                "differenceHigh",
                "change",
                "changeLow",
                "changeHigh",
                "level",
                "pDifferent",
                "outcome",
                "samples",
                "method");
        return Csv.print(header, csv -> {
            for (Difference d : comparison.differences()) {
                csv.writeRecord(
                        d.name(),
                        d.statistic(),
                        d.unit(),
                        text(d.a()),
                        text(d.b()),
                        text(d.difference()),
                        d.absolute() instanceof Interval.Known known ? text(known.low()) : "",
                        d.absolute() instanceof Interval.Known known ? text(known.high()) : "",
                        text(d.change()),
                        d.relative() instanceof Interval.Known known ? text(known.low()) : "",
                        d.relative() instanceof Interval.Known known ? text(known.high()) : "",
                        d.absolute() instanceof Interval.Known known ? text(known.level()) : "",
                        text(d.pDifferent()),
                        d.outcome().text(),
                        d.absolute() instanceof Interval.Known known ? Long.toString(known.samples()) : "",
                        d.absolute() instanceof Interval.Known known
                                ? known.method()
                                : ((Interval.None) d.absolute()).reason());
            }
        });
    }

    private static String text(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
