package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state on the path of a walk: how to come back to it, and which of its moves have been followed. */
final class Visit {
    private final Snapshot state;
    private final List<Agent> enabled;
    private int current;
    private int @Nullable [] next = Branches.none();
    private int[] followed = Branches.none();

    Visit(Snapshot state, List<Agent> enabled) {
        this.state = state;
        this.enabled = enabled;
    }

    Snapshot state() {
        return state;
    }

    /** Moves on to the next move: another combination of choices, or the next enabled agent; false if there is none. */
    boolean advance() {
        if (next == null) {
            current++;
            next = Branches.none();
        }
        return current < enabled.size();
    }

    /** Whether no move has been followed yet. */
    boolean untouched() {
        return current == 0 && next == Branches.none();
    }

    /** The agent that makes the present move. */
    Agent agent() {
        return enabled.get(current);
    }

    /** Choices that the move must make first. */
    int[] prescribed() {
        return next == null ? followed : next;
    }

    /** Notes how the move went. */
    void followed(Branches branches) {
        followed = branches.combination();
        next = branches.next();
    }

    /** The choices of the move followed last. */
    int[] followed() {
        return followed;
    }
}
