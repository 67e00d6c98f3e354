package grusim.result.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down the steps of an example; who wrote a value last and what it is now follow from the steps before. */
final class Script {
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, String> now = new LinkedHashMap<>();
    private final Map<String, Integer> writer = new LinkedHashMap<>();
    private int lane;
    private String routine = "";

    /** What holds before the first step. */
    Script initially(String what, String value) {
        now.put(what, value);
        return this;
    }

    Script lane(String name, String role) {
        lanes.add(new Lane(name, role));
        return this;
    }

    /** The next steps are of this lane and routine. */
    Script in(int newLane, String newRoutine) {
        lane = newLane;
        routine = newRoutine;
        return this;
    }

    Script step(String text) {
        return add(text, null, "");
    }

    Script read(String text, String what) {
        return add(text, Touch.read(what, value(what), at(what)), "");
    }

    Script readNote(String text, String what, String note) {
        return add(text, Touch.read(what, value(what), at(what)), note);
    }

    /** A load that returns the value from before the first step. */
    Script readInitial(String text, String what, String old) {
        return add(text, Touch.readOld(what, old, 0, value(what)), "");
    }

    Script write(String text, String what, String value) {
        add(text, Touch.write(what, value), "");
        return wrote(what, value);
    }

    Script writeNote(String text, String what, String value, String note) {
        add(text, Touch.write(what, value), note);
        return wrote(what, value);
    }

    Script update(String text, String what, String value) {
        add(text, Touch.update(what, value(what), value, at(what)), "");
        return wrote(what, value);
    }

    Script lock(String text, String what) {
        add(text, new Touch(what, Touch.Kind.LOCK, "", "", null, at(what)), "");
        return wrote(what, "");
    }

    Script unlock(String text, String what) {
        add(text, new Touch(what, Touch.Kind.UNLOCK, "", "", null, 0), "");
        return wrote(what, "");
    }

    Script command(String text, String what, String words) {
        add(text, new Touch(what, Touch.Kind.COMMAND, "", words, null, 0), "");
        return wrote(what, words);
    }

    /** Number of the last step so far. */
    int last() {
        return steps.size();
    }

    List<Lane> lanes() {
        return lanes;
    }

    List<Step> steps() {
        return steps;
    }

    /** How often the next step is another agent's. */
    long switches() {
        long switches = 0;
        for (int i = 1; i < steps.size(); i++) {
            switches += steps.get(i).lane() == steps.get(i - 1).lane() ? 0 : 1;
        }
        return switches;
    }

    private Script add(String text, @Nullable Touch touch, String note) {
        steps.add(new Step(steps.size() + 1, lane, routine, text, touch, note));
        return this;
    }

    private Script wrote(String what, String value) {
        now.put(what, value);
        writer.put(what, steps.size());
        return this;
    }

    private String value(String what) {
        return now.getOrDefault(what, "0");
    }

    private int at(String what) {
        return writer.getOrDefault(what, 0);
    }
}
