package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeSeriesTest {
    @Test
    void sum_mergesNeighboursWhenTimeRunsPastTheLastBucket() {
        // Four buckets of 10 ps: 1, 2, 0, 4. At 45 ps the width doubles: 1 + 2, 0 + 4, 8.
        TimeSeries series = TimeSeries.of(ExampleRun.HITS, TimeSeries.Kind.SUM, 10, 4);
        series.add(0, 1);
        series.add(19, 2);
        series.add(39, 4);
        series.add(45, 8);
        Series snapshot = series.snapshot(50);
        assertThat(snapshot.bucketPs()).isEqualTo(20);
        assertThat(snapshot.buckets()).isEqualTo(3);
        assertThat(snapshot.total(0)).isEqualTo(3);
        assertThat(snapshot.total(1)).isEqualTo(4);
        assertThat(snapshot.total(2)).isEqualTo(8);
        assertThat(snapshot.toPs(2)).isEqualTo(50);
    }

    @Test
    void mean_weighsByTimeAndByTheShortLastBucket() {
        // 0 until 5, 4 until 12, 10 until the end at 15; buckets of 10: (5*0 + 5*4)/10 = 2, (2*4 + 3*10)/5 = 7.6.
        TimeSeries series = TimeSeries.of(ExampleRun.OCCUPANCY, TimeSeries.Kind.MEAN, 10, 4);
        series.set(5, 4);
        series.change(12, 6);
        Series snapshot = series.snapshot(15);
        assertThat(snapshot.value(0)).isEqualTo(2.0);
        assertThat(snapshot.value(1)).isEqualTo(7.6);
        assertThat(snapshot.decimal(1)).isEqualByComparingTo("7.6");
        assertThat(snapshot.buckets()).isEqualTo(2);
    }

    @Test
    void snapshot_coversQuietTimeAtTheEnd() {
        TimeSeries series = TimeSeries.of(ExampleRun.HITS, TimeSeries.Kind.SUM, 10, 4);
        series.add(3, 1);
        Series snapshot = series.snapshot(79);
        assertThat(snapshot.bucketPs()).isEqualTo(20);
        assertThat(snapshot.buckets()).isEqualTo(4);
        assertThat(snapshot.total(3)).isZero();
        assertThat(snapshot.total()).isEqualTo(1);
    }

    @Test
    void snapshot_keepsAnAmountThatFallsOnTheEnd() {
        TimeSeries series = TimeSeries.of(ExampleRun.HITS, TimeSeries.Kind.SUM, 10, 4);
        series.add(20, 5);
        assertThat(series.snapshot(20).total()).isEqualTo(5);
    }

    @Test
    void snapshots_ofOneRunShareTheirWidth() {
        // The end lies exactly behind the last bucket; only one of the three recorded something there.
        TimeSeries atEnd = TimeSeries.of(ExampleRun.HITS, TimeSeries.Kind.SUM, 10, 4);
        TimeSeries before = TimeSeries.of(ExampleRun.HITS, TimeSeries.Kind.SUM, 10, 4);
        TimeSeries gauge = TimeSeries.of(ExampleRun.OCCUPANCY, TimeSeries.Kind.MEAN, 10, 4);
        atEnd.add(40, 1);
        before.add(5, 1);
        gauge.set(5, 1);
        for (TimeSeries series : new TimeSeries[] {atEnd, before, gauge}) {
            Series snapshot = series.snapshot(40);
            assertThat(snapshot.bucketPs()).isEqualTo(20);
            assertThat(snapshot.buckets()).isEqualTo(2);
        }
        assertThat(atEnd.snapshot(40).total()).isEqualTo(1);
    }

    @Test
    void snapshot_atTimeZeroIsEmpty() {
        assertThat(TimeSeries.sum(ExampleRun.HITS, 10).snapshot(0).buckets()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void totals_doNotDependOnTheWidth(long seed) {
        Random random = new Random(seed);
        TimeSeries narrow = TimeSeries.of(ExampleRun.OCCUPANCY, TimeSeries.Kind.MEAN, 7, 8);
        TimeSeries wide = TimeSeries.of(ExampleRun.OCCUPANCY, TimeSeries.Kind.MEAN, 1_000_000, 8);
        long nowPs = 0;
        long area = 0;
        long value = 0;
        for (int i = 0; i < 1000; i++) {
            int stepPs = random.nextInt(300);
            area += value * stepPs;
            nowPs += stepPs;
            value = random.nextInt(50);
            narrow.set(nowPs, value);
            wide.set(nowPs, value);
        }
        assertThat(narrow.snapshot(nowPs).total()).as("seed %d", seed).isEqualTo(area);
        assertThat(wide.snapshot(nowPs).total()).as("seed %d", seed).isEqualTo(area);
    }

    @Test
    void misuse_isRefused() {
        TimeSeries sum = TimeSeries.sum(ExampleRun.HITS, 10);
        TimeSeries mean = TimeSeries.mean(ExampleRun.OCCUPANCY, 10);
        assertThatThrownBy(() -> sum.set(0, 1)).hasMessage("series series.tlb.hits is a SUM, not a MEAN");
        assertThatThrownBy(() -> mean.add(0, 1)).hasMessage("series series.tlb.occupancy is a MEAN, not a SUM");
        mean.set(20, 1);
        assertThatThrownBy(() -> mean.set(19, 1)).hasMessageContaining("is before the last change at 20 ps");
        assertThatThrownBy(() -> sum.add(-1, 1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> TimeSeries.of(ExampleRun.HITS, TimeSeries.Kind.SUM, 10, 3))
                .hasMessageContaining("even numbers");
        assertThatThrownBy(() -> TimeSeries.sum(ExampleRun.HITS, 0)).hasMessageContaining("1 ps and more");
    }
}
