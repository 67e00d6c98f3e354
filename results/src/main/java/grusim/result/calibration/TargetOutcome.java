package grusim.result.calibration;

import java.util.List;

/**
 * A target with all that was simulated for it.
 *
 * @param id name of the target
 * @param kind E, Q, O or S
 * @param hard whether a miss is a failure
 * @param observable what is looked at
 * @param quoted what was published
 * @param source where
 * @param tag how that is known
 * @param profile the machine it is of
 * @param notSimulated why there is nothing to compare, or empty
 * @param note what a reader of the verdict has to know
 * @param parts its figures
 * @param controls the changes that must spoil it
 */
public record TargetOutcome(
        String id,
        String kind,
        boolean hard,
        String observable,
        String quoted,
        String source,
        String tag,
        String profile,
        String notSimulated,
        String note,
        List<PartOutcome> parts,
        List<ControlOutcome> controls) {
    /** What follows a verdict that further runs might change. */
    static final String OPEN = "; interval reaches over the bound";

    public TargetOutcome {
        parts = List.copyOf(parts);
        controls = List.copyOf(controls);
    }

    /** What became of a target. */
    public enum Verdict {
        PASSED("passed"),
        FAILED("FAILED"),
        WARNED("warned"),
        NOT_SIMULATED("not yet simulated");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** The verdict in tables. */
        public String word() {
            return word;
        }
    }

    /** Whether all figures are accepted; a soft target that misses only warns. */
    public Verdict verdict() {
        if (!notSimulated.isEmpty()) {
            return Verdict.NOT_SIMULATED;
        } else if (parts.stream().allMatch(PartOutcome::holds)) {
            return Verdict.PASSED;
        }
        return hard ? Verdict.FAILED : Verdict.WARNED;
    }

    /** The verdict, and whether the figures that decided it might have come out otherwise. */
    public String words() {
        boolean open = switch (verdict()) {
            case PASSED -> parts.stream().anyMatch(PartOutcome::open);
            case FAILED, WARNED -> parts.stream().allMatch(part -> part.holds() || part.open());
            case NOT_SIMULATED -> false;
        };
        return verdict().word() + (open ? OPEN : "");
    }

    /** Whether it passed, or may miss, and whether every control spoiled it. */
    public boolean good() {
        return verdict() != Verdict.FAILED && controls.stream().allMatch(ControlOutcome::spoils);
    }
}
