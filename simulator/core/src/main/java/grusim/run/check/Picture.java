package grusim.run.check;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Unit;
import grusim.result.proof.Lane;
import grusim.result.proof.Step;
import grusim.result.proof.Touch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lanes and steps of a recording, in words. */
final class Picture {
    private final StateWords words;
    private final List<Played> played;
    private final Writes writes;
    private final List<Agent> agents;
    private final List<Integer> order;
    private final List<Integer> places;

    Picture(Recording recording) {
        words = recording.words();
        played = recording.steps();
        writes = new Writes(played);
        agents = played.stream()
                .map(step -> step.agent)
                .distinct()
                .sorted(Comparator.comparing((Agent agent) -> !(agent instanceof Cpu))
                        .thenComparing(agent -> agent instanceof Unit)
                        .thenComparingInt(Agent::id))
                .toList();
        order = LaneOrder.of(values());
        places = LaneOrder.places(order);
    }

    private int[][] values() {
        int[][] values = new int[agents.size()][agents.size()];
        for (Played step : played) {
            Played.Word word = step.word();
            int from = word == null ? 0 : writes.last(step, word);
            if (from != 0) {
                values[agents.indexOf(step.agent)][agents.indexOf(played.get(from - 1).agent)]++;
            }
        }
        return values;
    }

    /** One lane for each agent that stepped, partners beside each other. */
    List<Lane> lanes() {
        Names names = words.names();
        if (agents.isEmpty()) {
            return List.of(new Lane("nobody", "the scenario begins in this state"));
        }
        return order.stream()
                .map(agents::get)
                .map(agent -> new Lane(names.lane(agent), names.role(agent)))
                .toList();
    }

    /** The steps in order. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Played step : played) {
            int lane = places.get(agents.indexOf(step.agent));
            String note = String.join("; ", step.notes);
            steps.add(new Step(step.number, lane, routine(step.routine), step.text, touch(step), note));
        }
        return steps;
    }

    private static String routine(String name) {
        return name.replaceFirst("^gru_intr chiplet \\d+ map \\d+$", "gru_intr").replaceFirst("^gru\\d+ ", "");
    }

    private @Nullable Touch touch(Played step) {
        Played.Word word = step.word();
        if (word != null) {
            return access(step, word);
        }
        return step.touched == null ? null : touched(step);
    }

    private Touch access(Played step, Played.Word word) {
        String what = words.name(word.state(), word.index());
        if (step.junkSince != 0) {
            return Touch.read(what, "junk: its table is free", step.junkSince);
        }
        if (step.touched == word.state() && step.lock != null && step.lock != Played.Lock.WANTED) {
            return touched(step);
        }
        String read = words.value(word.state(), word.index(), word.read());
        String written = words.value(word.state(), word.index(), word.written());
        int from = word.reads() ? writes.of(step, word) : 0;
        if (word.old()) {
            return Touch.readOld(what, read, from, words.value(word.state(), word.index(), word.newest()));
        }
        if (word.kind() == Access.READ || (word.kind() == Access.UPDATE && !word.writes())) {
            return Touch.read(what, read, from);
        }
        if (word.kind() == Access.UPDATE) {
            return Touch.update(what, read, written, from);
        }
        if (words.command(step, word)) {
            String command = what.startsWith("CB ") ? "an instruction" : written;
            return new Touch(what, Touch.Kind.COMMAND, "", command, null, 0);
        }
        return Touch.write(what, written);
    }

    private Touch touched(Played step) {
        String what = step.touched == null ? "" : words.name(step.touched, 0);
        Played.Lock lock = step.lock;
        if (lock == Played.Lock.TAKEN) {
            return new Touch(what, Touch.Kind.LOCK, "", "", null, 0);
        }
        if (lock == Played.Lock.RELEASED) {
            return new Touch(what, Touch.Kind.UNLOCK, "", "", null, 0);
        }
        if (lock == Played.Lock.WANTED || (!step.found.isEmpty() && step.made.isEmpty())) {
            return Touch.read(what, step.found, 0);
        }
        Touch.Kind kind = step.touch == Access.READ ? Touch.Kind.READ : Touch.Kind.UPDATE;
        return new Touch(what, kind, step.found, step.made, null, 0);
    }
}
