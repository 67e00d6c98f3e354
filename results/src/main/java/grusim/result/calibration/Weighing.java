package grusim.result.calibration;

import java.util.List;

/**
 * One spec by whose figures assumptions are weighed.
 *
 * @param spec its name
 * @param headlines its figures
 * @param rows what they owe to each value that the spec leaves assumed
 */
public record Weighing(String spec, List<Headline> headlines, List<SensitivityRow> rows) {
    public Weighing {
        headlines = List.copyOf(headlines);
        rows = List.copyOf(rows);
    }
}
