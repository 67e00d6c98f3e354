package grusim.result.calibration;

import java.util.ArrayList;
import java.util.List;

/** The calibration as a Markdown document: targets, what failed and why, controls, profiles. */
public final class CalibrationDocument {
    private static final String PREDICTION = "prediction";

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

    static void row(StringBuilder text, String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        text.append('\n');
    }

    /** What other parts of the project quote of it, as a JSON document. */
    public static String status(List<TargetOutcome> targets) {
        List<TargetOutcome> simulated = targets.stream()
                .filter(t -> t.verdict() != TargetOutcome.Verdict.NOT_SIMULATED)
                .toList();
        List<TargetOutcome> predictions =
                simulated.stream().filter(CalibrationDocument::predicts).toList();
        List<TargetOutcome> others =
                simulated.stream().filter(t -> !predicts(t)).toList();
        String text =
                ("%d of %d predictions of published figures met, and %d of %d targets that were built, fitted or put"
                                + " in; %d not yet simulated; GRU times are assumed, none was published")
                        .formatted(
                                passed(predictions),
                                predictions.size(),
                                passed(others),
                                others.size(),
                                targets.size() - simulated.size());
        return CalibrationJson.status(text, targets);
    }

    /** Whether something of a target was not chosen with regard to it. */
    private static boolean predicts(TargetOutcome target) {
        return target.parts().stream().anyMatch(part -> part.basis().equals(PREDICTION));
    }

    private static long passed(List<TargetOutcome> targets) {
        return targets.stream()
                .filter(t -> t.verdict() == TargetOutcome.Verdict.PASSED)
                .count();
    }
}
