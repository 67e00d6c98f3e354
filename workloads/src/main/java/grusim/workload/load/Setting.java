package grusim.workload.load;

import grusim.workload.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One {@code path=value} that replaces a value of the tree before it is checked.
 *
 * <p>Steps of the path are keys, and for arrays an index or the {@code name} of an element, after a dot or in brackets:
 * {@code processes[0].regions.source.size}. The value is JSON if it reads as JSON, else a string. Missing objects on
 * the way are made; whether the keys exist is found by the check that follows.
 */
final class Setting {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[([^\\[\\]]+)]");

    private final Document document;
    private final String text;
    private final String origin;
    private final String shown;

    private Setting(Document document, String text, String origin, String shown) {
        this.document = document;
        this.text = text;
        this.origin = origin;
        this.shown = shown;
    }

    /** An override given with {@code --set}. */
    static Setting ofCommandLine(Document document, String text) {
        return new Setting(document, text, "--set " + text, "--set " + Paths.cut(text));
    }

    /** An override that the spec itself gives, at a place that errors name. */
    static Setting ofSpec(Document document, String text, String place) {
        return new Setting(document, text, place, place);
    }

    void apply() {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw fail("is not an override", "PATH=VALUE, such as gru.killBits=false");
        }
        List<String> steps = steps(text.substring(0, equals));
        String written = text.substring(equals + 1).strip();
        JsonNode value = value(written);
        JsonNode at = document.root();
        String path = "";
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            String step = steps.get(i);
            if (at instanceof ArrayNode array) {
                int index = index(array, step, path);
                path = Paths.element(path, index);
                at = array.get(index);
                if (last) {
                    array.set(index, value);
                }
            } else if (at instanceof ObjectNode object) {
                path = Paths.child(path, step);
                if (last) {
                    object.set(step, value);
                } else {
                    at = child(object, step, path);
                }
            } else {
                throw fail(path + " holds no keys", "a path to a key of the spec");
            }
        }
        document.overridden(path, origin, written);
    }

    private JsonNode child(ObjectNode object, String key, String path) {
        JsonNode child = object.get(key);
        if (child != null) {
            return child;
        }
        document.overridden(path, origin, "{}");
        return object.putObject(key);
    }

    private List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            end = matcher.end();
        }
        if (end != path.length() || path.startsWith(".")) {
            throw fail("has an unreadable path", "keys joined by dots, array elements as [0], .0 or by name");
        }
        return steps;
    }

    private int index(ArrayNode array, String step, String path) {
        if (step.matches("\\d{1,9}")) {
            int index = Integer.parseInt(step);
            if (index < array.size()) {
                return index;
            }
            throw fail(path + " has " + array.size() + " elements", "an index below that, or an element's name");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode name = array.get(i).get("name");
            if (name != null && name.isString()) {
                if (name.stringValue().equals(step)) {
                    return i;
                }
                names.add(name.stringValue());
            }
        }
        throw fail(
                path + " has no element named " + Paths.quoted(step),
                "an index" + (names.isEmpty() ? "" : " or one of " + String.join(", ", names))
                        + Nearest.hint(step, names));
    }

    private static JsonNode value(String text) {
        try {
            return JsonText.read(text, "--set", new TreeMap<>());
        } catch (SpecException notJson) {
            return JsonNodeFactory.instance.stringNode(text);
        }
    }

    private SpecException fail(String what, String accepted) {
        return new SpecException(shown + ": " + what + "; accepted: " + accepted);
    }
}
