package grusim.contract;

import grusim.engine.Agent;
import grusim.engine.Engine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Point 5 where a run stands still: agents that wait for each other are a deadlock; if there are none, whoever sleeps though
 * nothing is left to happen has lost a wake-up, and each miss that is left was never answered.
 */
final class Standstill {
    private final Engine engine;
    private final Findings findings;
    private final WaitGraph waits;
    private final ContextLives contexts;

    Standstill(Engine engine, Findings findings, WaitGraph waits, ContextLives contexts) {
        this.engine = engine;
        this.findings = findings;
        this.waits = waits;
        this.contexts = contexts;
    }

    void judge() {
        List<Agent> cycle = new ArrayList<>(waits.cycle());
        if (cycle.isEmpty()) {
            waits.sleepers().forEach(this::sleeps);
            contexts.judgeUnanswered("left nothing to happen");
        } else {
            Agent last = Collections.max(
                    cycle, Comparator.comparingLong(Agent::waitsSincePs).thenComparingInt(Agent::id));
            Collections.rotate(cycle, -1 - cycle.indexOf(last));
            deadlocked(cycle);
        }
    }

    private void sleeps(Agent sleeper) {
        findings.checks++;
        findings.violated(
                Invariant.LOST_WAKE_UP, began(sleeper), engine.stepping(), "took the last step, which woke nobody");
    }

    /** Each waits for the next, the last for the first; the last was the last to begin. */
    private void deadlocked(List<Agent> cycle) {
        findings.checks++;
        StringBuilder between = new StringBuilder();
        for (Agent agent : cycle.subList(1, cycle.size() - 1)) {
            between.append("; ").append(began(agent).text());
        }
        Agent last = cycle.get(cycle.size() - 1);
        findings.violated(
                Invariant.DEADLOCK, began(cycle.get(0)), last.id(), "waits for " + waits.object(last) + between);
    }

    private Deed began(Agent agent) {
        return findings.deed(agent.waitsSincePs(), agent.id(), "began to wait for " + waits.object(agent));
    }
}
