package grusim.engine;

/**
 * Resolves a choice that the model leaves open: drawn at random when timed, a branch when exploring, the next token when
 * replaying.
 */
@FunctionalInterface
public interface Choices {
    /** Picks one of {@code alternatives} (at least 1), numbered from zero. */
    int pick(Agent agent, int alternatives);
}
