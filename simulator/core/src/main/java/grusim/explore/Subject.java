package grusim.explore;

import grusim.engine.Engine;
import org.jspecify.annotations.Nullable;

/** What is explored: a simulation whose agents are started, and what must hold in each of its states. */
public interface Subject {
    /** The exploring engine that runs it. */
    Engine engine();

    /** What is wrong in the present state, in words, or null; a function of the engine's state only. */
    @Nullable
    String violation();

    /**
     * Which parts of what {@link #violation} keeps account of were consulted or changed since the last call, as a bit mask;
     * reading clears it. Steps whose masks intersect do not commute.
     */
    long observed();

    /** Whether something is wrong when agents wait and nobody can step. */
    default boolean mindsStandstill() {
        return true;
    }
}
