package grusim.cli;

import grusim.result.calibration.CalibrationDocument;
import grusim.result.calibration.Headline;
import grusim.result.calibration.ProfileText;
import grusim.result.calibration.SensitivityRow;
import grusim.result.calibration.TargetOutcome;
import grusim.run.RunProgress;
import grusim.run.calibration.Sensitivity;
import grusim.workload.calibration.CalibrationData;
import grusim.workload.calibration.Headlines;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Puts the calibration's document together, and weighs the assumptions for it. */
final class CalibrationWriter {
    private final CalibrationData data;
    private final int replications;
    private final int workers;

    CalibrationWriter(CalibrationData data, int replications, int workers) {
        this.data = data;
        this.replications = replications;
        this.workers = workers;
    }

    /** The whole document. */
    String document(List<TargetOutcome> outcomes) throws IOException {
        StringBuilder text = new StringBuilder(CalibrationDocument.opening(outcomes, replications));
        outcomes.forEach(outcome -> text.append(CalibrationDocument.target(outcome)));
        return text.append(profiles()).append(assumptions()).toString();
    }

    /** The section on the machines. */
    String profiles() {
        return CalibrationDocument.profiles(data.profiles().stream()
                .map(profile -> new ProfileText(
                        profile.name(),
                        profile.description(),
                        profile.settings().stream()
                                .flatMap(setting -> List.of(setting.set(), setting.source()).stream())
                                .toList()))
                .toList());
    }

    /** The section on assumptions: two simulations for each. */
    String assumptions() throws IOException {
        Sensitivity sensitivity = new Sensitivity(data, Workers.stoppable(RunProgress.NONE));
        List<BigDecimal> chance = sensitivity.chance(Workers.stoppable(RunProgress.NONE));
        List<Headline> headlines = new ArrayList<>();
        List<Headlines.Headline> figures = data.headlines().figures();
        for (int i = 0; i < figures.size(); i++) {
            headlines.add(new Headline(
                    figures.get(i).what(),
                    figures.get(i).unit(),
                    sensitivity.base().get(i),
                    chance.get(i)));
        }
        List<SensitivityRow> rows = new ArrayList<>();
        Workers.inOrder(
                workers,
                sensitivity.assumptions(),
                assumption -> sensitivity.weigh(assumption, Workers.stoppable(RunProgress.NONE)),
                row -> {
                    rows.add(row);
                    return ExitCode.DONE;
                });
        return CalibrationDocument.assumptions(headlines, rows);
    }
}
