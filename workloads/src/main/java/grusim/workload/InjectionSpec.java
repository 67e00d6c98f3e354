package grusim.workload;

import java.math.BigDecimal;
import java.util.List;

/**
 * One kind of hardware error that strikes: which, where, when and how often. Every opportunity that fits is struck
 * unless a rate or instants choose among them.
 *
 * <p>In a check every opportunity that fits may be struck or spared, and {@code count} is of each control block.
 */
public record InjectionSpec(
        @Knob(doc = "The error.", required = true) InjectedError error,

        @Knob(
                doc =
                        "Share of the opportunities struck: instructions, lookups, line requests or messages, as the error is.",
                value = "1",
                min = "0",
                max = "1")
        BigDecimal rate,

        @Knob(
                doc = "The instants, in place of a rate: the first opportunity at or after each is struck.",
                max = "100000 s")
        List<Long> atPs,

        @Knob(doc = "The process whose accesses are struck, when a region is given.", value = "")
        String process,

        @Knob(doc = "The region of the process in which accesses are struck; without one, everywhere.", value = "")
        String region,

        @Knob(doc = "First byte of the region where accesses are struck.", value = "0 B")
        long offsetBytes,

        @Knob(
                doc = "Bytes from there on whose accesses are struck, or \"rest\" for what is left of the region.",
                value = "rest",
                word = "rest",
                min = "1 B")
        long lengthBytes,

        @Knob(doc = "Strikes at most on each chiplet, or \"unlimited\".", value = "unlimited", word = "unlimited")
        long count,

        @Knob(
                doc =
                        "Whether the instruction counts as aborted too (cbrexecstatus), so that software does not start it"
                                + " again.",
                value = "false")
        boolean abort,

        @Knob(doc = "Blade whose chiplets are struck, or \"any\".", value = "any", word = "any", max = "16383")
        int blade,

        @Knob(doc = "Chiplet of the blade that is struck, or \"any\".", value = "any", word = "any", max = "7")
        int chiplet) {
    /** The value of {@code count} without a limit. */
    public static final long UNLIMITED = -1;

    /** The value of {@code lengthBytes} for the rest of the region. */
    public static final long REST = -1;

    /** The value of {@code blade} and {@code chiplet} for every one. */
    public static final int ANY = -1;

    public InjectionSpec {
        atPs = List.copyOf(atPs);
        BigDecimal shortest = rate.stripTrailingZeros();
        rate = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** Whether only accesses of a region are struck. */
    public boolean placed() {
        return !region.isEmpty();
    }
}
