package grusim.result.proof;

/**
 * An order that nothing enforced, and that would have prevented the violation.
 *
 * @param earlier number of the step that had to come, or take effect, first; it may have the greater number
 * @param later number of the step that had to come second
 * @param kind what enforces the order, for example {@code read barrier}; may be empty
 * @param sentence the same as a sentence
 */
public record Missing(int earlier, int later, String kind, String sentence) {}
