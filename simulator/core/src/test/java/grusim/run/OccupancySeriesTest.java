package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.SeriesNames;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How full the device's tables were over time. */
final class OccupancySeriesTest {
    @Test
    void gauges_followMissesAndContexts() {
        RunResult result = RunRig.run(RunRig.oneThread("{\"name\": \"r\", \"size\": \"64 KiB\"}", """
                {"op": "touch", "region": "r", "length": "4 KiB"},
                {"op": "vload", "region": "r", "count": 1}""", ""));
        // The one miss takes 2.955 us (20 ns to record, 1.5 us of interrupt delivery, 800 ns of handler, 75 ns of walk,
        // 410 ns of dropin, 150 ns of restart); looked at every microsecond, it is seen two to four times.
        Series misses = series(result, SeriesNames.MISSES_OUTSTANDING);
        assertThat(misses.total()).isBetween(2_000_000L, 4_000_000L);
        assertThat(highest(misses)).isEqualTo(1);
        assertThat(highest(series(result, SeriesNames.CONTEXTS_LOADED))).isEqualTo(1);
    }

    private static Series series(RunResult result, String name) {
        return Optional.ofNullable(result.series(name)).orElseThrow();
    }

    private static double highest(Series series) {
        double highest = 0;
        for (int bucket = 0; bucket < series.buckets(); bucket++) {
            highest = Math.max(highest, series.value(bucket));
        }
        return highest;
    }
}
