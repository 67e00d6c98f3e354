package grusim.run;

import grusim.result.Replications;
import grusim.workload.PrecisionSpec;
import grusim.workload.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * How many replications of a spec are made. Immutable.
 *
 * @param least at least so many, and without a rule exactly so many
 * @param most at most so many
 * @param rule when enough have been made, or null
 */
public record ReplicationPlan(int least, int most, @Nullable PrecisionRule rule) {
    /** After so many replications a figure that none of them has is taken for misspelt. */
    private static final int NAMED_BY = 5;

    public ReplicationPlan {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException(least + " to " + most + " replications; accepted: 1 and more");
        }
    }

    /** Always the same number of replications. */
    public static ReplicationPlan fixed(int count) {
        return new ReplicationPlan(count, count, null);
    }

    /** What a spec asks for. */
    public static ReplicationPlan of(RunSpec run) {
        PrecisionSpec precision = run.precision();
        if (!precision.given()) {
            return fixed(run.replications());
        }
        PrecisionRule.refuseMaximum(precision.metric());
        int least = Math.max(run.replications(), PrecisionSpec.FEWEST);
        return new ReplicationPlan(
                least, precision.atMost(), new PrecisionRule(precision.metric(), precision.within()));
    }

    /**
     * Whether the replications made so far, all taken in order, are enough.
     *
     * @throws grusim.workload.SpecException if there is no such figure as the rule names
     */
    boolean enough(Replications made) {
        if (rule != null && made.count() == NAMED_BY) {
            rule.known(made);
        }
        return made.count() >= most || (made.count() >= least && (rule == null || rule.reached(made)));
    }
}
