package grusim.workload.calibration;

import grusim.workload.Knob;
import grusim.workload.load.Origin;
import grusim.workload.load.ResolvedSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A value of a spec that is published nowhere.
 *
 * @param path its place in the spec
 * @param value the value as a spec writes it
 * @param source what stands behind it, beginning with "assumed"
 */
public record Assumption(String path, String value, String source) {
    private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)?)( \\S+)?");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    /** The assumptions of a spec, in its order. */
    public static List<Assumption> of(ResolvedSpec spec) {
        List<Assumption> all = new ArrayList<>();
        JsonNode tree = spec.json();
        for (Map.Entry<String, Origin> entry : spec.origins().entrySet()) {
            Origin origin = entry.getValue();
            if (origin.source().startsWith(Knob.ASSUMED)) {
                JsonNode value = tree.at("/" + entry.getKey().replace('.', '/'));
                all.add(new Assumption(
                        entry.getKey(), value.isString() ? value.stringValue() : value.toString(), origin.source()));
            }
        }
        return all;
    }

    /** The setting that halves the value, if it is a quantity that can be halved. */
    public Optional<String> halved() {
        return scaled(true);
    }

    /** The setting that doubles the value, if it is a quantity other than zero. */
    public Optional<String> doubled() {
        return scaled(false);
    }

    private Optional<String> scaled(boolean half) {
        Matcher quantity = QUANTITY.matcher(value);
        if (!quantity.matches() || new BigDecimal(quantity.group(1)).signum() == 0) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(quantity.group(1));
        BigDecimal scaled = half ? number.divide(TWO) : number.multiply(TWO);
        boolean count = quantity.group(2) == null;
        if (count && scaled.stripTrailingZeros().scale() > 0) {
            return Optional.empty();
        }
        String written = scaled.stripTrailingZeros().toPlainString();
        return Optional.of(path + "=" + written + (count ? "" : quantity.group(2)));
    }
}
