package grusim.result.file;

import grusim.result.proof.CheckResult;
import grusim.result.proof.Counterexample;
import grusim.result.proof.Missing;
import grusim.result.proof.Step;
import grusim.result.proof.Touch;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code verdict.json}: what the exploration of a scenario found. */
public final class CheckJson {
    private CheckJson() {}

    /** The result as a JSON document. */
    public static String print(CheckResult result) {
        return Json.print(tree(result));
    }

    private static ObjectNode tree(CheckResult result) {
        ObjectNode tree = Json.object();
        tree.put("scenario", result.scenario());
        tree.put("memoryModel", result.model());
        tree.set("settings", Json.array(result.settings()));
        tree.put("verdict", result.verdict().word());
        tree.put("complete", result.complete());
        tree.put("states", result.states());
        tree.put("transitions", result.transitions());
        tree.put("schedules", result.schedules());
        ObjectNode bounds = tree.putObject("bounds");
        bounds.put("states", result.bounds().states());
        bounds.put("depth", result.bounds().depth());
        bounds.put("preemptions", result.bounds().preemptions());
        bounds.put("timeMs", result.bounds().timeMs());
        bounds.put("reached", result.reached().isEmpty() ? null : result.reached());
        Counterexample counterexample = result.counterexample();
        if (counterexample == null) {
            tree.putNull("counterexample");
        } else {
            tree.set("counterexample", counterexample(counterexample, result.replay()));
        }
        return tree;
    }

    /** A schedule that was played again as a JSON document; {@code beginPs} is empty if it was not laid out in time. */
    public static String print(Counterexample counterexample, String replay, List<Long> beginPs) {
        ObjectNode tree = counterexample(counterexample, replay);
        for (int i = 0; i < beginPs.size(); i++) {
            ((ObjectNode) tree.get("steps").get(i)).put("beginPs", beginPs.get(i));
        }
        return Json.print(tree);
    }

    private static ObjectNode counterexample(Counterexample counterexample, String replay) {
        ObjectNode tree = Json.object();
        tree.put("point", counterexample.finding().point());
        tree.put("invariant", counterexample.finding().sentence());
        tree.put("first", counterexample.finding().first());
        tree.put("second", counterexample.finding().second());
        tree.put("contextSwitches", counterexample.switches());
        ArrayNode steps = tree.putArray("steps");
        counterexample.steps().forEach(step -> steps.add(step(counterexample, step)));
        ArrayNode missing = tree.putArray("missing");
        for (Missing order : counterexample.missing()) {
            missing.addObject()
                    .put("earlier", order.earlier())
                    .put("later", order.later())
                    .put("kind", order.kind())
                    .put("sentence", order.sentence());
        }
        tree.put("replay", replay);
        tree.put("command", counterexample.replay());
        return tree;
    }

    private static ObjectNode step(Counterexample counterexample, Step step) {
        ObjectNode tree = Json.object();
        tree.put("number", step.number());
        tree.put("agent", counterexample.lanes().get(step.lane()).name());
        tree.put("routine", step.routine());
        tree.put("step", step.text());
        Touch touch = step.touch();
        if (touch == null) {
            tree.putNull("access");
        } else {
            tree.putObject("access")
                    .put("kind", touch.kind().name().toLowerCase(Locale.ROOT))
                    .put("state", touch.what())
                    .put("read", value(touch.read()))
                    .put("written", value(touch.written()))
                    .put("newest", touch.newest())
                    .put("writtenAt", touch.writtenAt());
        }
        tree.put("note", step.note());
        return tree;
    }

    private static @Nullable String value(String text) {
        return text.isEmpty() ? null : text;
    }
}
