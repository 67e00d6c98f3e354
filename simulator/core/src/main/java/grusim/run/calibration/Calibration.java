package grusim.run.calibration;

import grusim.result.calibration.ControlOutcome;
import grusim.result.calibration.PartOutcome;
import grusim.result.calibration.TargetOutcome;
import grusim.run.RunProgress;
import grusim.workload.calibration.CalibrationData;
import grusim.workload.calibration.Control;
import grusim.workload.calibration.FigureName;
import grusim.workload.calibration.Formula;
import grusim.workload.calibration.Part;
import grusim.workload.calibration.Target;
import grusim.workload.calibration.Trial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the trials of a target and compares; then once more under each of its controls, which must spoil it. Everything is
 * deterministic; different targets may be done on different threads.
 */
public final class Calibration {
    private final CalibrationData data;

    /** Makes a calibration against these targets. */
    public Calibration(CalibrationData data) {
        this.data = data;
    }

    /** Compares one target, and tries its controls. */
    public TargetOutcome compare(Target target, RunProgress progress) {
        List<ControlOutcome> controls = new ArrayList<>();
        Map<String, Measurement> plain = measure(target, null, Map.of(), progress);
        List<PartOutcome> parts = parts(target, plain, false);
        for (Control control : target.controls()) {
            Map<String, Measurement> changed = measure(target, control, plain, progress);
            controls.add(new ControlOutcome(control.name(), control.set(), parts(target, changed, true)));
        }
        return new TargetOutcome(
                target.id(),
                target.kind().name(),
                target.kind().hard(),
                target.observable(),
                target.quoted(),
                target.source(),
                target.tag(),
                target.profile(),
                target.notSimulated(),
                target.note(),
                parts,
                controls);
    }

    /** The trials of a target; a control repeats only those that it changes. */
    private Map<String, Measurement> measure(
            Target target, @Nullable Control control, Map<String, Measurement> plain, RunProgress progress) {
        Map<String, Measurement> measured = new TreeMap<>(plain);
        for (Trial trial : target.trials()) {
            if (control == null || control.changes(trial)) {
                measured.put(trial.name(), Measurement.of(data, trial, control, progress));
            }
        }
        return measured;
    }

    private static List<PartOutcome> parts(Target target, Map<String, Measurement> measured, boolean controlled) {
        return target.parts().stream()
                .map(part -> compare(part, value(target, part, measured, controlled)))
                .toList();
    }

    /** The simulated value; null where a control has left nothing to measure. */
    private static @Nullable BigDecimal value(
            Target target, Part part, Map<String, Measurement> measured, boolean controlled) {
        Function<FigureName, Measurement> of = figure ->
                Objects.requireNonNull(measured.get(target.trial(figure.trial()).name()));
        Formula formula = part.simulated();
        if (controlled
                && !formula.figures().stream()
                        .allMatch(figure -> of.apply(figure).has(figure.path()))) {
            return null;
        }
        return formula.value(figure -> of.apply(figure).figure(figure.path()));
    }

    private static PartOutcome compare(Part part, @Nullable BigDecimal value) {
        return new PartOutcome(
                part.what(),
                part.unit(),
                part.published(),
                value,
                value == null ? null : part.error(value),
                part.accepted().text(part.unit()),
                part.basis().word(),
                value != null && part.accepted().holds(value));
    }
}
