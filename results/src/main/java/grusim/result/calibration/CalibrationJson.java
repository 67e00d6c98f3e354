package grusim.result.calibration;

import grusim.result.stat.Interval;
import java.util.List;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Outcomes of targets for programs. */
public final class CalibrationJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private CalibrationJson() {}

    /** A sentence and the verdict of each target as a JSON document. */
    static String status(String text, List<TargetOutcome> targets) {
        ObjectNode tree = MAPPER.createObjectNode().put("text", text);
        ObjectNode verdicts = tree.putObject("verdicts");
        targets.forEach(target -> verdicts.put(target.id(), target.words()));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    }

    /** All outcomes as a JSON document. */
    public static String of(List<TargetOutcome> targets) {
        ArrayNode array = MAPPER.createArrayNode();
        for (TargetOutcome target : targets) {
            ObjectNode tree = array.addObject();
            tree.put("id", target.id())
                    .put("kind", target.kind())
                    .put("hard", target.hard())
                    .put("observable", target.observable())
                    .put("quoted", target.quoted())
                    .put("source", target.source())
                    .put("tag", target.tag())
                    .put("profile", target.profile())
                    .put("verdict", target.words())
                    .put("notSimulated", target.notSimulated())
                    .put("note", target.note());
            parts(tree.putArray("figures"), target.parts());
            ArrayNode controls = tree.putArray("controls");
            for (ControlOutcome control : target.controls()) {
                ObjectNode node = controls.addObject().put("name", control.name());
                ArrayNode set = node.putArray("set");
                control.set().forEach(set::add);
                node.put("targetFails", control.spoils());
                parts(node.putArray("figures"), control.parts());
            }
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
    }

    private static void parts(ArrayNode array, List<PartOutcome> parts) {
        for (PartOutcome part : parts) {
            ObjectNode node = array.addObject().put("figure", part.what());
            ArrayNode published = node.putArray("published");
            part.published().forEach(published::add);
            node.put(
                    "simulated",
                    part.simulated() == null ? null : part.simulated().stripTrailingZeros());
            node.put("unit", part.unit())
                    .put("error", part.error())
                    .put("accepted", part.accepted())
                    .put("basis", part.basis())
                    .put("holds", part.holds())
                    .put("open", part.open());
            if (part.interval() instanceof Interval.Known known) {
                node.putObject("interval")
                        .put("low", known.low())
                        .put("high", known.high())
                        .put("level", known.level())
                        .put("method", known.method())
                        .put("samples", known.samples());
            } else {
                node.put("noInterval", ((Interval.None) part.interval()).reason());
            }
        }
    }
}
