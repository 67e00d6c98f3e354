package grusim.explore;

import java.util.List;

/**
 * What a walk found.
 *
 * @param outcome how it ended
 * @param states number of distinct states visited
 * @param transitions number of steps taken, each from a distinct state by a distinct agent and choice
 * @param explanation the violation in words, or who waits for what in a deadlock; empty if nothing was found
 * @param path how the initial state leads to the violation or deadlock; empty if nothing was found
 */
public record Verdict(Outcome outcome, long states, long transitions, String explanation, List<Move> path) {
    /** Keeps a copy of the path. */
    public Verdict {
        path = List.copyOf(path);
    }
}
