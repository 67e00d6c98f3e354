package grusim.linux;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks all states that a few agents reach on an exploring engine, depth first. */
final class StateWalk {
    private final Engine engine;
    private final List<Agent> agents = new ArrayList<>();

    StateWalk(Engine engine) {
        this.engine = engine;
    }

    /** Adds an agent with one routine to run. */
    Agent start(String name, Routine routine, long... arguments) {
        Agent agent = new Agent(engine, name);
        agent.start(routine, 0, arguments);
        agents.add(agent);
        return agent;
    }

    /** Runs a routine alone to its end: part of the state from which the others race. */
    void settle(String name, Routine routine, long... arguments) {
        Agent agent = start(name, routine, arguments);
        agents.remove(agent);
        while (!agent.idle()) {
            engine.exploring().step(agent);
        }
    }

    /** Visits every state, checks every final one, and returns how many states there are. */
    int explore(Runnable check) {
        Set<Snapshot> seen = new HashSet<>();
        Deque<Snapshot> open = new ArrayDeque<>();
        open.push(Snapshot.of(engine, false));
        seen.add(open.peek());
        int finals = 0;
        while (!open.isEmpty()) {
            Snapshot state = open.pop();
            boolean last = true;
            for (Agent agent : agents) {
                state.into(engine);
                if (engine.exploring().enabled(agent)) {
                    last = false;
                    engine.exploring().step(agent);
                    Snapshot next = Snapshot.of(engine, false);
                    if (seen.add(next)) {
                        open.push(next);
                    }
                }
            }
            if (last) {
                state.into(engine);
                assertThat(agents).as(engine.waitGraph()).allMatch(Agent::idle);
                check.run();
                finals++;
            }
        }
        assertThat(finals).isPositive();
        return seen.size();
    }
}
