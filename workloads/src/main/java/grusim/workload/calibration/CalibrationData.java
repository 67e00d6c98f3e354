package grusim.workload.calibration;

import grusim.workload.SpecException;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A directory of calibration: {@code targets/*.json}, {@code profiles/*.json}, {@code headlines.json}, and the specs that targets name. Read
 * strictly: unknown or duplicate keys, values of a wrong type, unreadable formulas and names of nothing are refused.
 * Immutable; any thread.
 */
public final class CalibrationData {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private final Path directory;
    private final List<Target> targets;
    private final Map<String, Profile> profiles;
    private final List<Headlines> headlines;

    private CalibrationData(
            Path directory, List<Target> targets, Map<String, Profile> profiles, List<Headlines> headlines) {
        this.directory = directory;
        this.headlines = List.copyOf(headlines);
        this.targets = List.copyOf(targets);
        this.profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    }

    /** Reads a directory, and every spec that a trial names, with its settings, controls included. */
    public static CalibrationData read(Path directory) {
        Map<String, Profile> profiles = new LinkedHashMap<>();
        for (Path file : files(directory.resolve("profiles"))) {
            Profile profile = read(file, Profile.class);
            profiles.put(profile.name(), profile);
        }
        List<Target> targets = new ArrayList<>();
        for (Path file : files(directory.resolve("targets"))) {
            targets.add(target(file));
        }
        Path file = directory.resolve("headlines.json");
        CalibrationData data =
                new CalibrationData(directory, targets, profiles, Files.exists(file) ? headlines(file) : List.of());
        targets.forEach(data::check);
        return data;
    }

    /** All targets, by their names. */
    public List<Target> targets() {
        return targets;
    }

    /** All profiles, by their names. */
    public List<Profile> profiles() {
        return List.copyOf(profiles.values());
    }

    /** The figures by which assumptions are weighed, by what is simulated for them. */
    public List<Headlines> headlines() {
        if (headlines.isEmpty()) {
            throw new SpecException(
                    directory.resolve("headlines.json") + ": does not exist; accepted: a list of trials and figures");
        }
        return headlines;
    }

    /** The spec of a trial. */
    public Path spec(Trial trial) {
        return directory.resolve(trial.spec()).normalize();
    }

    /** What applies on top of a trial's spec: its profile, its own settings, and those of a control if one is given. */
    public List<String> settings(Trial trial, @Nullable Control control) {
        List<String> all = new ArrayList<>();
        if (!trial.profile().isEmpty()) {
            Profile profile = profiles.get(trial.profile());
            if (profile == null) {
                throw new SpecException("trial " + trial.name() + ": profile \"" + trial.profile() + "\"; accepted: "
                        + String.join(", ", profiles.keySet()));
            }
            all.addAll(profile.sets());
        }
        all.addAll(trial.set());
        if (control != null && control.changes(trial)) {
            all.addAll(control.set());
        }
        return all;
    }

    private void check(Target target) {
        if (!profiles.containsKey(target.profile())) {
            throw new SpecException("target " + target.id() + ": profile \"" + target.profile() + "\"; accepted: "
                    + String.join(", ", profiles.keySet()));
        }
        for (Trial trial : target.trials()) {
            SpecLoader.load(spec(trial), settings(trial, null));
            for (Control control : target.controls()) {
                SpecLoader.load(spec(trial), settings(trial, control));
            }
        }
    }

    private static Target target(Path file) {
        Target.Json json = read(file, Target.Json.class);
        Target target;
        try {
            target = Target.of(json);
        } catch (IllegalArgumentException e) {
            throw new SpecException(file + ": " + e.getMessage());
        }
        List<String> faults = target.faults();
        if (!faults.isEmpty()) {
            throw new SpecException(file + ": " + faults.get(0));
        }
        if (!file.endsWith(target.id() + ".json")) {
            throw new SpecException(file + ": id \"" + target.id() + "\"; accepted: the name of the file");
        }
        return target;
    }

    private static List<Headlines> headlines(Path file) {
        try {
            return Stream.of(read(file, Headlines.Json[].class))
                    .map(Headlines::of)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new SpecException(file + ": " + e.getMessage());
        }
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readValue(Files.readString(file), type);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new SpecException(file + ":" + line + ": "
                    + e.getOriginalMessage().replaceFirst("(?s) \\((start marker|class|from).*", ""));
        } catch (IOException e) {
            throw new SpecException(file + ": cannot be read (" + e.getClass().getSimpleName()
                    + "); accepted: a readable file in JSON");
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(p -> p.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new SpecException(directory + ": cannot be read ("
                    + e.getClass().getSimpleName() + "); accepted: a directory of JSON files");
        }
    }
}
