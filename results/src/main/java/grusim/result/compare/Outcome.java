package grusim.result.compare;

/** What a comparison says of one figure. */
public enum Outcome {
    /** Equal to the last digit in every pair of runs. */
    IDENTICAL("identical"),
    /** B's figure is lower, beyond chance. */
    LOWER("lower"),
    /** B's figure is higher, beyond chance. */
    HIGHER("higher"),
    /** No change was detected, and one beyond the margin is ruled out. */
    NO_CHANGE("no detectable change"),
    /** No change was detected, but one beyond the margin is not ruled out. */
    UNDECIDED("undecided"),
    /** The runs do not tell how well the figure is known. */
    CANNOT_SAY("cannot say");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** The outcome in tables and files. */
    public String text() {
        return text;
    }

    public boolean changed() {
        return this == LOWER || this == HIGHER;
    }
}
