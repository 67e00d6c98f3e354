package grusim.result.calibration;

import grusim.result.text.Ink;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Outcomes of targets in rows: for a terminal and for programs. */
public final class CalibrationTable {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final int[] WIDTHS = {4, 64, 18, 12, 7, 16, 10, 0};
    private static final String[] HEADINGS = {
        "id", "figure", "published", "simulated", "error", "accepted", "basis", "verdict"
    };

    private final Ink ink;

    /** A table with colours or without. */
    public CalibrationTable(boolean colours) {
        ink = colours ? Ink.ANSI : Ink.PLAIN;
    }

    /** The first line. */
    public String header() {
        return ink.heading(row(List.of(HEADINGS)));
    }

    /** The lines of one target and its controls. */
    public String lines(TargetOutcome target) {
        List<String> lines = new ArrayList<>();
        if (!target.notSimulated().isEmpty()) {
            lines.add(ink.faint(
                    target.id() + "  " + target.observable() + ": not yet simulated: " + target.notSimulated()));
        }
        for (PartOutcome part : target.parts()) {
            lines.add(line(target, part));
        }
        for (ControlOutcome control : target.controls()) {
            String text = "      control: " + control.name() + ": "
                    + (control.spoils() ? "the target fails, as it must" : "THE TARGET STILL PASSES");
            lines.add(control.spoils() ? ink.faint(text) : ink.bad(text));
        }
        return String.join("\n", lines);
    }

    private String line(TargetOutcome target, PartOutcome part) {
        String line = row(List.of(
                target.id(),
                part.what(),
                published(part),
                simulated(part),
                error(part.error()),
                part.accepted(),
                part.basis(),
                verdict(target, part)));
        return part.holds() ? line : ink.bad(line);
    }

    /** What became of one figure of a target. */
    static String verdict(TargetOutcome target, PartOutcome part) {
        return part.holds() ? "passed" : target.hard() ? "FAILED" : "warned";
    }

    private static String row(List<String> cells) {
        StringBuilder line = new StringBuilder();
        int end = 0;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(cell);
            end += WIDTHS[i] + 2;
            line.append(" ".repeat(Math.max(2, end - line.length())));
        }
        return line.toString().stripTrailing();
    }

    /** What was published, with its unit; a dash where there are only words. */
    public static String published(PartOutcome part) {
        if (part.published().isEmpty()) {
            return "-";
        }
        List<String> ends =
                part.published().stream().map(BigDecimal::toPlainString).toList();
        return withUnit(String.join(" .. ", ends), part.unit());
    }

    /** The simulated value to three digits, with its unit. */
    public static String simulated(PartOutcome part) {
        return part.simulated() == null ? "-" : withUnit(digits(part.simulated()), part.unit());
    }

    /** A relative error in per cent with its sign, or a dash. */
    public static String error(@Nullable BigDecimal error) {
        if (error == null) {
            return "-";
        }
        BigDecimal percent = error.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN);
        return percent.signum() == 0 ? "0%" : (percent.signum() > 0 ? "+" : "") + percent.toPlainString() + "%";
    }

    /** A relative change in whole per cent with its sign. */
    static String percent(BigDecimal change) {
        BigDecimal percent = change.movePointRight(2).setScale(0, RoundingMode.HALF_EVEN);
        return (percent.signum() > 0 ? "+" : "") + percent.toPlainString() + "%";
    }

    /** A sentence and the verdict of each target as a JSON document. */
    static String object(String text, List<TargetOutcome> targets) {
        ObjectNode tree = MAPPER.createObjectNode().put("text", text);
        ObjectNode verdicts = tree.putObject("verdicts");
        targets.forEach(target -> verdicts.put(target.id(), target.verdict().word()));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    }

    /** A value to three digits, whole numbers in full. */
    static String digits(BigDecimal value) {
        if (value.stripTrailingZeros().scale() <= 0) {
            return value.setScale(0, RoundingMode.UNNECESSARY).toPlainString();
        }
        BigDecimal rounded = value.round(new MathContext(3, RoundingMode.HALF_EVEN));
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
    }

    private static String withUnit(String value, String unit) {
        return unit.isEmpty() ? value : value + " " + unit;
    }

    /** What came of all targets, in a few lines. */
    public String summary(List<TargetOutcome> targets) {
        long passed = count(targets, TargetOutcome.Verdict.PASSED);
        long failed = count(targets, TargetOutcome.Verdict.FAILED);
        long warned = count(targets, TargetOutcome.Verdict.WARNED);
        long missing = count(targets, TargetOutcome.Verdict.NOT_SIMULATED);
        List<ControlOutcome> controls =
                targets.stream().flatMap(target -> target.controls().stream()).toList();
        long idle = controls.stream().filter(control -> !control.spoils()).count();
        String text = "%s: %d passed, %d failed, %d warned, %d not yet simulated"
                .formatted(
                        targets.size() == 1 ? "1 target" : targets.size() + " targets",
                        passed,
                        failed,
                        warned,
                        missing);
        if (!controls.isEmpty()) {
            text += "; " + (controls.size() == 1 ? "1 control, which " : controls.size() + " controls, each ")
                    + (idle == 0 ? "makes its target fail" : "should make its target fail, and " + idle + " not");
        }
        String verdict = failed == 0 && idle == 0 ? ink.good(text) : ink.bad(text);
        return verdict + "\nEach value is from one run with its spec's seed: no interval.";
    }

    private static long count(List<TargetOutcome> targets, TargetOutcome.Verdict verdict) {
        return targets.stream().filter(target -> target.verdict() == verdict).count();
    }

    /** All outcomes as a JSON document. */
    public static String json(List<TargetOutcome> targets) {
        ArrayNode array = MAPPER.createArrayNode();
        for (TargetOutcome target : targets) {
            ObjectNode tree = array.addObject();
            tree.put("id", target.id())
                    .put("kind", target.kind())
                    .put("hard", target.hard())
                    .put("observable", target.observable())
                    .put("quoted", target.quoted())
                    .put("source", target.source())
                    .put("tag", target.tag())
                    .put("profile", target.profile())
                    .put("verdict", target.verdict().word())
                    .put("notSimulated", target.notSimulated())
                    .put("note", target.note());
            parts(tree.putArray("figures"), target.parts());
            ArrayNode controls = tree.putArray("controls");
            for (ControlOutcome control : target.controls()) {
                ObjectNode node = controls.addObject().put("name", control.name());
                ArrayNode set = node.putArray("set");
                control.set().forEach(set::add);
                node.put("targetFails", control.spoils());
                parts(node.putArray("figures"), control.parts());
            }
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
    }

    private static void parts(ArrayNode array, List<PartOutcome> parts) {
        for (PartOutcome part : parts) {
            ObjectNode node = array.addObject().put("figure", part.what());
            ArrayNode published = node.putArray("published");
            part.published().forEach(published::add);
            node.put(
                    "simulated",
                    part.simulated() == null ? null : part.simulated().stripTrailingZeros());
            node.put("unit", part.unit())
                    .put("error", part.error())
                    .put("accepted", part.accepted())
                    .put("basis", part.basis())
                    .put("holds", part.holds());
        }
    }
}
