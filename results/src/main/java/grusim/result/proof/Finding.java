package grusim.result.proof;

/**
 * What was violated, in words.
 *
 * @param point the point of the contract, from 1
 * @param sentence what must hold and did not, or who waits for whom; may have several lines
 * @param first the first of the two accesses that had to be ordered, empty if there are none
 * @param second the second of them, empty if there are none
 */
public record Finding(int point, String sentence, String first, String second) {}
