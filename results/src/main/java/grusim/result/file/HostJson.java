package grusim.result.file;

import grusim.result.HostFacts;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/** {@code host.json}: how the run went on this host. Differs from run to run, hence apart from the result. */
public final class HostJson {
    private HostJson() {}

    /** The whole file as text. */
    public static String print(HostFacts facts) {
        ObjectNode root = Json.object();
        root.put("startedAt", facts.startedAt());
        root.put("wallSeconds", BigDecimal.valueOf(facts.wallNanos() / 1_000_000, 3));
        root.put("events", facts.events());
        root.put("eventsPerSecond", facts.eventsPerSecond());
        root.put("workers", facts.workers());
        root.put("jdk", facts.jdk());
        root.put("os", facts.os());
        root.put("arch", facts.arch());
        root.put("processors", facts.processors());
        return Json.print(root);
    }
}
