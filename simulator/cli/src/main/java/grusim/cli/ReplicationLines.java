package grusim.cli;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figures;
import grusim.result.text.Quantity;
import grusim.run.PrecisionRule;
import grusim.run.ReplicationPlan;
import grusim.workload.RunSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a table of replications is followed by: how many they are and why, from when on they are measured, and those that failed. */
final class ReplicationLines {
    private static final MathContext SHOWN = new MathContext(2);

    private ReplicationLines() {}

    /** The lines; none for a single run without a rule. */
    static List<String> of(Replications result, RunSpec run) {
        List<String> lines = new ArrayList<>();
        ReplicationPlan plan = ReplicationPlan.of(run);
        PrecisionRule rule = plan.rule();
        if (rule != null) {
            lines.add(known(result, plan, rule, run.replications()));
        } else if (result.count() > 1) {
            lines.add("Replications: " + result.count() + ".");
        }
        if (run.warmUpPs() != 0) {
            lines.add(measured(result.first(), run));
        }
        boolean same =
                result.runs().stream().map(RunResult::eventHash).distinct().count() == 1;
        if (result.count() > 1 && same) {
            lines.add("All replications are the same run: nothing in this spec is drawn at random.");
        }
        for (int i = 1; i < result.count(); i++) {
            RunResult each = result.runs().get(i);
            if (!RunSettings.safe(each)) {
                lines.add("Replication %d, --seed %d: %d contract violations, %d data checks failed; %s"
                        .formatted(
                                i,
                                each.seed(),
                                each.contract().failures(),
                                each.dataChecks().failures(),
                                text(each)));
            }
        }
        return lines;
    }

    private static String measured(RunResult first, RunSpec run) {
        long fromPs = first.counter(Figures.MEASURED_FROM);
        if (fromPs == 0) {
            return "Durations are measured from the beginning: MSER-5 finds no warm-up, or the run is too short to"
                    + " tell.";
        }
        return "Durations are measured from " + Quantity.time(fromPs) + " on"
                + (run.warmUpPs() == RunSpec.AUTO ? ", as MSER-5 finds." : ".")
                + (fromPs < first.simulatedPs() ? "" : " The run has ended before.");
    }

    /** Why more were made than were asked for. */
    private static String fewest(Replications result, ReplicationPlan plan, int asked) {
        return asked > 1 && asked < plan.least() && result.count() == plan.least()
                ? "; fewer than " + plan.least() + " do not tell"
                : "";
    }

    private static String known(Replications result, ReplicationPlan plan, PrecisionRule rule, int asked) {
        Optional<BigDecimal> known = rule.known(result);
        String how = known.map(part -> "known to " + percent(part)).orElse("without an interval");
        boolean reached = rule.reached(result);
        return "Replications: %d; %s is %s, %s was asked for%s."
                .formatted(
                        result.count(),
                        rule.path(),
                        how,
                        percent(rule.within()),
                        reached ? fewest(result, plan, asked) : ", and " + plan.most() + " are the most allowed");
    }

    private static String percent(BigDecimal part) {
        BigDecimal percent = part.movePointRight(2);
        return (percent.signum() == 0
                        ? "0"
                        : percent.round(SHOWN).stripTrailingZeros().toPlainString()) + "%";
    }

    private static String text(RunResult run) {
        List<String> texts = run.contract().texts().isEmpty()
                ? run.dataChecks().texts()
                : run.contract().texts();
        return texts.isEmpty() ? "" : texts.get(0);
    }
}
