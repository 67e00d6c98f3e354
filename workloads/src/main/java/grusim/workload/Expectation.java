package grusim.workload;

import grusim.workload.KernelSpec.MemoryModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Verdicts that an exhaustive check of a scenario is claimed to give; read only after the check gave its own. */
public record Expectation(
        @Knob(
                doc = "Knobs on top of the file, such as {\"gru.killBits\": false}; empty for the file as it is.",
                kind = Kind.SETTINGS)
        Map<String, String> set,

        @Knob(doc = "Verdict under sequential consistency.", value = "none")
        Claim sc,

        @Knob(doc = "Verdict under total store order.", value = "none")
        Claim tso,

        @Knob(doc = "Verdict under the relaxed model.", value = "none")
        Claim relaxed,

        @Knob(doc = "Why, in one sentence.", required = true)
        String why) {
    /** What is claimed of one memory model. */
    public enum Claim {
        /** No interleaving violates the contract. */
        SAFE,
        /** Some interleaving violates it. */
        VIOLATED,
        /** Nothing. */
        NONE
    }

    public Expectation {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }

    /** The knobs as overrides of the form {@code path=value}, the values as JSON. */
    public List<String> settings() {
        return set.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    /** What is claimed of a memory model. */
    public Claim claim(MemoryModel model) {
        return switch (model) {
            case SC -> sc;
            case TSO -> tso;
            case RELAXED -> relaxed;
        };
    }
}
