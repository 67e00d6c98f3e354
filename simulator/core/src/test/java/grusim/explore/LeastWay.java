package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Snapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The fewest changes of agent, and then the fewest steps, that lead to anything wrong: Dijkstra's algorithm over all states
 * and the agent that stepped last, written without regard to memory or time.
 */
final class LeastWay {
    private static final int NOBODY = -1;

    private record Cost(int switches, int steps) {}

    private record Node(Snapshot state, int last, Cost cost) {}

    private final Subject subject;
    private final Engine engine;
    private final Branches branches = new Branches();
    private final Map<String, Boolean> settled = new HashMap<>();
    private final PriorityQueue<Node> open = new PriorityQueue<>(
            Comparator.comparingInt((Node node) -> node.cost().switches())
                    .thenComparingInt(node -> node.cost().steps()));

    private LeastWay(Subject subject) {
        this.subject = subject;
        this.engine = subject.engine();
        engine.choices(branches);
    }

    /** Changes of agent and steps of the least way, as text. */
    static String of(Subject subject) {
        return new LeastWay(subject).search();
    }

    static String text(int switches, int steps) {
        return switches + " changes, " + steps + " steps";
    }

    private String search() {
        open.add(new Node(Snapshot.of(engine, false), NOBODY, new Cost(0, 0)));
        while (!open.isEmpty()) {
            Node node = open.remove();
            node.state().into(engine);
            if (wrong()) {
                return text(node.cost().switches(), node.cost().steps());
            }
            if (settled.put(node.state().fingerprint() + " " + node.last(), true) == null) {
                engine.agents().forEach(agent -> expand(node, agent));
            }
        }
        return "nothing is wrong";
    }

    private boolean wrong() {
        return subject.violation() != null
                || (engine.agents().stream().noneMatch(engine.exploring()::enabled)
                        && !engine.waitGraph().isEmpty());
    }

    private void expand(Node node, Agent agent) {
        node.state().into(engine);
        boolean change = node.last() != NOBODY && node.last() != agent.id();
        int[] next = {};
        int length = engine.exploring().enabled(agent) ? 0 : -1;
        while (length >= 0) {
            node.state().into(engine);
            branches.follow(next, length);
            engine.exploring().step(agent);
            Cost cost = new Cost(
                    node.cost().switches() + (change ? 1 : 0), node.cost().steps() + 1);
            open.add(new Node(Snapshot.of(engine, false), agent.id(), cost));
            length = branches.advance();
            next = length > 0 ? branches.copyTo(new int[0], length) : new int[0];
        }
    }
}
