package grusim.result.compare;

import grusim.result.Metric;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One figure of two designs before the verdict.
 *
 * @param a the value in design A, null if unknown
 * @param b the value in design B, null if unknown
 * @param identical whether it is the same in every run
 * @param contrast what the runs allow to say of the change, or null
 * @param how how that was found, or why it was not
 * @param samples on how many values it rests
 */
record Estimated(
        Metric metric,
        @Nullable BigDecimal a,
        @Nullable BigDecimal b,
        boolean identical,
        @Nullable Contrast contrast,
        String how,
        long samples) {
    /** What can be tested for a difference, or null: nothing where every run says the same. */
    @Nullable
    Contrast tested() {
        return identical ? null : contrast;
    }
}
