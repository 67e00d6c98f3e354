package grusim.run.check;

import grusim.explore.Schedule;
import grusim.workload.KernelSpec.MemoryModel;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import grusim.workload.load.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code --replay} takes: the memory model, a fingerprint of the scenario with all its settings, and the schedule. A
 * schedule means nothing in another scenario, so that the token of one is refused.
 */
public final class CheckToken {
    private static final String SEPARATOR = ".";
    private static final String ACCEPTED =
            "; accepted: a token that grusim check printed, whole, with the spec and the settings it was printed for";

    private CheckToken() {}

    /** The token of a schedule of the spec's scenario. */
    static String of(Spec spec, Schedule schedule) {
        return model(spec) + SEPARATOR + fingerprint(spec) + SEPARATOR + schedule.token();
    }

    /** The schedule of a token that was made for the spec's scenario. */
    public static Schedule parse(Spec spec, String token) {
        String[] parts = token.strip().split("\\.", -1);
        if (parts.length != 3) {
            throw refused("is no replay token");
        }
        String model = model(spec);
        if (!parts[0].equals(model)) {
            throw refused("is of memory model " + printable(parts[0]) + ", this is " + model);
        }
        if (!parts[1].equals(fingerprint(spec))) {
            throw refused("is of another scenario, or of other settings, than " + spec.name() + " has here");
        }
        try {
            return Schedule.parse(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new SpecException("--replay: " + e.getMessage() + ACCEPTED);
        }
    }

    private static SpecException refused(String why) {
        return new SpecException("--replay: the token " + why + ACCEPTED);
    }

    private static String printable(String text) {
        return text.matches("[a-z0-9-]{1,20}") ? text : "?";
    }

    private static String model(Spec spec) {
        return modelName(spec.kernel().memoryModel());
    }

    static String modelName(MemoryModel model) {
        return model.name().toLowerCase(Locale.ROOT);
    }

    /** Eight hexadecimal digits of everything that decides how a scenario goes, and of nothing that does not. */
    static String fingerprint(Spec spec) {
        ObjectNode tree = SpecLoader.json(spec);
        tree.remove("description");
        tree.remove("seed");
        tree.remove("run");
        if (tree.get("scenario") instanceof ObjectNode scenario) {
            scenario.remove("expect");
        }
        CRC32 crc = new CRC32();
        crc.update(tree.toString().getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
