package grusim.contract;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who waits for whom: an agent that waits for a lock waits for whoever holds it, since even a reader among readers waits
 * behind a writer that waits for all of them. A cycle never opens again, whatever else goes on. What else agents wait for
 * (a count, a status, a barrier) has no holder.
 */
final class WaitGraph {
    private final Engine engine;
    private final HeldLocks held;

    WaitGraph(Engine engine, HeldLocks held) {
        this.engine = engine;
        this.held = held;
    }

    /** Agents that wait for each other, each for a lock that the next one holds; empty if there are none. */
    List<Agent> cycle() {
        boolean[] clear = new boolean[held.agents()];
        List<Agent> path = new ArrayList<>();
        for (int holder = 0; holder < held.agents(); holder++) {
            List<Agent> cycle = held.count(holder) > 0 ? follow(engine.agent(holder), path, clear) : List.of();
            if (!cycle.isEmpty()) {
                return cycle;
            }
        }
        return List.of();
    }

    private List<Agent> follow(Agent agent, List<Agent> path, boolean[] clear) {
        int at = path.indexOf(agent);
        if (at >= 0) {
            return List.copyOf(path.subList(at, path.size()));
        }
        Shared on = agent.waitingOn();
        if (on == null || agent.why() != Why.LOCK || clear[agent.id()]) {
            return List.of();
        }
        path.add(agent);
        for (int holder = 0; holder < held.agents(); holder++) {
            if (held.holds(holder, on.id())) {
                List<Agent> cycle = follow(engine.agent(holder), path, clear);
                if (!cycle.isEmpty()) {
                    return cycle;
                }
            }
        }
        path.remove(path.size() - 1);
        clear[agent.id()] = true;
        return List.of();
    }

    /** Agents that sleep until another does something. */
    List<Agent> sleepers() {
        return engine.agents().stream()
                .filter(agent -> agent.waiting() && agent.why() != Why.IDLE)
                .toList();
    }

    /** What an agent waits for, who holds that, and in which step, in words. */
    String object(Agent agent) {
        Shared on = agent.waitingOn();
        if (on == null) {
            return "nothing";
        }
        List<String> holders = engine.agents().stream()
                .filter(each -> agent.why() == Why.LOCK && held.holds(each.id(), on.id()))
                .map(Agent::name)
                .toList();
        String by = holders.isEmpty() ? "" : ", held by %s,".formatted(String.join(" and ", holders));
        return "%s%s in \"%s\"".formatted(on.name(), by, agent.doing());
    }

    /** Why nothing can happen any more, in words; empty if nobody sleeps. */
    Optional<String> deadlock() {
        List<Agent> cycle = cycle();
        List<Agent> stuck = cycle.isEmpty() ? sleepers() : cycle;
        String verdict = cycle.isEmpty() ? "nobody is left to wake who sleeps: " : "deadlock: ";
        return stuck.isEmpty()
                ? Optional.empty()
                : Optional.of(stuck.stream()
                        .map(agent -> agent.name() + " waits for " + object(agent))
                        .collect(Collectors.joining("; ", verdict, "")));
    }
}
