package grusim.workload.load;

import grusim.workload.Kind;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loads specs, strictly: anything unknown, doubtful or contradictory is a {@link SpecException} of one line that names
 * the file, the line, the JSON path, what is wrong and what is accepted.
 */
public final class SpecLoader {
    /** The largest spec file accepted. */
    public static final int MAXIMUM_BYTES = 4 << 20;

    private SpecLoader() {}

    /** Loads a spec file, with overrides of the form {@code path=value} applied in order. */
    public static ResolvedSpec load(Path file, List<String> settings) {
        Path directory = file.toAbsolutePath().getParent();
        return resolve(read(file), file.toString(), directory == null ? Path.of("/") : directory, settings, true);
    }

    /** Reads a spec from a text; files it names are looked for in the working directory when they are used. */
    public static Spec fromJson(String json, String... settings) {
        return resolveJson(json, settings).spec();
    }

    /** Reads a spec from a text, keeping the origins of its values. */
    public static ResolvedSpec resolveJson(String json, String... settings) {
        return resolve(json, "spec", Path.of(""), List.of(settings), false);
    }

    /** Loads one of the public client programs by its name, with overrides applied in order. */
    public static ResolvedSpec client(String name, List<String> settings) {
        try (InputStream in = SpecLoader.class.getResourceAsStream("/grusim/workload/clients/" + name + ".json")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            return resolve(text, name, Path.of(""), settings, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole spec as JSON, every key given. */
    public static ObjectNode json(Spec spec) {
        return SpecJson.write(spec);
    }

    /** Reads a duration given outside a spec, such as "1.5 us"; {@code what} names it in the error. */
    public static long durationPs(String what, String text) {
        try {
            return Quantities.parse(Kind.DURATION, text.strip());
        } catch (Quantities.Unreadable e) {
            throw new SpecException(
                    what + ": \"" + text + "\" " + e.getMessage() + "; accepted: a duration such as 1.5 us");
        }
    }

    /** The spec that has a name and is otherwise all defaults. */
    public static Spec defaults(String name) {
        return fromJson(JsonNodeFactory.instance.objectNode().put("name", name).toString());
    }

    private static ResolvedSpec resolve(
            String text, String file, Path directory, List<String> settings, boolean findFiles) {
        Document document = Document.of(text, file, settings);
        ResolvedSpec resolved = resolve(document, directory, findFiles);
        new ExpectationChecks(resolved.spec(), document, text, file, settings).check();
        return resolved;
    }

    /** Binds and checks a document, but not what its expectations set. */
    static ResolvedSpec resolve(Document document, Path directory, boolean findFiles) {
        Binder binder = new Binder(document);
        ResolvedSpec resolved = new ResolvedSpec(binder.bind(Spec.class), binder.origins(), directory);
        new CrossChecks(resolved, document, findFiles).check();
        return resolved;
    }

    private static String read(Path file) {
        if (Files.isDirectory(file)) {
            throw new SpecException(file + ": is a directory; accepted: a spec file in JSON");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAXIMUM_BYTES + 1);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new SpecException(file + ": does not exist; accepted: a spec file in JSON");
        } catch (IOException e) {
            throw new SpecException(file + ": cannot be read (" + e.getClass().getSimpleName()
                    + "); accepted: a readable spec file in JSON");
        }
        if (bytes.length > MAXIMUM_BYTES) {
            throw new SpecException(
                    file + ": is too large; accepted: a spec of at most " + (MAXIMUM_BYTES >> 20) + " MiB");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < buffer.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new SpecException(
                    file + ":" + line + ": byte " + buffer.position() + " is not UTF-8; accepted: UTF-8");
        }
    }
}
