package grusim.workload.calibration;

/** How a target is compared, and what a miss means. */
public enum TargetKind {
    /** Exact, or a fact of function. */
    E("exact", true),
    /** A quantity with a tolerance. */
    Q("quantity", true),
    /** An order or a shape. */
    O("order", true),
    /** A quantity from memory or of another kernel: a miss is a warning. */
    S("soft", false);

    private final String word;
    private final boolean hard;

    TargetKind(String word, boolean hard) {
        this.word = word;
        this.hard = hard;
    }

    /** The kind in a table. */
    public String word() {
        return word;
    }

    /** Whether a miss is a failure. */
    public boolean hard() {
        return hard;
    }
}
