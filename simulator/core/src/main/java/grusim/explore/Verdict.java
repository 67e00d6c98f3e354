package grusim.explore;

import org.jspecify.annotations.Nullable;

/**
 * What an exploration found.
 *
 * <p>States, transitions and schedules are those of the pass over all states; when something was found they are those of
 * the search for the least way to it, so that they do not depend on the number of threads either.
 *
 * @param outcome how it ended
 * @param states number of distinct states visited: with reduction, states in which every agent stands before a step that
 *     others can notice
 * @param transitions number of moves taken between them
 * @param schedules number of paths walked to their end: where nobody could step, or everything left was covered already
 * @param bound what the exploration left out, or why it ended early; empty if nothing
 * @param explanation what is wrong, or who waits for what in a deadlock; empty if nothing was found
 * @param counterexample how the initial state leads to what is wrong; null if nothing was found
 * @param least whether no counterexample has fewer changes of the agent among the steps that others can notice, nor as
 *     many and fewer such steps
 */
public record Verdict(
        Outcome outcome,
        long states,
        long transitions,
        long schedules,
        String bound,
        String explanation,
        @Nullable Schedule counterexample,
        boolean least) {}
