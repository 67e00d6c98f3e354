package grusim.result.calibration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calibration as a Markdown document: targets, what failed and why, controls, profiles, assumptions, sensitivity. */
public final class CalibrationDocument {
    private CalibrationDocument() {}

    /** What the document begins with. */
    public static String opening(List<TargetOutcome> targets, int runs) {
        return """
                # Calibration

                Written by `grusim calibrate --replications %d --document results/CALIBRATION.md --status workloads/calibration/status.json`; a test \
                keeps it equal to what the command writes. Published values are facts with their source; simulated values come from \
                runs of the specs in `workloads/calibration`.

                %s

                What the figures are worth:

                - No *time* of a GRU instruction, TLB miss, dropin, context load or block copy was ever published. Absolute GRU times \
                in the simulator rest on one phrase, that an invalidate takes "normally a few usec" (C08), and on other devices \
                that fault through the host (C21, C24). Orders, counts, shapes and ratios follow from the model; nanoseconds \
                follow from the assumptions below.
                - **built**: structure or function the model was made to have. **fitted**: a parameter without a published value was \
                chosen so that the figure comes out (C08, C14, C15, C17, C20, C21, and no others). **input**: a published value is a \
                parameter of the profile, and this shows only that it comes out again. **prediction**: nothing was chosen with \
                regard to it; a miss is reported, not tuned away.
                - Tags: V read in the primary document, V2 in one that quotes it, D derived from such, M from memory. Targets of \
                kind S are soft: a miss warns.
                - A control takes away what a target shows; the target must then fail, or it shows nothing.

                ## Targets

                """.formatted(runs, new CalibrationTable(false, runs).summary(targets));
    }

    /** One target with its figures, controls and notes. */
    public static String target(TargetOutcome target) {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(target.id()).append(": ").append(target.observable());
        text.append(" - ").append(target.words()).append("\n\n");
        text.append("Published: ").append(target.quoted());
        text.append(" (")
                .append(target.source())
                .append("; ")
                .append(target.tag())
                .append("). Profile `");
        text.append(target.profile()).append("`, kind ").append(target.kind()).append(".\n\n");
        if (!target.notSimulated().isEmpty()) {
            text.append("Not yet simulated: ").append(target.notSimulated()).append(".\n\n");
        }
        if (!target.parts().isEmpty()) {
            text.append("| figure | published | simulated | 95% interval | error | accepted | basis | verdict |\n");
            text.append("|---|---|---|---|---|---|---|---|\n");
            for (PartOutcome part : target.parts()) {
                String verdict = CalibrationTable.verdict(target, part);
                row(
                        text,
                        part.what(),
                        CalibrationTable.published(part),
                        CalibrationTable.simulated(part),
                        CalibrationTable.interval(part),
                        CalibrationTable.error(part.error()),
                        part.accepted(),
                        part.basis(),
                        part.holds() ? verdict : "**" + verdict + "**");
            }
            text.append('\n');
        }
        for (ControlOutcome control : target.controls()) {
            text.append("- Control, ").append(control.name()).append(" (`");
            text.append(String.join("`, `", control.set())).append("`): ");
            text.append(control.spoils() ? spoiled(control) : "**the target still passes**")
                    .append('\n');
        }
        if (!target.controls().isEmpty()) {
            text.append('\n');
        }
        if (!target.note().isEmpty()) {
            text.append(target.note()).append("\n\n");
        }
        return text.toString();
    }

    private static String spoiled(ControlOutcome control) {
        List<String> failed = new ArrayList<>();
        for (PartOutcome part : control.parts()) {
            if (!part.holds()) {
                failed.add(part.what() + ": " + CalibrationTable.simulated(part));
            }
        }
        return "the target fails, as it must (" + String.join("; ", failed) + ")";
    }

    /** The machines of which figures were published. */
    public static String profiles(List<ProfileText> profiles) {
        StringBuilder text = new StringBuilder("## Profiles\n\nNo single machine has a full set of figures.\n\n");
        for (ProfileText profile : profiles) {
            text.append("**`")
                    .append(profile.name())
                    .append("`** ")
                    .append(profile.description())
                    .append('\n');
            List<String> settings = profile.settings();
            for (int i = 0; i < settings.size(); i += 2) {
                text.append("- `").append(settings.get(i)).append("`: ");
                text.append(settings.get(i + 1)).append('\n');
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** What is assumed, and what the headline figures owe to it. */
    public static String assumptions(List<Headline> headlines, List<SensitivityRow> rows) {
        StringBuilder text = new StringBuilder("## Assumptions and sensitivity\n\n");
        text.append(rows.size())
                .append(" values of a spec are published nowhere. Each was halved and doubled in a run of ");
        text.append(
                "`workloads/calibration/specs/headlines.json` (same seed). Its figures, and how far they move when only ");
        text.append("the seed is another (the most of eight):\n\n");
        for (int i = 0; i < headlines.size(); i++) {
            Headline headline = headlines.get(i);
            text.append(i + 1).append(". ").append(headline.what()).append(": ");
            text.append(CalibrationTable.digits(headline.value())).append(' ').append(headline.unit());
            text.append(", ±")
                    .append(CalibrationTable.error(headline.chance()).replace("+", ""))
                    .append('\n');
        }
        text.append(
                "\nChange of each figure when the value is halved / doubled, largest first; a dot is no more than another ");
        text.append("seed does; a dash: the value cannot be halved or doubled alone.\n\n| value | is |");
        for (int i = 0; i < headlines.size(); i++) {
            text.append(' ').append(i + 1).append(" |");
        }
        text.append("\n|---|---|").append("---|".repeat(headlines.size())).append('\n');
        rows.stream()
                .filter(row -> row.largest(headlines).signum() > 0)
                .sorted(Comparator.comparing((SensitivityRow row) -> row.largest(headlines))
                        .reversed())
                .forEach(row -> row(text, changes(row, headlines).toArray(String[]::new)));
        text.append(
                "\nAll of them, with what stands behind them; \"none\" is exactly none: the run does not use the value.\n\n");
        text.append("| value | is | source | largest change |\n|---|---|---|---|\n");
        for (SensitivityRow row : rows) {
            row(text, "`" + row.path() + "`", row.value(), row.source(), largest(row, headlines));
        }
        return text.toString();
    }

    private static String largest(SensitivityRow row, List<Headline> headlines) {
        if (!row.tried()) {
            return "not tried: no quantity of its own";
        } else if (row.unused()) {
            return "none";
        }
        BigDecimal largest = row.largest(headlines);
        return largest.signum() == 0
                ? "within chance"
                : CalibrationTable.error(largest).replace("+", "");
    }

    private static List<String> changes(SensitivityRow row, List<Headline> headlines) {
        List<String> cells = new ArrayList<>(List.of("`" + row.path() + "`", row.value()));
        for (int i = 0; i < headlines.size(); i++) {
            cells.add(change(row.halved(), i, headlines.get(i)) + " / " + change(row.doubled(), i, headlines.get(i)));
        }
        return cells;
    }

    private static String change(List<@Nullable BigDecimal> changes, int figure, Headline headline) {
        if (changes.isEmpty()) {
            return "-";
        }
        BigDecimal change = changes.get(figure);
        if (change == null) {
            return "gone";
        }
        return SensitivityRow.beyond(change, headline) ? CalibrationTable.percent(change) : ".";
    }

    private static void row(StringBuilder text, String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        text.append('\n');
    }

    /** What other parts of the project quote of it, as a JSON document. */
    public static String status(List<TargetOutcome> targets) {
        long simulated = targets.stream()
                .filter(t -> t.verdict() != TargetOutcome.Verdict.NOT_SIMULATED)
                .count();
        long passed = targets.stream()
                .filter(t -> t.verdict() == TargetOutcome.Verdict.PASSED)
                .count();
        long missing = targets.size() - simulated;
        String text = "%d of %d published targets met, %d not yet simulated; GRU times are assumed, none was published"
                .formatted(passed, simulated, missing);
        return CalibrationJson.status(text, targets);
    }
}
