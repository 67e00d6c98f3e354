package grusim.run.calibration;

import grusim.explore.Progress;
import grusim.result.AttributionShares;
import grusim.result.Metric;
import grusim.result.Metrics;
import grusim.result.RunResult;
import grusim.result.proof.CheckResult;
import grusim.run.Replicate;
import grusim.run.RunOptions;
import grusim.run.RunProgress;
import grusim.run.Runs;
import grusim.run.SelfTests;
import grusim.run.Structure;
import grusim.run.check.Check;
import grusim.run.check.CheckOptions;
import grusim.workload.SpecException;
import grusim.workload.calibration.CalibrationData;
import grusim.workload.calibration.Control;
import grusim.workload.calibration.Trial;
import grusim.workload.load.ResolvedSpec;
import grusim.workload.load.SpecLoader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of one trial, by their paths. */
final class Measurement {
    private static final BigDecimal YES = BigDecimal.ONE;
    private static final BigDecimal NO = BigDecimal.ZERO;

    private final Trial trial;
    private final Map<String, BigDecimal> figures = new LinkedHashMap<>();
    private String eventHash = "";

    private Measurement(Trial trial) {
        this.trial = trial;
    }

    /** Does a trial with its spec's seed, with a control's change if one is given. */
    static Measurement of(CalibrationData data, Trial trial, @Nullable Control control, RunProgress progress) {
        return of(data, trial, control, 0, progress);
    }

    /**
     * As above, with other random numbers.
     *
     * @param number of the replication; the first has the spec's seed
     */
    static Measurement of(
            CalibrationData data, Trial trial, @Nullable Control control, int number, RunProgress progress) {
        List<String> settings = data.settings(trial, control);
        ResolvedSpec spec = Replicate.of(SpecLoader.load(data.spec(trial), settings), number);
        Measurement made = new Measurement(trial);
        switch (trial.does()) {
            case RUN -> made.run(spec, progress);
            case CHECK -> made.check(spec, settings);
            case STRUCTURE ->
                Structure.of(spec).forEach((name, count) -> made.put("structure." + name, BigDecimal.valueOf(count)));
            case SELFTEST ->
                SelfTests.test(spec.spec(), 0)
                        .forEach(test -> made.put(
                                "selftest." + test.name().split(" ", 2)[0] + ".passed", test.passed() ? YES : NO));
        }
        return made;
    }

    private void run(ResolvedSpec spec, RunProgress progress) {
        RunResult result = Runs.simulate(spec, RunOptions.standard(""), progress, null);
        for (Metric metric : Metrics.of(result)) {
            if (metric.value() != null) {
                put(metric.path(), metric.value());
            }
        }
        attribution(result.attribution());
        eventHash = result.eventHash();
    }

    /** Mean time of an instruction by reason, as {@code attribution.vload.page-fault.meanNs}. */
    private void attribution(AttributionShares shares) {
        for (int kind = 0; kind < shares.kinds().size(); kind++) {
            for (int reason = 0;
                    shares.instructions(kind) > 0 && reason < shares.reasons().size();
                    reason++) {
                String path = "attribution." + shares.kinds().get(kind) + "."
                        + shares.reasons().get(reason).replace(' ', '-') + ".meanNs";
                BigDecimal totalNs = BigDecimal.valueOf(shares.partPs(kind, reason), 3);
                put(path, totalNs.divide(BigDecimal.valueOf(shares.instructions(kind)), MathContext.DECIMAL64));
            }
        }
    }

    private void check(ResolvedSpec spec, List<String> settings) {
        CheckResult result =
                new Check(spec.spec(), settings, "grusim calibrate", CheckOptions.COMPLETE).run(Progress.SILENT);
        put("check.safe", result.verdict() == CheckResult.Verdict.SAFE ? YES : NO);
        put("check.states", BigDecimal.valueOf(result.states()));
        put("check.transitions", BigDecimal.valueOf(result.transitions()));
        put("check.schedules", BigDecimal.valueOf(result.schedules()));
    }

    private void put(String path, BigDecimal value) {
        figures.put(path, value);
    }

    /** Whether there is such a figure; a counter that nothing counted is zero. */
    boolean has(String path) {
        return figures.containsKey(path) || path.startsWith("counters.");
    }

    /** Equal for equal runs; empty if nothing was run. */
    String eventHash() {
        return eventHash;
    }

    /** The figure at a path. */
    BigDecimal figure(String path) {
        if (has(path)) {
            return figures.getOrDefault(path, NO);
        }
        throw new SpecException("trial " + trial.name() + ": has no figure " + path
                + "; accepted: paths of result.json with enough samples, check.*, structure.*, selftest.*");
    }
}
