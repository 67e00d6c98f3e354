package grusim.workload;

import java.math.BigDecimal;

/**
 * How the addresses of a step's instructions follow each other inside the step's range.
 *
 * <p>Instruction i of a thread starts at the range's start plus: i x step, wrapping (sequential, strided); a slot drawn
 * evenly or by Zipf's law over the range's slots of one step each (uniform, zipf); where the last load pointed (chase).
 */
public record PatternSpec(
        @Knob(doc = "Order of the addresses.", value = "sequential")
        PatternKind kind,

        @Knob(doc = "Distance between neighbouring start addresses.", value = "64 B", min = "1 B", max = "1 TiB")
        long stepBytes,

        @Knob(doc = "Zipf's exponent.", value = "0.99", min = "0.01", max = "10")
        BigDecimal exponent) {
    /** Orders of addresses. */
    public enum PatternKind {
        SEQUENTIAL,
        STRIDED,
        UNIFORM,
        ZIPF,
        CHASE
    }

    public PatternSpec {
        BigDecimal shortest = exponent.stripTrailingZeros();
        exponent = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
