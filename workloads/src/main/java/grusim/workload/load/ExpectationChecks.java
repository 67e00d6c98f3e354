package grusim.workload.load;

import grusim.workload.Expectation;
import grusim.workload.Expectation.Claim;
import grusim.workload.KernelSpec.MemoryModel;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Refuses expectations of a scenario that claim nothing, claim twice, or set what the spec does not accept.
 *
 * <p>What an expectation sets goes on top of the file alone: overrides of knobs have no say in what the file claims.
 */
final class ExpectationChecks {
    private static final String EXPECT = "scenario.expect";
    private static final Pattern KNOB = Pattern.compile(
            "(gru|kernel|driver|invalidation)(\\.[A-Za-z]+)+|scenario\\.contexts\\[[^\\]]+\\]\\.[A-Za-z]+");
    private static final Pattern SETS_KNOB = Pattern.compile("(gru|kernel|driver|invalidation)[.\\[=]");
    private static final String MODEL = "kernel.memoryModel";

    private final Spec spec;
    private final Document document;
    private final String text;
    private final String file;
    private final List<String> settings;

    ExpectationChecks(Spec spec, Document document, String text, String file, List<String> settings) {
        this.spec = spec;
        this.document = document;
        this.text = text;
        this.file = file;
        this.settings =
                settings.stream().filter(s -> !SETS_KNOB.matcher(s).lookingAt()).toList();
    }

    /** Throws at the first expectation that does not fit. */
    void check() {
        ScenarioSpec scenario = spec.scenario();
        if (scenario == null) {
            return;
        }
        Map<String, Integer> claimed = new HashMap<>();
        for (int i = 0; i < scenario.expect().size(); i++) {
            Expectation expectation = scenario.expect().get(i);
            String path = Paths.element(EXPECT, i);
            claims(expectation, path, i, claimed);
            expectation.set().keySet().forEach(knob -> knob(knob, Paths.child(path, "set")));
            apply(expectation, Paths.child(path, "set"));
        }
    }

    private void claims(Expectation expectation, String path, int index, Map<String, Integer> claimed) {
        if (expectation.why().isBlank()) {
            throw document.fail(Paths.child(path, "why"), "is empty", "the reason in one sentence");
        }
        boolean any = false;
        for (MemoryModel model : MemoryModel.values()) {
            if (expectation.claim(model) == Claim.NONE) {
                continue;
            }
            any = true;
            List<String> settings = expectation.settings().stream().sorted().toList();
            Integer before = claimed.putIfAbsent(Shape.word(model) + settings, index);
            if (before != null) {
                throw document.fail(
                        Paths.child(path, Shape.word(model)),
                        "the same settings have a claim in " + Paths.element(EXPECT, before),
                        "one claim for each memory model");
            }
        }
        if (!any) {
            throw document.fail(path, "claims nothing", "safe or violated for at least one of sc, tso, relaxed");
        }
    }

    private void knob(String knob, String path) {
        String at = Paths.child(path, knob);
        if (!KNOB.matcher(knob).matches()) {
            throw document.fail(
                    at,
                    "is no knob of device, kernel, driver or protocol",
                    "paths such as gru.killBits, below gru, kernel, driver or invalidation, or those of a context");
        }
        if (knob.equals(MODEL)) {
            throw document.fail(at, "is what the claims are made for", "claims sc, tso and relaxed");
        }
    }

    private void apply(Expectation expectation, String path) {
        String place = document.origin(path) + ": " + path;
        Document variant = Document.of(text, file, settings);
        try {
            for (String setting : expectation.settings()) {
                Setting.ofSpec(variant, setting, place).apply();
            }
            SpecLoader.resolve(variant, Path.of(""), false);
        } catch (SpecException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(place) ? e : new SpecException(place + ": " + message);
        }
    }
}
