package grusim.run.calibration;

import grusim.result.calibration.SensitivityRow;
import grusim.run.RunProgress;
import grusim.workload.SpecException;
import grusim.workload.calibration.Assumption;
import grusim.workload.calibration.CalibrationData;
import grusim.workload.calibration.Control;
import grusim.workload.calibration.Headlines;
import grusim.workload.calibration.Trial;
import grusim.workload.load.SpecLoader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What some headline figures owe to each value that is published nowhere: the same run, with the same seed, with the value
 * halved and doubled. Different assumptions may be tried on different threads.
 */
public final class Sensitivity {
    /** Other seeds that tell how far a figure moves by chance. */
    private static final int SEEDS = 8;

    private final CalibrationData data;
    private final Headlines headlines;
    private final List<BigDecimal> base;

    /** Simulates the headlines as they are. */
    public Sensitivity(CalibrationData data, Headlines headlines, RunProgress progress) {
        this.data = data;
        this.headlines = headlines;
        Measurement measured = Measurement.of(data, headlines.trial(), null, progress);
        base = headlines.figures().stream()
                .map(figure -> figure.simulated().value(name -> measured.figure(name.path())))
                .toList();
    }

    /** The headline figures as they are, in the order of the headlines. */
    public List<BigDecimal> base() {
        return base;
    }

    /** The largest relative change of each figure when only the seed is another. */
    public List<BigDecimal> chance(RunProgress progress) {
        List<BigDecimal> largest = new ArrayList<>(Collections.nCopies(base.size(), BigDecimal.ZERO));
        for (int seed = 2; seed < 2 + SEEDS; seed++) {
            List<@Nullable BigDecimal> changes = changes(Optional.of("seed=" + seed), progress);
            for (int i = 0; i < changes.size(); i++) {
                BigDecimal change = changes.get(i);
                largest.set(i, change == null ? largest.get(i) : largest.get(i).max(change.abs()));
            }
        }
        return largest;
    }

    /** All that is assumed in the headlines' spec. */
    public List<Assumption> assumptions() {
        Trial trial = headlines.trial();
        return Assumption.of(SpecLoader.load(data.spec(trial), data.settings(trial, null)));
    }

    /** Tries one assumption halved and doubled. */
    public SensitivityRow weigh(Assumption assumption, RunProgress progress) {
        return new SensitivityRow(
                assumption.path(),
                assumption.value(),
                assumption.source(),
                changes(assumption.halved(), progress),
                changes(assumption.doubled(), progress));
    }

    /** Relative changes of the figures under a setting; none if the spec refuses it. */
    private List<@Nullable BigDecimal> changes(Optional<String> setting, RunProgress progress) {
        List<@Nullable BigDecimal> changes = new ArrayList<>();
        if (setting.isEmpty() || refused(setting.get())) {
            return changes;
        }
        Control change = new Control("other value", List.of(setting.get()), "");
        Measurement measured = Measurement.of(data, headlines.trial(), change, progress);
        for (int i = 0; i < base.size(); i++) {
            BigDecimal before = base.get(i);
            boolean there = headlines.figures().get(i).simulated().figures().stream()
                    .allMatch(name -> measured.has(name.path()));
            changes.add(
                    !there || before.signum() == 0
                            ? null
                            : headlines
                                    .figures()
                                    .get(i)
                                    .simulated()
                                    .value(name -> measured.figure(name.path()))
                                    .subtract(before)
                                    .divide(before, MathContext.DECIMAL64));
        }
        return changes;
    }

    private boolean refused(String setting) {
        List<String> settings = new ArrayList<>(data.settings(headlines.trial(), null));
        settings.add(setting);
        try {
            SpecLoader.load(data.spec(headlines.trial()), settings);
            return false;
        } catch (SpecException e) {
            return true;
        }
    }
}
