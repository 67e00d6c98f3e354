package grusim.result.calibration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What headline figures owe to one assumed value.
 *
 * @param path the value's place in a spec
 * @param value what it is
 * @param source what stands behind it
 * @param halved relative change of each headline figure when the value is halved, null where it vanished; empty if it cannot be
 * @param doubled the same when it is doubled
 */
public record SensitivityRow(
        String path,
        String value,
        String source,
        List<@Nullable BigDecimal> halved,
        List<@Nullable BigDecimal> doubled) {
    public SensitivityRow {
        halved = Collections.unmodifiableList(new ArrayList<>(halved));
        doubled = Collections.unmodifiableList(new ArrayList<>(doubled));
    }

    /** The largest change of any figure in either direction. */
    public BigDecimal largest() {
        BigDecimal largest = BigDecimal.ZERO;
        for (List<@Nullable BigDecimal> changes : List.of(halved, doubled)) {
            for (BigDecimal change : changes) {
                largest = change == null ? largest : largest.max(change.abs());
            }
        }
        return largest;
    }
}
