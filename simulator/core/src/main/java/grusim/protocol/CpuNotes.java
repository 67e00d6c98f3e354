package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/** A note of each CPU to itself, set or not, from one callout to another; nobody else looks at it. */
final class CpuNotes implements Stateful {
    private boolean[] notes = {};

    CpuNotes(Engine engine) {
        engine.component(this);
    }

    /** Sets or clears the agent's note; returns whether it was set. */
    boolean set(Agent agent, boolean now) {
        if (agent.id() >= notes.length) {
            notes = Arrays.copyOf(notes, agent.id() + 1);
        }
        boolean before = notes[agent.id()];
        notes[agent.id()] = now;
        return before;
    }

    /** Whether the agent's note is set. */
    boolean isSet(Agent agent) {
        return agent.id() < notes.length && notes[agent.id()];
    }

    @Override
    public void state(StateIo io) {
        int used = notes.length;
        while (used > 0 && !notes[used - 1]) {
            used--;
        }
        int length = io.i32(used);
        if (length > notes.length) {
            notes = new boolean[length];
        }
        for (int i = 0; i < notes.length; i++) {
            notes[i] = i < length && io.bool(notes[i]);
        }
    }
}
