package grusim.result;

import java.util.regex.Pattern;

/**
 * The one place where a statistic is described: name, unit, meaning and where its definition comes from.
 *
 * <p>A name is {@code group.key}: the group is the part before the first dot ({@code driver}, {@code vm}, {@code
 * device}, {@code memory}, {@code latency}, {@code series} ...), the key is the rest and may have dots of its own. In
 * {@code result.json} a counter {@code driver.tlb_dropin} is {@code counters.driver.tlb_dropin}. Immutable, so safe on
 * every thread.
 *
 * @param name group and key, for example {@code driver.tlb_dropin}
 * @param unit what one step of the value is: {@code events}, {@code ps}, {@code B}, {@code entries}, {@code pages} ...
 * @param description one sentence on what is counted and when
 * @param source where the definition comes from: a published driver or paper, or {@code model}
 */
public record StatDeclaration(String name, String unit, String description, String source) {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]*(\\.[A-Za-z0-9_]+)+");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z%/]+");

    public StatDeclaration {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "statistic name \"" + name + "\": accepted are group.key with letters, digits and underscores");
        }
        if (!UNIT.matcher(unit).matches()) {
            throw new IllegalArgumentException(
                    "statistic " + name + ", unit \"" + unit + "\": accepted are letters, % and /");
        }
        if (description.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("statistic " + name + ": description and source must not be blank");
        }
    }

    /** The part of the name before the first dot. */
    public String group() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The part of the name after the first dot. */
    public String key() {
        return name.substring(name.indexOf('.') + 1);
    }
}
