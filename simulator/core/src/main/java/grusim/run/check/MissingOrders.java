package grusim.run.check;

import grusim.engine.Cpu;
import grusim.engine.Fence;
import grusim.explore.Outcome;
import grusim.result.proof.Missing;
import grusim.run.Scenario.Concern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which barrier was missing, where a load returned an old value: between the load that could have told its agent of the
 * newer value and that load, between the writer's two stores, or between a store and a load on both sides. Each answer is
 * tried: it counts if the scenario with the barriers in place is safe, fewest barriers first.
 */
final class MissingOrders {
    /** Explores the scenario with barriers added. */
    @FunctionalInterface
    interface Trial {
        /** How that ends, where only what is of concern counts as wrong. */
        Outcome with(List<Barrier> barriers, Concern concern);
    }

    /** What a trial proved of a set of barriers. */
    private enum Proof {
        SAFE,
        /** Nothing of the kind goes wrong any more, but something else does. */
        CLOSED,
        UNKNOWN
    }

    /** An order that a barrier before the later step would keep. */
    private record Order(Barrier barrier, Played earlier, Played later) {}

    private final List<Played> steps;
    private final Writes writes;
    private final StateWords words;
    private final Concern concern;
    private final Trial trial;

    /** {@code concern} says what kind of violation the recording ends in. */
    MissingOrders(Recording recording, Concern concern, Trial trial) {
        this.concern = concern;
        steps = recording.steps();
        words = recording.words();
        this.writes = new Writes(steps);
        this.trial = trial;
    }

    /** The orders that were missing; empty if no barrier closes it, or no load returned an old value. */
    List<Missing> find() {
        List<List<Order>> untried = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            for (List<Order> set : candidates(steps.get(i))) {
                List<Barrier> barriers = set.stream().map(Order::barrier).toList();
                Outcome outcome = trial.with(barriers, concern);
                if (outcome == Outcome.SAFE) {
                    boolean safe = trial.with(barriers, Concern.EVERYTHING) == Outcome.SAFE;
                    return words(set, safe ? Proof.SAFE : Proof.CLOSED);
                }
                if (outcome == Outcome.BOUNDED) {
                    untried.add(set);
                }
            }
        }
        return untried.isEmpty() ? List.of() : words(untried.get(0), Proof.UNKNOWN);
    }

    // ---- what could be missing ----

    private List<List<Order>> candidates(Played load) {
        Played.Word word = load.word();
        if (word == null || !word.old() || !(load.agent instanceof Cpu)) {
            return List.of();
        }
        Played missed = writes.missed(load, word);
        Order readers = loads(load, missed);
        Order writers = missed == null ? null : stores(missed, load);
        Order commanded = missed == null ? null : storeAndCommand(missed);
        Order ours = storeAndLoad(load);
        Order theirs = missed == null ? null : storeAndLoadOf(missed, load);
        return Stream.of(
                        sets(readers),
                        sets(writers),
                        sets(readers, writers),
                        sets(commanded),
                        sets(ours),
                        sets(theirs),
                        sets(ours, theirs),
                        sets(readers, theirs))
                .filter(set -> !set.isEmpty())
                .toList();
    }

    /** The orders as one set, or nothing if one of them is none. */
    private static List<Order> sets(@Nullable Order... orders) {
        for (Order order : orders) {
            if (order == null) {
                return List.of();
            }
        }
        return Stream.of(orders).map(Objects::requireNonNull).toList();
    }

    /** The load, and the one before it that had read something the writer wrote after what was missed. */
    private @Nullable Order loads(Played load, @Nullable Played missed) {
        Played earlier = null;
        for (Played step : before(load)) {
            Played.Word word = step.word();
            if (step.agent == load.agent && word != null && word.reads()) {
                int from = writes.of(step, word);
                boolean tells = missed != null && from > missed.number && steps.get(from - 1).agent == missed.agent;
                if (tells || (earlier == null && from != 0 && steps.get(from - 1).agent != load.agent)) {
                    earlier = step;
                    if (tells) {
                        break;
                    }
                }
            }
        }
        return earlier == null ? null : new Order(new Barrier(after(earlier).position, Fence.READ), earlier, load);
    }

    /** The agent's next step: a barrier before it serves whatever the agent goes on to read. */
    private Played after(Played step) {
        for (Played next : steps.subList(step.number, steps.size())) {
            if (next.agent == step.agent) {
                return next;
            }
        }
        return step;
    }

    /** The store that was missed, and the writer's next one that the reader had seen. */
    private @Nullable Order stores(Played missed, Played load) {
        if (!(missed.agent instanceof Cpu)) {
            return null;
        }
        for (Played step : before(load)) {
            Played.Word word = step.word();
            int from = step.agent == load.agent && word != null && word.reads() ? writes.of(step, word) : 0;
            if (from > missed.number && steps.get(from - 1).agent == missed.agent) {
                Played later = steps.get(from - 1);
                return new Order(new Barrier(later.position, Fence.WRITE), missed, later);
            }
        }
        return null;
    }

    /** The store that was missed, and the writer's next command to a unit of the device, which may have told of it. */
    private @Nullable Order storeAndCommand(Played missed) {
        if (!(missed.agent instanceof Cpu)) {
            return null;
        }
        for (Played step : steps.subList(missed.number, steps.size())) {
            Played.Word word = step.word();
            if (step.agent == missed.agent && word != null && words.command(step, word)) {
                return new Order(new Barrier(step.position, Fence.WRITE), missed, step);
            }
        }
        return null;
    }

    /** The load, and its agent's last store before it. */
    private @Nullable Order storeAndLoad(Played load) {
        for (Played step : before(load)) {
            Played.Word word = step.word();
            if (step.agent == load.agent && word != null && word.writes()) {
                return new Order(new Barrier(load.position, Fence.FULL), step, load);
            }
        }
        return null;
    }

    /** The store that was missed, and the writer's first load after it of what the reader had written. */
    private @Nullable Order storeAndLoadOf(Played missed, Played load) {
        if (!(missed.agent instanceof Cpu)) {
            return null;
        }
        for (Played step : steps.subList(missed.number, steps.size())) {
            Played.Word word = step.word();
            if (step.agent == missed.agent && word != null && word.reads() && wrote(load, word)) {
                return new Order(new Barrier(step.position, Fence.FULL), missed, step);
            }
        }
        return null;
    }

    private boolean wrote(Played load, Played.Word read) {
        return before(load).stream().anyMatch(step -> {
            Played.Word word = step.word();
            return step.agent == load.agent && word != null && word.writes() && word.sameWord(read);
        });
    }

    /** The steps before one, the last first. */
    private List<Played> before(Played step) {
        List<Played> before = new ArrayList<>(steps.subList(0, step.number - 1));
        Collections.reverse(before);
        return before;
    }

    // ---- in words ----

    private static List<Missing> words(List<Order> set, Proof proof) {
        List<Order> orders = set.stream()
                .sorted(Comparator.comparingInt(order -> order.earlier.number))
                .toList();
        List<Missing> missing = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            String barrier = order.barrier.kind() + " between them";
            String closes;
            if (orders.size() == 1) {
                closes = "a " + barrier + " closes it" + tried("it", proof);
            } else {
                closes = i == 0 ? "it takes a " + barrier : "it takes a " + barrier + ", too" + tried("both", proof);
            }
            String sentence = "these two " + accesses(order) + " had to be ordered: " + closes;
            missing.add(new Missing(order.earlier.number, order.later.number, order.barrier.kind(), sentence));
        }
        return missing;
    }

    private static String accesses(Order order) {
        return switch (order.barrier.fence()) {
            case READ -> "loads";
            case WRITE -> "stores";
            case FULL -> "accesses";
        };
    }

    private static String tried(String with, Proof proof) {
        return switch (proof) {
            case SAFE -> " (verified: with " + with + " the scenario is safe)";
            case CLOSED -> " (verified: with " + with + " this cannot happen; something else still can)";
            case UNKNOWN -> " (not verified: too many states)";
        };
    }
}
