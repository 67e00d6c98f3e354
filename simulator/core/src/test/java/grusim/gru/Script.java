package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Shared;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.List;

/** A list of things for an agent to do one after another, each in a step of its own. */
final class Script extends Routine {
    private interface Line {
        void step(Agent agent, int pc);
    }

    interface Action {
        void run(Agent agent);
    }

    interface Condition {
        boolean holds(Agent agent);
    }

    private final List<Line> lines = new ArrayList<>();
    private long endPs = -1;

    Script(Engine engine) {
        super(engine, "script", 0);
    }

    /** One access. */
    Script then(Action action) {
        lines.add((agent, pc) -> {
            action.run(agent);
            agent.next(pc + 1, 0, Why.COMPUTE);
        });
        return this;
    }

    /** Looks until the condition holds, again whenever {@code on} changes. */
    Script until(Shared on, Condition condition) {
        lines.add((agent, pc) -> {
            if (condition.holds(agent)) {
                agent.next(pc + 1, 0, Why.COMPUTE);
            } else {
                agent.await(on, pc, Why.POLL);
            }
        });
        return this;
    }

    Script pause(long delayPs) {
        lines.add((agent, pc) -> agent.next(pc + 1, delayPs, Why.THINK));
        return this;
    }

    /** When the last line was done, or -1. */
    long endPs() {
        return endPs;
    }

    @Override
    public String stepName(int pc) {
        return "line " + pc;
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc == lines.size()) {
            endPs = agent.engine().nowPs();
            agent.done(0);
        } else {
            lines.get(pc).step(agent, pc);
        }
    }
}
