package grusim.run.calibration;

import grusim.result.calibration.ControlOutcome;
import grusim.result.calibration.PartOutcome;
import grusim.result.calibration.TargetOutcome;
import grusim.result.stat.Interval;
import grusim.run.RunProgress;
import grusim.workload.calibration.CalibrationData;
import grusim.workload.calibration.Control;
import grusim.workload.calibration.FigureName;
import grusim.workload.calibration.Part;
import grusim.workload.calibration.Target;
import grusim.workload.calibration.Trial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Does the trials of a target and compares; then once more under each of its controls, which must spoil it. With several
 * replications the trials are run so many times with other random numbers, a control only with the spec's seed.
 * Everything is deterministic; different targets may be done on different threads.
 */
public final class Calibration {
    private static final Interval NOTHING = new Interval.None("nothing measured");

    private final CalibrationData data;
    private final int replications;

    /** Makes a calibration against these targets, running each trial so many times. */
    public Calibration(CalibrationData data, int replications) {
        if (replications < 1) {
            throw new IllegalArgumentException(replications + " replications; accepted: 1 and more");
        }
        this.data = data;
        this.replications = replications;
    }

    /** Compares one target, and tries its controls. */
    public TargetOutcome compare(Target target, RunProgress progress) {
        List<ControlOutcome> controls = new ArrayList<>();
        List<Map<String, Measurement>> plain = new ArrayList<>();
        for (int number = 0; number < replications; number++) {
            plain.add(replication(target, number, plain, progress));
        }
        List<PartOutcome> parts = target.parts().stream()
                .map(part -> compare(target, part, plain))
                .toList();
        for (Control control : target.controls()) {
            Map<String, Measurement> changed = controlled(target, control, plain.get(0), progress);
            controls.add(new ControlOutcome(
                    control.name(),
                    control.set(),
                    target.parts().stream()
                            .map(part -> compare(target, part, changed))
                            .toList()));
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

    /** The trials of a target with the random numbers of a replication; what is not run is the same in each. */
    private Map<String, Measurement> replication(
            Target target, int number, List<Map<String, Measurement>> before, RunProgress progress) {
        Map<String, Measurement> measured = new TreeMap<>();
        for (Trial trial : target.trials()) {
            boolean once = number > 0 && trial.does() != Trial.Does.RUN;
            measured.put(
                    trial.name(),
                    once
                            ? Objects.requireNonNull(before.get(0).get(trial.name()))
                            : Measurement.of(data, trial, null, number, progress));
        }
        return measured;
    }

    /** The trials of a target with a control's change; those that it does not change are not repeated. */
    private Map<String, Measurement> controlled(
            Target target, Control control, Map<String, Measurement> plain, RunProgress progress) {
        Map<String, Measurement> measured = new TreeMap<>(plain);
        for (Trial trial : target.trials()) {
            if (control.changes(trial)) {
                measured.put(trial.name(), Measurement.of(data, trial, control, progress));
            }
        }
        return measured;
    }

    private static PartOutcome compare(Target target, Part part, List<Map<String, Measurement>> replications) {
        List<BigDecimal> values = replications.stream()
                .map(measured -> part.simulated()
                        .value(figure -> of(target, figure, measured).figure(figure.path())))
                .toList();
        return outcome(part, Replicated.of(part.what(), values, chance(target, part, replications)));
    }

    /** Under a control, which may have left nothing to measure. */
    private static PartOutcome compare(Target target, Part part, Map<String, Measurement> controlled) {
        boolean there = part.simulated().figures().stream()
                .allMatch(figure -> of(target, figure, controlled).has(figure.path()));
        return there ? compare(target, part, List.of(controlled)) : outcome(part, null);
    }

    private static Replicated.Chance chance(Target target, Part part, List<Map<String, Measurement>> replications) {
        boolean run = false;
        boolean same = true;
        for (FigureName figure : part.simulated().figures()) {
            String first = of(target, figure, replications.get(0)).eventHash();
            run |= !first.isEmpty();
            same &= replications.stream()
                    .allMatch(
                            measured -> of(target, figure, measured).eventHash().equals(first));
        }
        if (!run) {
            return Replicated.Chance.NOT_RUN;
        } else if (replications.size() == 1) {
            return Replicated.Chance.ONE_RUN;
        }
        return same ? Replicated.Chance.SAME_RUN : Replicated.Chance.SAME_VALUE;
    }

    private static Measurement of(Target target, FigureName figure, Map<String, Measurement> measured) {
        return Objects.requireNonNull(measured.get(target.trial(figure.trial()).name()));
    }

    private static PartOutcome outcome(Part part, @Nullable Replicated simulated) {
        BigDecimal value = simulated == null ? null : simulated.value();
        Interval interval = simulated == null ? NOTHING : simulated.interval();
        return new PartOutcome(
                part.what(),
                part.unit(),
                part.published(),
                value,
                interval,
                value == null ? null : part.error(value),
                part.accepted().text(part.unit()),
                part.basis().word(),
                value != null && part.accepted().holds(value),
                interval instanceof Interval.Known known && part.accepted().divides(known.low(), known.high()));
    }
}
