package grusim.workload.calibration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A published observation, the trials that show it in the simulator, and what the simulated values must be. Immutable;
 * any thread.
 *
 * @param id name by which targets are called, such as C08
 * @param observable what is looked at
 * @param quoted what was published, in its own words or figures
 * @param source where it was published
 * @param tag how it is known: V read in the primary document, V2 in one that quotes it, D derived, M from memory
 * @param kind how it is compared
 * @param profile machine that the figure is of, by name
 * @param trials what is simulated
 * @param parts what is compared
 * @param controls changes of the model under which the target must fail
 * @param notSimulated why the simulator has nothing to compare yet; empty if it has
 * @param note what a reader of the verdict has to know
 */
public record Target(
        String id,
        String observable,
        String quoted,
        String source,
        String tag,
        TargetKind kind,
        String profile,
        List<Trial> trials,
        List<Part> parts,
        List<Control> controls,
        String notSimulated,
        String note) {
    /** Checks that names are unique, that formulas name trials, and that a target is compared or says why not. */
    public Target {
        trials = List.copyOf(trials);
        parts = List.copyOf(parts);
        controls = List.copyOf(controls);
    }

    /** Makes a target of what a file holds; what it leaves out is empty. */
    static Target of(Json json) {
        return new Target(
                json.need("id", json.id()),
                json.need("observable", json.observable()),
                json.need("quoted", json.quoted()),
                json.need("source", json.source()),
                json.need("tag", json.tag()),
                json.need("kind", json.kind()),
                json.need("profile", json.profile()),
                or(json.trials(), List.<Trial.Json>of()).stream().map(Trial::of).toList(),
                or(json.parts(), List.<Part.Json>of()).stream().map(Part::of).toList(),
                or(json.controls(), List.<Control>of()),
                or(json.notSimulated(), ""),
                or(json.note(), ""));
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** The trial of that name; formulas that name none mean the only one. */
    public Trial trial(String name) {
        for (Trial trial : trials) {
            if (trial.name().equals(name) || (name.isEmpty() && trials.size() == 1)) {
                return trial;
            }
        }
        throw new IllegalArgumentException(id + ": no trial \"" + name + "\"");
    }

    /** Whether there is something to compare. */
    public boolean simulated() {
        return notSimulated.isEmpty();
    }

    /** What contradicts itself in the target, in words; nothing if it is sound. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (tag.startsWith("M") && kind.hard()) {
            faults.add("kind: " + kind + " of a figure from memory (" + tag + "); accepted: S, so that a miss warns");
        }
        Set<String> names = new LinkedHashSet<>();
        for (Trial trial : trials) {
            if (!names.add(trial.name())) {
                faults.add("trials: \"" + trial.name() + "\" twice; accepted: names that differ");
            }
        }
        if (simulated() == parts.isEmpty()) {
            faults.add("parts: " + parts.size() + (simulated() ? "" : " beside notSimulated")
                    + "; accepted: parts to compare, or notSimulated with a reason");
        }
        for (Part part : parts) {
            for (FigureName figure : part.simulated().figures()) {
                boolean only = figure.trial().isEmpty() && trials.size() == 1;
                if (!only && !names.contains(figure.trial())) {
                    faults.add("parts: \"" + part.what() + "\" names the trial \"" + figure.trial() + "\"; accepted: "
                            + String.join(", ", names));
                }
            }
        }
        for (Control control : controls) {
            if (!control.trial().isEmpty() && !names.contains(control.trial())) {
                faults.add("controls: trial \"" + control.trial() + "\"; accepted: " + String.join(", ", names));
            }
        }
        return faults;
    }

    /** A target as its file has it. */
    record Json(
            @Nullable String id,
            @Nullable String observable,
            @Nullable String quoted,
            @Nullable String source,
            @Nullable String tag,
            @Nullable TargetKind kind,
            @Nullable String profile,
            @Nullable List<Trial.Json> trials,
            @Nullable List<Part.Json> parts,
            @Nullable List<Control> controls,
            @Nullable String notSimulated,
            @Nullable String note) {
        <T> T need(String key, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException(key + ": missing");
            }
            return value;
        }
    }
}
