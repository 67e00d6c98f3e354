package grusim.result.calibration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
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
    private static final BigDecimal LEAST = new BigDecimal("0.005");

    public SensitivityRow {
        halved = Collections.unmodifiableList(new ArrayList<>(halved));
        doubled = Collections.unmodifiableList(new ArrayList<>(doubled));
    }

    /** Whether the value could be halved or doubled at all. */
    public boolean tried() {
        return !halved.isEmpty() || !doubled.isEmpty();
    }

    /** The largest change of any figure in either direction that exceeds what another seed does; zero if none does. */
    public BigDecimal largest(List<Headline> headlines) {
        BigDecimal largest = BigDecimal.ZERO;
        for (List<@Nullable BigDecimal> changes : List.of(halved, doubled)) {
            for (int i = 0; i < changes.size(); i++) {
                BigDecimal change = changes.get(i);
                if (change != null && beyond(change, headlines.get(i))) {
                    largest = largest.max(change.abs());
                }
            }
        }
        return largest;
    }

    /** The position of the figure that changes most. */
    int mostMoved(List<Headline> headlines) {
        BigDecimal largest = largest(headlines);
        for (int i = 0; i < headlines.size(); i++) {
            if (moves(halved, i, largest) || moves(doubled, i, largest)) {
                return i;
            }
        }
        return 0;
    }

    private static boolean moves(List<@Nullable BigDecimal> changes, int figure, BigDecimal by) {
        BigDecimal change = changes.isEmpty() ? null : changes.get(figure);
        return change != null && change.abs().compareTo(by) == 0;
    }

    /** Whether a change is more than what another seed does, and half a per cent at least. */
    static boolean beyond(BigDecimal change, Headline headline) {
        return change.abs().compareTo(headline.chance().max(LEAST)) > 0;
    }

    /** Whether nothing changed at all: the run does not use the value. */
    public boolean unused() {
        return Stream.concat(halved.stream(), doubled.stream())
                .allMatch(change -> change != null && change.signum() == 0);
    }
}
