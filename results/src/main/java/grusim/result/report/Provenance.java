package grusim.result.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run came from, as far as the simulator's result does not say: what was typed, and where each value of the spec
 * was taken from. Immutable.
 *
 * @param command the command line, or empty if it is not known
 * @param origins by path of the value in the resolved spec; empty if not known
 */
public record Provenance(String command, Map<String, Origin> origins) {
    /** Of a result of which nothing else is known. */
    public static final Provenance UNKNOWN = new Provenance("", Map.of());

    public Provenance {
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
