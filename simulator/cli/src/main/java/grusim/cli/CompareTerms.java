package grusim.cli;

import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Correction;
import grusim.result.compare.Terms;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;

/** What the options of a comparison ask for: its terms, and the conditions under which it fails. */
record CompareTerms(Terms terms, List<Condition> conditions) {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    CompareTerms {
        conditions = List.copyOf(conditions);
    }

    static CompareTerms of(String level, String margin, String correction, List<String> judged, List<String> failIf) {
        BigDecimal confidence = percent("--level", level);
        if (confidence.compareTo(HALF) < 0 || confidence.compareTo(BigDecimal.ONE) >= 0) {
            throw new UserError("--level " + level + "; accepted: from 50% to below 100%");
        }
        BigDecimal within = percent("--margin", margin);
        if (within.signum() <= 0 || within.compareTo(BigDecimal.ONE) >= 0) {
            throw new UserError("--margin " + margin + "; accepted: above 0% and below 100%");
        }
        Correction by = named("--correction ", () -> Correction.named(correction));
        Terms terms = new Terms(confidence, within, by, judged);
        return new CompareTerms(
                terms,
                failIf.stream()
                        .map(text -> named("--fail-if ", () -> Condition.parse(text)))
                        .toList());
    }

    /** Judges all conditions; a condition or a pattern that names no figure is refused. */
    List<Condition.Judgement> judge(Comparison comparison) {
        for (String pattern : terms.judged()) {
            if (comparison.headline().stream().noneMatch(d -> Terms.names(pattern, d.path(), d.subject()))) {
                throw new UserError("--metric " + pattern
                        + ": neither run has such a figure; accepted: metric.statistic of comparison.csv, * for any text,"
                        + " e.g. throughput or latency.dropin.*.p99Ns");
            }
        }
        return conditions.stream()
                .map(condition -> named("--fail-if ", () -> condition.judge(comparison)))
                .toList();
    }

    private static BigDecimal percent(String option, String text) {
        String bare = text.strip();
        try {
            return bare.endsWith("%")
                    ? new BigDecimal(bare.substring(0, bare.length() - 1).strip()).movePointLeft(2)
                    : new BigDecimal(bare);
        } catch (NumberFormatException e) {
            throw new UserError(
                    option + " " + text + "; accepted: a percentage such as 1% or a fraction such as 0.01", e);
        }
    }

    private static <T> T named(String what, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new UserError(what + e.getMessage(), e);
        }
    }
}
