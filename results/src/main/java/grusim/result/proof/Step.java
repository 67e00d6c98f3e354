package grusim.result.proof;

import org.jspecify.annotations.Nullable;

/**
 * One step of one agent.
 *
 * @param number its place in the counterexample, from 1
 * @param lane index of its agent among the lanes
 * @param routine the routine it belongs to
 * @param text what it does, in the words of the routine
 * @param touch the shared state it touches, if any
 * @param note what else there is to know, for example {@code sleeps}; empty if nothing; a step with a note is always shown
 */
public record Step(
        int number,
        int lane,
        String routine,
        String text,
        @Nullable Touch touch,
        String note) {}
