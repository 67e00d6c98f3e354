package grusim.run.trace;

import grusim.engine.Agent;
import grusim.engine.Shared;
import grusim.engine.Why;
import grusim.result.trace.Detail;
import grusim.result.trace.Mark;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does, as slices inside each other: its routines from the first call to the running one, and inside the
 * latter what its time goes to, in the words of {@link Why} or, of a device unit, in those of its own states. An
 * interrupt ends the innermost slice, lies where it lay, and another one follows.
 */
final class AgentSlices {
    private final Timeline timeline;
    private final IntSupplier shownOn;
    private final boolean states;
    private int track = Timeline.NONE;
    /** Slices of others that were open on the track when the agent began its work. */
    private int outer;

    private int frames;
    private @Nullable String inner;

    /**
     * Shows an agent.
     *
     * @param shownOn the track at the time, asked for whenever the idle agent is set to work
     * @param states whether time is named by the agent's own states
     */
    AgentSlices(Timeline timeline, IntSupplier shownOn, boolean states) {
        this.timeline = timeline;
        this.shownOn = shownOn;
        this.states = states;
    }

    /** The agent is about to take a step; it may have been set to work, or interrupted. */
    void stepping(Agent agent, long nowPs) {
        if (agent.depth() != frames) {
            frames(agent, nowPs);
        }
    }

    /** The agent has taken a step. */
    void stepped(Agent agent, long nowPs) {
        if (agent.depth() != frames) {
            frames(agent, nowPs);
        }
        boolean waits = agent.waiting();
        boolean works = agent.ready() && agent.dueAtPs() > nowPs && agent.why() != Why.IDLE;
        String next = waits || works ? name(agent) : null;
        if (!Objects.equals(next, inner)) {
            endInner(nowPs);
            if (next != null) {
                Shared on = agent.waitingOn();
                timeline.begin(track, nowPs, next, on == null ? Mark.NONE : Mark.of(Detail.of("for", on.name())));
                inner = next;
            }
        }
    }

    private String name(Agent agent) {
        return states
                ? agent.frame(0).stepName((int) agent.position())
                : agent.why().text();
    }

    private void frames(Agent agent, long nowPs) {
        endInner(nowPs);
        int depth = agent.depth();
        if (frames == 0) {
            track = shownOn.getAsInt();
            outer = timeline.depth(track);
        }
        if (frames > depth) {
            timeline.endTo(track, outer + depth, nowPs);
            frames = depth;
        }
        for (; frames < depth; frames++) {
            timeline.begin(track, nowPs, agent.frame(depth - 1 - frames).name(), Mark.NONE);
        }
    }

    private void endInner(long nowPs) {
        if (inner != null) {
            timeline.endTo(track, outer + frames, nowPs);
            inner = null;
        }
    }
}
