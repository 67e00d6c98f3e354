package grusim.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code --precision}: a figure's path, how well it is to be known, and the most replications made for it. */
final class PrecisionOption {
    private static final Pattern FORM =
            Pattern.compile("\\s*([^=,\\s]+)\\s*=\\s*(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(%?)\\s*(?:,\\s*(\\d{1,9})\\s*)?");

    private PrecisionOption() {}

    /** The overrides of a spec that say the same. */
    static List<String> settings(String option) {
        Matcher matcher = FORM.matcher(option);
        if (!matcher.matches()) {
            throw new UserError("--precision " + option
                    + "; accepted: PATH=PART[,N], e.g. latency.dropin.interrupt.p99Ns=2% or .. =0.02,50");
        }
        BigDecimal part = new BigDecimal(matcher.group(2));
        BigDecimal within = matcher.group(3).isEmpty() ? part : part.movePointLeft(2);
        String metric = "run.precision.metric=\"" + matcher.group(1) + "\"";
        String width = "run.precision.within=" + within.toPlainString();
        return matcher.group(4) == null
                ? List.of(metric, width)
                : List.of(metric, width, "run.precision.atMost=" + matcher.group(4));
    }
}
