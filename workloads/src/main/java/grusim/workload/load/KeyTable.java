package grusim.workload.load;

import grusim.workload.Era;
import grusim.workload.EraRules;
import grusim.workload.Kind;
import grusim.workload.Knob;
import grusim.workload.MachinePreset;
import grusim.workload.MachineSpec;
import grusim.workload.Spec;
import grusim.workload.load.Shape.Field;
import java.util.LinkedHashSet;
import java.util.Set;

/** Every key of a spec as Markdown tables, one per record, made from the annotations: the reference in the README. */
public final class KeyTable {
    private final StringBuilder text = new StringBuilder();
    private final Set<Class<?>> done = new LinkedHashSet<>();

    private KeyTable() {}

    /** The tables. */
    public static String markdown() {
        KeyTable table = new KeyTable();
        table.record(Shape.of(Spec.class), "Top level", "");
        table.eras();
        table.presets();
        return table.text.toString();
    }

    private void record(Shape shape, String title, String path) {
        if (!done.add(shape.type())) {
            return;
        }
        text.append("#### ").append(title).append("\n\n");
        if (shape.keys().isEmpty()) {
            text.append("No further keys.\n\n");
            return;
        }
        text.append("| key | accepted | default | source | meaning |\n|---|---|---|---|---|\n");
        for (Field field : shape.fields()) {
            text.append("| `").append(field.key()).append("` | ").append(accepted(field));
            text.append(" | ").append(byDefault(field)).append(" | ").append(source(field.knob()));
            text.append(" | ").append(cell(field.knob().doc())).append(" |\n");
        }
        text.append('\n');
        for (Field field : shape.fields()) {
            boolean list = field.kind() == Kind.LIST;
            Class<?> type = list ? field.elementType() : field.type();
            String below = path + (path.isEmpty() ? "" : ".") + field.key() + (list ? "[]" : "");
            if (type.isRecord()) {
                record(Shape.of(type), "`" + below + "`", below);
            } else if (type.isSealed() && done.add(type)) {
                union(type, below);
            }
        }
    }

    private void union(Class<?> type, String path) {
        String tag = Shape.tag(type);
        for (Class<?> variant : Shape.variants(type)) {
            Shape shape = Shape.of(variant);
            String which = tag != null
                    ? "`\"" + tag + "\": \"" + Shape.word(variant) + "\"`"
                    : shape.keys().isEmpty() ? "`\"" + Shape.word(variant) + "\"`" : "with `" + shape.selector() + "`";
            record(shape, "`" + path + "` " + which, path);
        }
    }

    private static String accepted(Field field) {
        return cell(
                switch (field.kind()) {
                    case OBJECT -> "an object, below";
                    case SETTINGS -> "an object of paths and single values";
                    case UNION -> Binder.alternatives(field.type());
                    case LIST ->
                        field.elementType() == Long.class
                                ? "an array of: " + Scalars.accepted(field, Long.class)
                                : "an array of objects, below";
                    default -> Scalars.accepted(field, field.type());
                });
    }

    private static String byDefault(Field field) {
        if (field.knob().required()) {
            return "required";
        } else if (field.knob().preset()) {
            return "preset";
        } else if (field.knob().era()) {
            return "era";
        } else if (field.knob().optional()) {
            return "none";
        }
        return switch (field.kind()) {
            case OBJECT -> "its defaults";
            case LIST -> "`[]`";
            case SETTINGS -> "`{}`";
            case UNION -> "`\"" + field.knob().value() + "\"`";
            default ->
                "`" + Scalars.write(field, Scalars.fromText(field, field.knob().value())) + "`";
        };
    }

    private static String source(Knob knob) {
        return knob.required() || knob.preset() || knob.era() || knob.source().equals(Knob.CHOICE)
                ? ""
                : cell(knob.source());
    }

    private void eras() {
        text.append("#### What an era says\n\n| rule |");
        for (Era era : Era.values()) {
            text.append(" `").append(era.spelling()).append("` |");
        }
        text.append(" source |\n|---|")
                .append("---|".repeat(Era.values().length))
                .append("---|\n");
        for (EraRules.Rule rule : EraRules.all()) {
            text.append("| `").append(rule.path()).append("` | ");
            text.append(String.join(" | ", rule.values())).append(" | ");
            text.append(cell(rule.source())).append(" |\n");
        }
        text.append('\n');
    }

    private void presets() {
        for (MachinePreset preset : MachinePreset.values()) {
            text.append("#### Preset `").append(Shape.word(preset)).append("`\n\n");
            text.append("| key | value | source |\n|---|---|---|\n");
            text.append("| `blades` | at most ").append(preset.maximumBlades()).append(" per partition | ");
            text.append(cell(preset.maximumBladesSource())).append(" |\n");
            for (Field field : Shape.of(MachineSpec.class).fields()) {
                if (field.knob().preset()) {
                    MachinePreset.Value value = preset.value(field.key());
                    text.append("| `")
                            .append(field.key())
                            .append("` | ")
                            .append(value.text())
                            .append(" | ");
                    text.append(cell(value.source())).append(" |\n");
                }
            }
            text.append('\n');
        }
    }

    private static String cell(String content) {
        return content.replace("|", "\\|");
    }
}
