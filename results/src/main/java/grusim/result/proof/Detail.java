package grusim.result.proof;

/** How much of a counterexample is shown; the rest is folded, run by run. */
public enum Detail {
    /** The steps that race, and those with a note. */
    STORY,
    /** Also the steps that touch state that another agent touches too, one of the two writing. */
    SHARED,
    /** All steps. */
    ALL
}
