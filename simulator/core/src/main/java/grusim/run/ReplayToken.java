package grusim.run;

import grusim.engine.Hash;
import grusim.workload.SpecException;
import grusim.workload.load.ResolvedSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names a step of a timed run, so that the run can be gone again up to there: {@code t1.<fingerprint>.<seed>.<step>}.
 *
 * @param fingerprint of the resolved spec but for its seed, and of the version of grusim
 * @param seed the master seed
 * @param step number of the step, from 1 on
 */
public record ReplayToken(long fingerprint, long seed, long step) {
    private static final Pattern FORM = Pattern.compile("t1\\.([0-9a-f]{16})\\.(-?\\d{1,19})\\.(\\d{1,18})");

    /** Names a step of a spec's run by a version of grusim. */
    static ReplayToken of(ResolvedSpec spec, String version, long step) {
        ObjectNode json = spec.json();
        json.remove("seed");
        return new ReplayToken(
                Hash.of(Hash.of(0, version), json.toString()), spec.spec().seed(), step);
    }

    /**
     * Reads a token.
     *
     * @throws SpecException if it is none
     */
    public static ReplayToken parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new SpecException(
                    "replay token \"%s\"; accepted: the token that a violation ends with, e.g. t1.0123456789abcdef.1.4711"
                            .formatted(text));
        }
        try {
            return new ReplayToken(
                    Long.parseUnsignedLong(parts.group(1), 16),
                    Long.parseLong(parts.group(2)),
                    Long.parseLong(parts.group(3)));
        } catch (NumberFormatException e) {
            throw new SpecException("replay token \"%s\"; accepted: a seed of 64 bits".formatted(text));
        }
    }

    /**
     * Checks that this names a step of the spec's run.
     *
     * @throws SpecException if it is a token of something else
     */
    void requireOf(ResolvedSpec spec, String version) {
        ReplayToken own = of(spec, version, step);
        if (own.seed != seed) {
            throw new SpecException("replay token %s is of seed %d, %s has seed %d; accepted: --seed %d"
                    .formatted(text(), seed, spec.spec().name(), own.seed, seed));
        }
        if (own.fingerprint != fingerprint) {
            throw new SpecException(
                    ("replay token %s is not of %s as it is now; accepted: the spec, the --set options and the"
                                    + " version of grusim that the token came from")
                            .formatted(text(), spec.spec().name()));
        }
    }

    /** The token as users see it. */
    public String text() {
        return "t1.%016x.%d.%d".formatted(fingerprint, seed, step);
    }
}
