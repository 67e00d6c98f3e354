package grusim.gru;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;

/** The knobs of a part of a spec that are times, by the names a spec gives them. */
public final class LatencyKnobs {
    private LatencyKnobs() {}

    /** The names of a record's times and, behind its name and a dot, of those of each record in it. */
    public static Stream<String> of(Class<?> spec) {
        return Arrays.stream(spec.getRecordComponents()).flatMap(LatencyKnobs::of);
    }

    private static Stream<String> of(RecordComponent knob) {
        String name = knob.getName();
        if (knob.getType().isRecord()) {
            return of(knob.getType()).map(nested -> name + "." + nested);
        }
        return name.endsWith("Ps") ? Stream.of(name.substring(0, name.length() - 2)) : Stream.empty();
    }
}
