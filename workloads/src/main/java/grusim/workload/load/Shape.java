package grusim.workload.load;

import grusim.isa.TransferType;
import grusim.workload.Kind;
import grusim.workload.Knob;
import grusim.workload.Spelled;
import grusim.workload.Tagged;
import java.lang.annotation.IncompleteAnnotationException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of one spec record, read from its annotated components. */
final class Shape {
    /** One key: how it is called, what it holds and everything its annotation says. */
    record Field(String key, Kind kind, Knob knob, RecordComponent component) {
        /** The Java type of the component. */
        Class<?> type() {
            return component.getType();
        }

        /** The Java type of a list's elements. */
        Class<?> elementType() {
            return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        }

        /** The value this component has in a record. */
        @Nullable
        Object read(Object spec) {
            try {
                return component.getAccessor().invoke(spec);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
    }

    private final Class<?> type;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    private Shape(Class<?> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            Knob knob = component.getAnnotation(Knob.class);
            if (knob == null) {
                throw new IncompleteAnnotationException(Knob.class, type.getSimpleName() + "." + component.getName());
            }
            Kind kind = knob.kind() == Kind.DERIVED ? kindOf(component) : knob.kind();
            String key = knob.key().isEmpty() ? keyOf(component.getName(), kind) : knob.key();
            fields.put(key, new Field(key, kind, knob, component));
        }
    }

    /** The shape of a record class. */
    static Shape of(Class<?> recordType) {
        return new Shape(recordType);
    }

    /** The record class. */
    Class<?> type() {
        return type;
    }

    /** The keys in the order of the record's components. */
    List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /** The key called so, if there is one. */
    @Nullable
    Field field(String key) {
        return fields.get(key);
    }

    /** The names of the keys in order. */
    List<String> keys() {
        return List.copyOf(fields.keySet());
    }

    /** The key whose presence selects this record in an untagged union, if it has one. */
    @Nullable
    String selector() {
        return fields.values().stream()
                .filter(f -> f.knob().selects())
                .map(Field::key)
                .findFirst()
                .orElse(null);
    }

    /** Makes the record from the values of its components in order. */
    Object make(List<? extends @Nullable Object> values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getSimpleName() + " refused checked values", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    /** The records of a sealed interface, in the order of their declaration. */
    static List<Class<?>> variants(Class<?> sealed) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                records.add(permitted);
            } else {
                records.addAll(variants(permitted));
            }
        }
        return records;
    }

    /** The word of an enum constant or record class in JSON: lower case, dashes for underscores; or its own spelling. */
    static String word(Object named) {
        if (named instanceof Spelled spelled) {
            return spelled.spelling();
        }
        if (named instanceof TransferType type) {
            return type.mnemonic();
        }
        String name = named instanceof Class<?> c ? c.getSimpleName() : ((Enum<?>) named).name();
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The key that tells the records of a sealed interface apart; null if the keys they have do. */
    static @Nullable String tag(Class<?> sealed) {
        Tagged tagged = sealed.getAnnotation(Tagged.class);
        return tagged == null ? null : tagged.value();
    }

    private static Kind kindOf(RecordComponent component) {
        Class<?> type = component.getType();
        String name = component.getName();
        if (type == boolean.class) {
            return Kind.BOOLEAN;
        } else if (type == String.class) {
            return Kind.TEXT;
        } else if (type.isEnum()) {
            return Kind.WORD;
        } else if (type == List.class) {
            return Kind.LIST;
        } else if (type.isRecord()) {
            return Kind.OBJECT;
        } else if (type.isSealed()) {
            return Kind.UNION;
        } else if (type == java.math.BigDecimal.class) {
            return Kind.DECIMAL;
        } else if (type == int.class) {
            return Kind.COUNT;
        } else if (type == long.class) {
            return quantityOf(name);
        }
        throw new IllegalStateException("no kind for " + component);
    }

    /** The kind of a long, from the unit its name ends in. */
    static Kind quantityOf(String name) {
        if (name.endsWith("BytesPerSecond")) {
            return Kind.BANDWIDTH;
        } else if (name.endsWith("Bytes")) {
            return Kind.SIZE;
        } else if (name.endsWith("Ps")) {
            return Kind.DURATION;
        }
        return Kind.COUNT;
    }

    private static String keyOf(String name, Kind kind) {
        String suffix = switch (kind) {
            case BANDWIDTH -> "BytesPerSecond";
            case SIZE, SIZE_CHANGE -> "Bytes";
            case RATE -> "IntervalPs";
            case DURATION -> "Ps";
            case LIST -> name.endsWith("Ps") ? "Ps" : "";
            default -> "";
        };
        return name.substring(0, name.length() - suffix.length());
    }
}
