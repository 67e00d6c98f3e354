package grusim.result.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a run came from, as far as the simulator's result does not say: what was typed, and where each value of the spec
 * was taken from. Immutable.
 *
 * @param command the command line, or empty if it is not known
 * @param origins by path of the value in the resolved spec; empty if not known
 * @param orders what events of the same time in other orders made of the run, in sentences; empty if it was not tried
 */
public record Provenance(String command, Map<String, Origin> origins, List<String> orders) {
    /** Of a result of which nothing else is known. */
    public static final Provenance UNKNOWN = new Provenance("", Map.of());

    /** Of a run that was made in one order only. */
    public Provenance(String command, Map<String, Origin> origins) {
        this(command, origins, List.of());
    }

    public Provenance {
        orders = List.copyOf(orders);
        origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    }

    /**
     * Where a value was taken from.
     *
     * @param origin {@code default}, the name of a preset, a file and its line, or an option of the command line
     * @param source the publication behind a default or preset value, "assumed" or "choice"
     */
    public record Origin(String origin, String source) {}
}
