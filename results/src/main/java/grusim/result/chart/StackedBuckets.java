package grusim.result.chart;

import grusim.result.Series;
import java.util.List;
import org.jfree.data.xy.AbstractIntervalXYDataset;
import org.jfree.data.xy.TableXYDataset;

/** Several series over the same buckets, as bars to be stacked; series that are shorter are zero at the end. */
final class StackedBuckets extends AbstractIntervalXYDataset implements TableXYDataset {
    private static final long serialVersionUID = 1L;

    private final transient List<Series> series;
    private final transient Series longest;
    private final TimeScale scale;

    StackedBuckets(List<Series> series, TimeScale scale) {
        this.series = List.copyOf(series);
        this.scale = scale;
        Series most = series.get(0);
        for (Series one : series) {
            if (one.bucketPs() != most.bucketPs()) {
                throw new IllegalArgumentException("series " + one.name() + " has buckets of " + one.bucketPs()
                        + " ps, " + most.name() + " of " + most.bucketPs() + " ps");
            }
            most = one.buckets() > most.buckets() ? one : most;
        }
        this.longest = most;
    }

    /** The height of the tallest stack. */
    double tallest() {
        double tallest = 0;
        for (int item = 0; item < getItemCount(); item++) {
            double height = 0;
            for (int one = 0; one < series.size(); one++) {
                height += getYValue(one, item);
            }
            tallest = Math.max(tallest, height);
        }
        return tallest;
    }

    @Override
    public int getSeriesCount() {
        return series.size();
    }

    @Override
    public String getSeriesKey(int one) {
        return series.get(one).name();
    }

    @Override
    public int getItemCount() {
        return longest.buckets();
    }

    @Override
    public int getItemCount(int one) {
        return getItemCount();
    }

    @Override
    public double getXValue(int one, int item) {
        return (getStartXValue(one, item) + getEndXValue(one, item)) / 2;
    }

    @Override
    public double getStartXValue(int one, int item) {
        return scale.from(longest.fromPs(item));
    }

    @Override
    public double getEndXValue(int one, int item) {
        return scale.from(longest.toPs(item));
    }

    @Override
    public double getYValue(int one, int item) {
        Series chosen = series.get(one);
        return item < chosen.buckets() ? chosen.value(item) : 0;
    }

    @Override
    public Number getX(int one, int item) {
        return getXValue(one, item);
    }

    @Override
    public Number getY(int one, int item) {
        return getYValue(one, item);
    }

    @Override
    public Number getStartX(int one, int item) {
        return getStartXValue(one, item);
    }

    @Override
    public Number getEndX(int one, int item) {
        return getEndXValue(one, item);
    }

    @Override
    public Number getStartY(int one, int item) {
        return getYValue(one, item);
    }

    @Override
    public Number getEndY(int one, int item) {
        return getYValue(one, item);
    }
}
