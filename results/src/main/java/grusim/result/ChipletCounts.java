package grusim.result;

import java.util.List;

/**
 * One statistic by chiplet. Immutable.
 *
 * @param declaration what is counted, for example {@code chiplet.tlbHits}
 * @param chipletsPerBlade how many chiplets a blade has; the blade of a chiplet is its number divided by this
 * @param values by number of the chiplet; chiplets that no thread runs on are zero
 */
public record ChipletCounts(StatDeclaration declaration, int chipletsPerBlade, List<Long> values) {
    /** The name of the one statistic that is a mean over time; the others are counts. */
    public static final String OCCUPANCY = "chiplet.occupancy";

    public ChipletCounts {
        values = List.copyOf(values);
        if (chipletsPerBlade < 1 || values.size() % chipletsPerBlade != 0) {
            throw new IllegalArgumentException(
                    declaration.name() + ": " + values.size() + " chiplets, " + chipletsPerBlade + " on each blade");
        }
    }

    public int blades() {
        return values.size() / chipletsPerBlade;
    }

    /** The value of a chiplet of a blade. */
    public long value(int blade, int chiplet) {
        return values.get(blade * chipletsPerBlade + chiplet);
    }
}
