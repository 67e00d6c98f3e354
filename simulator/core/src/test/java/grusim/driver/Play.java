package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Shared;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a CPU does, one line after another; each line is one step, a call one routine. */
final class Play extends Routine {
    private interface Line {
        void step(Agent agent, int pc);
    }

    private final List<Line> lines = new ArrayList<>();
    private long result;
    private boolean called;
    private long endPs = -1;

    Play(DriverRig rig) {
        super(rig.engine, "play", 0);
    }

    /** One access. */
    Play then(Consumer<Agent> action) {
        lines.add((agent, pc) -> {
            action.accept(agent);
            agent.next(pc + 1, 0, Why.COMPUTE);
        });
        return this;
    }

    /** Looks until the condition holds, again whenever {@code on} changes. */
    Play until(Shared on, Predicate<Agent> condition) {
        lines.add((agent, pc) -> {
            if (condition.test(agent)) {
                agent.next(pc + 1, 0, Why.COMPUTE);
            } else {
                agent.await(on, pc, Why.POLL);
            }
        });
        return this;
    }

    Play pause(long delayPs) {
        lines.add((agent, pc) -> agent.next(pc + 1, delayPs, Why.THINK));
        return this;
    }

    Play call(Routine routine, long... arguments) {
        lines.add((agent, pc) -> {
            called = true;
            agent.call(routine, pc + 1);
            for (int i = 0; i < arguments.length; i++) {
                agent.local(i, arguments[i]);
            }
        });
        return this;
    }

    /** Result of the last call. */
    long result() {
        assert called && endPs >= 0 : "not ended";
        return result;
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
        if (called) {
            result = agent.result();
        }
        if (pc == lines.size()) {
            endPs = agent.engine().nowPs();
            agent.done(0);
        } else {
            lines.get(pc).step(agent, pc);
        }
    }
}
