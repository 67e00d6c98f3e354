package grusim.workload;

import java.math.BigDecimal;

/** When enough replications have been made: as soon as the interval of one figure is narrow enough. */
public record PrecisionSpec(
        @Knob(
                doc =
                        "The figure by its path in result.json, such as latency.dropin.interrupt.p99Ns, or \"\" for none.",
                value = "")
        String metric,

        @Knob(
                doc = "How far the ends of its interval may lie from it, as a part of it.",
                value = "0.02",
                min = "0.0001",
                max = "1")
        BigDecimal within,

        @Knob(doc = "Replications at most, known so well or not.", value = "64", min = "2", max = "10000")
        int atMost) {
    /**
     * Replications made before the rule is first asked. A rule that is asked again and again stops at replications that
     * happen to be alike, whose interval is too narrow: from five on it would hold the truth in some 91 of 100 cases
     * instead of 95, from this many on in 93 to 95.
     */
    public static final int FEWEST = 20;

    public PrecisionSpec {
        BigDecimal shortest = within.stripTrailingZeros();
        within = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** Whether a figure is named. */
    public boolean given() {
        return !metric.isEmpty();
    }
}
