package grusim.result.calibration;

import grusim.result.stat.Interval;
import grusim.result.text.Ink;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes of targets in rows for a terminal. */
public final class CalibrationTable {
    private static final int[] WIDTHS = {4, 64, 18, 12, 23, 7, 16, 10, 0};
    private static final int INTERVAL = 4;
    private static final List<String> HEADINGS =
            List.of("id", "figure", "published", "simulated", "95% interval", "error", "accepted", "basis", "verdict");

    private final Ink ink;
    private final int runs;

    /**
     * A table with colours or without.
     *
     * @param runs how many runs each value is from; intervals are shown if there are several
     */
    public CalibrationTable(boolean colours, int runs) {
        ink = colours ? Ink.ANSI : Ink.PLAIN;
        this.runs = runs;
    }

    /** The first line. */
    public String header() {
        return ink.heading(row(HEADINGS));
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
                interval(part),
                error(part.error()),
                part.accepted(),
                part.basis(),
                verdict(target, part)));
        return part.holds() ? line : ink.bad(line);
    }

    /** What became of one figure of a target. */
    static String verdict(TargetOutcome target, PartOutcome part) {
        String word = part.holds() ? "passed" : target.hard() ? "FAILED" : "warned";
        return part.open() ? word + TargetOutcome.OPEN : word;
    }

    private String row(List<String> cells) {
        StringBuilder line = new StringBuilder();
        int end = 0;
        for (int i = 0; i < cells.size(); i++) {
            if (i == INTERVAL && runs == 1) {
                continue;
            }
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

    /** The simulated value's interval with its unit, or why there is none. */
    static String interval(PartOutcome part) {
        return part.interval() instanceof Interval.Known known
                ? withUnit(digits(known.low()) + " .. " + digits(known.high()), part.unit())
                : ((Interval.None) part.interval()).reason();
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

    /** A value to three digits, and to all of them before the point. */
    static String digits(BigDecimal value) {
        if (value.stripTrailingZeros().scale() <= 0) {
            return value.setScale(0, RoundingMode.UNNECESSARY).toPlainString();
        }
        int digits = Math.max(3, value.precision() - value.scale());
        BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
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
        return verdict + "\n" + origin();
    }

    /** From what the values are. */
    private String origin() {
        return runs == 1
                ? "Each value is from one run with its spec's seed: no interval (--replications gives one)."
                : "Each value is a mean over " + runs
                        + " runs, those of the same number with equal seeds, with Student's"
                        + " interval where they differ; a control is run once, with the spec's seed.";
    }

    private static long count(List<TargetOutcome> targets, TargetOutcome.Verdict verdict) {
        return targets.stream().filter(target -> target.verdict() == verdict).count();
    }
}
