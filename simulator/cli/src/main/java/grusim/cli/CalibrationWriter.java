package grusim.cli;

import grusim.result.calibration.AssumptionsText;
import grusim.result.calibration.CalibrationDocument;
import grusim.result.calibration.Headline;
import grusim.result.calibration.ProfileText;
import grusim.result.calibration.SensitivityRow;
import grusim.result.calibration.TargetOutcome;
import grusim.result.calibration.Weighing;
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

    /** The section on assumptions: two simulations for each and each spec of the headlines. */
    String assumptions() throws IOException {
        List<Weighing> weighings = new ArrayList<>();
        for (Headlines headlines : data.headlines()) {
            weighings.add(weigh(headlines));
        }
        return AssumptionsText.of(weighings);
    }

    private Weighing weigh(Headlines headlines) throws IOException {
        Sensitivity sensitivity = new Sensitivity(data, headlines, Workers.stoppable(RunProgress.NONE));
        List<BigDecimal> chance = sensitivity.chance(Workers.stoppable(RunProgress.NONE));
        List<Headline> figures = new ArrayList<>();
        for (int i = 0; i < headlines.figures().size(); i++) {
            Headlines.Headline figure = headlines.figures().get(i);
            figures.add(new Headline(
                    figure.what(), figure.unit(), sensitivity.base().get(i), chance.get(i)));
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
        return new Weighing(headlines.trial().name(), figures, rows);
    }
}
